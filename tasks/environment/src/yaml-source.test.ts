import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatPlace, formatProblems } from '@roundtrip/problem';
import { readYaml } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

const complaints = (text: string) => formatProblems(readYaml(text, 'envs/x.yaml').problems);

function sourceOf(text: string): YamlSource {
  const { source } = readYaml(text, 'envs/x.yaml');
  assert.ok(source);
  return source;
}

const text = `# a comment
account: 012345678901
data:
  sizes: [1, 20]
  nested: &anchor
    deep: yes
again: *anchor
`;

test('values and keys are found where they stand', () => {
  const source = sourceOf(text);
  assert.is(formatPlace(source.placeOf(['account'])), 'envs/x.yaml:2:10');
  assert.is(formatPlace(source.placeOfKey(['account'])), 'envs/x.yaml:2:1');
  assert.is(formatPlace(source.placeOf(['data', 'sizes', 1])), 'envs/x.yaml:4:14');
  assert.is(formatPlace(source.placeOf(['data', 'nested', 'deep'])), 'envs/x.yaml:6:11');
  assert.is(formatPlace(source.placeOf(['again', 'deep'])), 'envs/x.yaml:6:11');
});

test('what is not in the file is found at the nearest key above it', () => {
  const source = sourceOf(text);
  assert.is(formatPlace(source.placeOf(['data', 'nested', 'flat'])), 'envs/x.yaml:5:3');
  assert.is(formatPlace(source.placeOf(['data', 'sizes', 7])), 'envs/x.yaml:4:3');
  assert.is(formatPlace(source.placeOf(['nothing'])), 'envs/x.yaml:2:1');
  assert.is(formatPlace(sourceOf('').placeOf(['nothing'])), 'envs/x.yaml');
});

test('a scalar is known as it is written', () => {
  const source = sourceOf(text);
  assert.is((source.value as { account: number }).account, 12345678901);
  assert.is(source.writtenAs(['account']), '012345678901');
  assert.is(source.writtenAs(['data']), undefined);
  assert.is(source.writtenAs(['nothing']), undefined);
});

test('of syntax errors the first is told', () => {
  assert.is(
    complaints('a: "x\nb: 1'),
    `envs/x.yaml:2:5: this is not YAML
  why: Missing closing "quote
  next: correct it; nothing else in the file was checked`,
  );
  assert.is(
    complaints('a: b: c\n'),
    `envs/x.yaml:1:4: this is not YAML
  why: a value with ": " in it has to be quoted, and the keys of one map start in the same column
  next: correct it; nothing else in the file was checked`,
  );
  assert.is(
    complaints('a: 1\n---\nb: 1\n'),
    `envs/x.yaml:2:1: this is not YAML
  why: a line of "---" starts a second document
  next: correct it; nothing else in the file was checked`,
  );
  assert.is(
    complaints('a:\n\tb: 1\n'),
    `envs/x.yaml:2:1: this is not YAML
  why: Tabs are not allowed as indentation
  next: correct it; nothing else in the file was checked`,
  );
});

test('duplicate keys, tags and aliases that mean nothing are told all at once', () => {
  assert.is(
    complaints('a: 1\nb: !thing x\na: 2\n'),
    `envs/x.yaml:3:1: key "a" stands here a second time
  why: only one of the two can be meant
  next: take one of them out
envs/x.yaml:2:4: tag !thing means nothing here
  next: take it out, or quote the text if it is no tag`,
  );
  assert.is(
    complaints('a: *nowhere\n'),
    `envs/x.yaml:1:4: "*nowhere" refers to an anchor that this file does not have
  next: write "&nowhere" before the value that is meant, or quote the text if it is no reference`,
  );
});

test.run();
