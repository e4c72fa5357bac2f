import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblems } from '@roundtrip/problem';
import { commandOf } from './command.ts';
import { graphProblems, type DryTask } from './turbo-graph.ts';

const LAYERS = [
  layer('network', []),
  layer('cluster', ['network']),
  layer('data', ['network']),
  layer('destroy', ['cluster', 'data', 'network']),
];
const UP = commandOf('stage', undefined);
const DOWN = commandOf('destroy-stage', undefined);
const TASKS_UP = [
  task('network', 'stage', []),
  task('cluster', 'stage', ['network']),
  task('data', 'stage', ['network']),
  task('destroy', 'stage', ['cluster', 'data', 'network']),
];
const TASKS_DOWN = [
  task('network', 'destroy-stage', ['cluster', 'data']),
  task('cluster', 'destroy-stage', []),
  task('data', 'destroy-stage', []),
  task('destroy', 'destroy-stage', ['cluster', 'data', 'network']),
];

test('the layer graph up, and its reverse down with the sweeping layer last, is as it should be', () => {
  assert.is(textUp(TASKS_UP), '');
  assert.is(textDown(TASKS_DOWN), '');
});

test('edges to tasks that are no layer do not matter', () => {
  const built = { ...TASKS_UP[1]!, dependencies: ['@sample/network#stage', '@sample/tool#build'] };
  assert.is(textUp(TASKS_UP.with(1, built)), '');
});

test('a missing teardown edge would let the network go first', () => {
  assert.is(
    textDown(TASKS_DOWN.with(0, task('network', 'destroy-stage', ['cluster']))),
    [
      "packages/network/turbo.json: Refused: turbo's graph lacks the edge @sample/network#destroy-stage -> @sample/data#destroy-stage",
      '  why: the layers would be taken away in another order than the reverse of the one they were built in',
      '  next: type: make sync',
    ].join('\n'),
  );
});

test('a superfluous edge is named too', () => {
  assert.is(
    textDown(TASKS_DOWN.with(1, task('cluster', 'destroy-stage', ['data']))),
    [
      "packages/cluster/turbo.json: Refused: turbo's graph has the edge @sample/cluster#destroy-stage -> @sample/data#destroy-stage, the layer graph has not",
      '  why: the layers would be taken away in another order than the reverse of the one they were built in',
      '  next: type: make sync',
    ].join('\n'),
  );
});

test('on the way up the edges come from the root file', () => {
  assert.is(
    textUp(TASKS_UP.with(2, task('data', 'stage', []))),
    [
      "turbo.json: Refused: turbo's graph lacks the edge @sample/data#stage -> @sample/network#stage",
      '  why: the layers would be built in another order than their package.json files say',
      '  next: give "stage" in turbo.json "dependsOn": ["^stage"]',
    ].join('\n'),
  );
});

test('a sweeping layer that would not come last is refused', () => {
  const early = TASKS_DOWN.with(3, task('destroy', 'destroy-stage', ['cluster', 'data']));
  assert.match(textDown(early), /lacks the edge @sample\/destroy#destroy-stage -> @sample\/network#destroy-stage/);
});

test('a task that turbo may cache would do nothing the second time', () => {
  const cached = { ...TASKS_DOWN[2]!, resolvedTaskDefinition: { cache: true } };
  assert.is(
    textDown(TASKS_DOWN.with(2, cached)),
    [
      'packages/data/turbo.json: Refused: turbo would cache @sample/data#destroy-stage',
      '  why: a cached task does nothing the second time and reports success',
      '  next: write "cache": false for "destroy-stage" in turbo.json, and no other value in packages/data/turbo.json',
    ].join('\n'),
  );
});

test('a layer without the script is named', () => {
  const text = [
    'packages/data/package.json: turbo knows no task destroy-stage in @sample/data',
    '  next: add the script "destroy-stage" to packages/data/package.json',
  ].join('\n');
  assert.is(textDown(TASKS_DOWN.toSpliced(2, 1)), text);
  // Turbo's dry run lists a task of a package that lacks the script as one without a command.
  assert.is(textDown(TASKS_DOWN.with(2, { ...TASKS_DOWN[2]!, command: '<NONEXISTENT>' })), text);
});

function layer(name: string, dependsOn: readonly string[]) {
  return { name, folder: `packages/${name}`, packageName: `@sample/${name}`, dependsOn };
}

function task(name: string, verb: string, dependencies: readonly string[]): DryTask {
  return {
    task: verb,
    package: `@sample/${name}`,
    dependencies: dependencies.map((one) => `@sample/${one}#${verb}`),
    resolvedTaskDefinition: { cache: false },
  };
}

function textUp(tasks: readonly DryTask[]): string {
  return formatProblems(graphProblems(tasks, UP, LAYERS));
}

function textDown(tasks: readonly DryTask[]): string {
  return formatProblems(graphProblems(tasks, DOWN, LAYERS));
}

test.run();
