import type { JournalEntry, JournalEvent } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { progress } from './progress.ts';
import { reduceAll } from './reduce.ts';

const run: JournalEntry = {
  type: 'run-started',
  run: 'r',
  verb: 'stage',
  direction: 'up',
  environment: 'stage',
  account: '111111111111',
  region: 'eu-central-1',
  cloud: 'local',
  layers: [{ name: 'a', dependsOn: [] }],
};
const plan = (stack: string, expectedMs?: number, dependsOn: string[] = [], kind: 'create' | 'skip' = 'create') =>
  ({
    type: 'step-planned',
    layer: 'a',
    stack,
    kind,
    reason: '',
    dependsOn,
    ...(expectedMs && { expectedMs }),
  }) as JournalEntry;
const start = (stack: string): JournalEntry => ({ type: 'step-started', stack });
const finish = (stack: string): JournalEntry => ({ type: 'step-finished', stack, outcome: 'created', elapsedMs: 1 });
const at = (ms: number, ...entries: JournalEntry[]): JournalEvent[] => entries.map((entry) => ({ ...entry, at: ms }));

test('a stack weighs its expected duration', () => {
  const view = reduceAll(
    at(0, run, plan('short', 10), plan('long', 90), start('short'), start('long'), finish('short')),
  );
  assert.is(progress(view, 0).fraction, 0.1);
  assert.is(progress(view, 45).fraction, 0.55);
});

test('a stack beyond its expected duration is not done before it is', () => {
  const view = reduceAll(at(0, run, plan('one', 100), start('one')));
  assert.is(progress(view, 5_000).fraction, 0.95);
  assert.is(progress(view, 5_000).remainingMs, 0);
});

test('the rest takes as long as the longest chain of what is left', () => {
  const events = at(
    0,
    run,
    plan('a', 100),
    plan('b', 50, ['a']),
    plan('c', 120, ['a']),
    plan('d', 400),
    start('a'),
    start('d'),
  );
  assert.equal(progress(reduceAll(events), 380), {
    fraction: (95 + 380) / 670,
    remainingMs: 120,
    atLeast: false,
    inFlight: 2,
    waiting: 2,
    finished: 0,
    failed: 0,
  });
});

test('what has no expected time makes the rest a lower bound', () => {
  const view = reduceAll(at(0, run, plan('a', 100), plan('b', undefined, ['a'])));
  assert.is(progress(view, 0).remainingMs, 100);
  assert.is(progress(view, 0).atLeast, true);
});

test('where nothing is known nothing is promised', () => {
  const view = reduceAll(at(0, run, plan('a'), plan('b'), start('a')));
  assert.is(progress(view, 500).remainingMs, undefined);
  assert.is(progress(view, 500).fraction, 0);
  const later = reduceAll(at(0, run, plan('a'), plan('b'), start('a'), finish('a')));
  assert.is(progress(later, 500).fraction, 0.5);
});

test('stacks that stay as they are weigh nothing', () => {
  const view = reduceAll(at(0, run, plan('same', 900, [], 'skip'), plan('a', 100), start('a')));
  assert.is(progress(view, 50).fraction, 0.5);
});

test('a layer that has not shown its stacks counts as much as the others do on average', () => {
  const two: JournalEntry = { ...run, layers: [...run.layers, { name: 'z', dependsOn: ['a'] }] };
  const view = reduceAll(at(0, two, plan('a', 100), start('a'), finish('a')));
  assert.is(progress(view, 0).fraction, 0.5);
  assert.is(progress(view, 0).atLeast, true);
});

test('a run without stacks goes by its layers', () => {
  const done: JournalEntry = { type: 'layer-finished', layer: 'a', outcome: 'done' };
  assert.is(progress(reduceAll(at(0, run)), 0).fraction, 0);
  assert.is(progress(reduceAll(at(0, run, done)), 0).fraction, 1);
});

test('a circle in a damaged journal ends', () => {
  const view = reduceAll(at(0, run, plan('a', 10, ['b']), plan('b', 10, ['a'])));
  assert.ok(Number.isFinite(progress(view, 0).remainingMs));
});

test.run();
