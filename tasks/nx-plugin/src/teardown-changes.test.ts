import * as assert from 'uvu/assert';
import { test } from 'uvu';
import type { LayerPackage } from '@roundtrip/environment';
import { ProblemError } from '@roundtrip/problem';
import { teardownChanges } from './teardown-changes.ts';

const layer = (name: string, ...dependsOn: string[]): LayerPackage => ({
  name,
  folder: `packages/${name}`,
  packageName: `@roundtrip/${name}`,
  dependsOn,
});

const LAYERS = [layer('cluster', 'network'), layer('destroy', 'cluster', 'network'), layer('network')];

function filesIn(changes: ReturnType<typeof teardownChanges>): Map<string, string> {
  return new Map(changes.map(({ file, text }) => [file, text]));
}

test('without any turbo.json, every layer gets one that waits for its dependents', () => {
  const changes = teardownChanges(LAYERS, () => undefined);
  const tasks = changes.map(({ file, text }) => [file, JSON.parse(text).tasks['destroy-stage'].dependsOn]);
  assert.equal(tasks, [
    ['packages/cluster/turbo.json', ['$TURBO_EXTENDS$']],
    ['packages/destroy/turbo.json', ['$TURBO_EXTENDS$', '^destroy-stage']],
    ['packages/network/turbo.json', ['$TURBO_EXTENDS$', '@roundtrip/cluster#destroy-stage']],
  ]);
  assert.equal([...new Set(changes.map(({ what }) => what))], ['this file is missing']);
});

test('both teardown tasks get the edges, and the file extends the root', () => {
  const text = filesIn(teardownChanges(LAYERS, () => undefined)).get('packages/network/turbo.json') ?? '';
  assert.equal(JSON.parse(text), {
    extends: ['//'],
    tasks: {
      'destroy-stage': { dependsOn: ['$TURBO_EXTENDS$', '@roundtrip/cluster#destroy-stage'] },
      down: { dependsOn: ['$TURBO_EXTENDS$', '@roundtrip/cluster#down'] },
    },
  });
});

test('what it has written is in step, and a second look changes nothing', () => {
  const files = filesIn(teardownChanges(LAYERS, () => undefined));
  assert.equal(
    teardownChanges(LAYERS, (path) => files.get(path)),
    [],
  );
});

test('a missing edge is named with the place of the list that lacks it', () => {
  const files = filesIn(teardownChanges(LAYERS, () => undefined));
  files.set(
    'packages/network/turbo.json',
    '{\n  "extends": ["//"],\n  "tasks": {\n    "down": { "dependsOn": [] }\n  }\n}\n',
  );
  const [change] = teardownChanges(LAYERS, (path) => files.get(path));
  assert.is(
    change?.what,
    'destroy-stage has to wait for @roundtrip/cluster#destroy-stage; down has to wait for @roundtrip/cluster#down',
  );
  assert.equal(change?.place, { file: 'packages/network/turbo.json', line: 4, column: 28 });
});

test('an edge to a layer that does not depend on this one is taken out', () => {
  const files = filesIn(teardownChanges(LAYERS, () => undefined));
  const alone = [layer('cluster'), layer('destroy', 'cluster', 'network'), layer('network')];
  const [change] = teardownChanges(alone, (path) => files.get(path));
  assert.is(change?.what, 'destroy-stage has to wait for no other layer; down has to wait for no other layer');
  assert.equal(JSON.parse(change?.text ?? '').tasks.down, { dependsOn: ['$TURBO_EXTENDS$'] });
});

test('comments and other settings of a turbo.json stay', () => {
  const written = '{\n  // ours\n  "extends": ["//"],\n  "tasks": { "stage": { "passThroughEnv": ["X"] } }\n}\n';
  const [change] = teardownChanges([layer('network')], () => written);
  const lines = change?.text.split('\n') ?? [];
  assert.is(lines[1], '  // ours');
  const { tasks } = JSON.parse(lines.filter((line) => line !== '  // ours').join('\n'));
  assert.equal(tasks.stage, { passThroughEnv: ['X'] });
  assert.equal(Object.keys(tasks), ['stage', 'destroy-stage', 'down']);
});

test('destroy is made to depend on a layer that it lacks', () => {
  const layers = [layer('cluster'), layer('destroy', 'cluster'), layer('network')];
  const manifest = '{\n  "name": "@roundtrip/destroy",\n  "dependencies": {\n    "@roundtrip/cluster": "*"\n  }\n}\n';
  const [change] = teardownChanges(layers, (path) => (path.endsWith('package.json') ? manifest : undefined));
  assert.is(change?.what, 'destroy has to depend on every layer, and lacks @roundtrip/network');
  assert.equal(change?.place, { file: 'packages/destroy/package.json', line: 3, column: 19 });
  assert.equal(JSON.parse(change?.text ?? '').dependencies, { '@roundtrip/cluster': '*', '@roundtrip/network': '*' });
});

test('a turbo.json that is no JSON is named with line and column', () => {
  try {
    teardownChanges([layer('network')], () => '{\n  "extends": [,\n}\n');
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      'packages/network/turbo.json:2:15: this is no JSON: ValueExpected\n' +
        '  next: correct packages/network/turbo.json, then type: make sync',
    );
  }
});

test.run();
