import type { JournalEntry, JournalEvent } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reduce, reduceAll } from './reduce.ts';
import { emptyRunView, runTitle, stacksInFlight } from './run-view.ts';
import { sampleJournal } from './sample-journal.ts';

const planned = {
  type: 'step-planned',
  layer: 'network',
  stack: 'stage-network',
  kind: 'create',
  reason: 'does not exist yet',
  dependsOn: [],
} satisfies JournalEntry;

const at = (ms: number, entry: JournalEntry): JournalEvent => ({ ...entry, at: ms });

test('a stack is planned, started, seen in its states and finished', () => {
  const view = reduceAll([
    at(1, planned),
    at(2, { type: 'step-started', stack: 'stage-network' }),
    at(3, { type: 'write', stack: 'stage-network', operation: 'CreateStack', token: 't' }),
    at(4, { type: 'state', stack: 'stage-network', status: 'CREATE_IN_PROGRESS' }),
    at(5, { type: 'state', stack: 'stage-network', status: 'CREATE_IN_PROGRESS' }),
    at(9, {
      type: 'step-finished',
      stack: 'stage-network',
      outcome: 'created',
      status: 'CREATE_COMPLETE',
      elapsedMs: 7,
    }),
  ]);
  assert.equal(view.stacks.get('stage-network'), {
    name: 'stage-network',
    layer: 'network',
    kind: 'create',
    reason: 'does not exist yet',
    dependsOn: [],
    statuses: [
      { at: 4, status: 'CREATE_IN_PROGRESS' },
      { at: 9, status: 'CREATE_COMPLETE' },
    ],
    status: 'CREATE_COMPLETE',
    writes: 1,
    startedAt: 2,
    finishedAt: 9,
    outcome: 'created',
  });
  assert.is(view.startedAt, 1);
  assert.is(view.latestAt, 9);
});

test('the view given is not changed', () => {
  const before = reduce(emptyRunView, at(1, planned));
  const copy = structuredClone(before);
  for (const event of sampleJournal({ services: 2, hooks: true })) reduce(before, event);
  assert.equal(before, copy);
});

test('stacks in flight come in the order in which they were started', () => {
  const other: JournalEntry = { ...planned, stack: 'stage-a' };
  const view = reduceAll([
    at(1, planned),
    at(1, other),
    at(2, { type: 'step-started', stack: 'stage-a' }),
    at(3, { type: 'step-started', stack: 'stage-network' }),
  ]);
  assert.equal(
    stacksInFlight(view).map((stack) => stack.name),
    ['stage-a', 'stage-network'],
  );
});

test('an event about a stack or a hook that was never announced is passed over', () => {
  const view = reduceAll([
    at(1, { type: 'step-started', stack: 'stage-ghost' }),
    at(2, { type: 'hook-output', layer: 'network', hook: 'after-up', line: 'x' }),
  ]);
  assert.is(view.stacks.size, 0);
  assert.is(view.hooks.length, 0);
});

test('of the output of a hook the last 200 lines are kept', () => {
  const events = [at(0, { type: 'hook-started', layer: 'data', hook: 'after-up' })];
  for (let index = 1; index <= 250; index++) {
    events.push(at(index, { type: 'hook-output', layer: 'data', hook: 'after-up', line: String(index) }));
  }
  const hook = reduceAll(events).hooks[0];
  assert.is(hook?.lines.length, 200);
  assert.is(hook?.lines[0], '51');
  assert.is(hook?.lines.at(-1), '250');
  assert.is(hook?.linesDropped, 50);
});

test('a run is called by its verb, and by its environment where the verb does not name it', () => {
  assert.is(runTitle({ verb: 'stage', environment: 'stage' }), 'stage');
  assert.is(runTitle({ verb: 'destroy-stage', environment: 'stage' }), 'destroy-stage');
  assert.is(runTitle({ verb: 'up', environment: 'demo' }), 'up demo');
});

test.run();
