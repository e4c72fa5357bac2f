import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fileTemplateMemory } from './template-memory.ts';
import { removeTemporaryProjects, temporaryProject } from './temporary-project.ts';

test.after.each(removeTemporaryProjects);

const facts = { parameters: { A: { Type: 'String' } }, outputs: ['B'] };

test('a template is known again by its whole text', () => {
  const folder = join(temporaryProject({}), 'a/b');
  fileTemplateMemory(folder).remember('text', facts);
  assert.equal(fileTemplateMemory(folder).recall('text'), facts);
  assert.is(fileTemplateMemory(folder).recall('text '), undefined);
});

test('a damaged file is as good as none', () => {
  const folder = temporaryProject({});
  const memory = fileTemplateMemory(folder);
  memory.remember('text', facts);
  const file = join(folder, String(readdirSync(folder)[0]));
  for (const text of ['', '{', 'null', '[]', '{"outputs": 1}', readFileSync(file, 'utf8').slice(0, -1)]) {
    writeFileSync(file, text);
    assert.is(memory.recall('text'), undefined, text);
  }
});

test('a folder that cannot be written is left alone', () => {
  const folder = join(temporaryProject({ file: '' }), 'file/inside');
  fileTemplateMemory(folder).remember('text', facts);
  assert.is(fileTemplateMemory(folder).recall('text'), undefined);
});

test('the memory does not grow without end', () => {
  const folder = temporaryProject(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${index}.json`, ''])));
  fileTemplateMemory(folder).remember('text', facts);
  assert.is(readdirSync(folder).length, 1);
});

test.run();
