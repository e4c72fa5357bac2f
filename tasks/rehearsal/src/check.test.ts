import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check, CHECKERS } from './check.ts';
import { SECRET } from './desired.ts';
import type { CallRecord, Observation, OperationRecord, RunRecord, Sight } from './record.ts';
import { rehearse } from './rehearse.ts';
import type { Scenario } from './scenario.ts';

/** Two stacks, one of which needs the other; brought up and swept, then the acts that every rehearsal ends with. */
const scenario: Scenario = {
  seed: 'whole',
  layers: [
    { name: 'base', dependsOn: [] },
    { name: 'top', dependsOn: ['base'] },
  ],
  stacks: [
    { layer: 'base', name: '', dependsOn: [], content: 'log-group', createSeconds: 5, deleteSeconds: 5 },
    { layer: 'top', name: '', dependsOn: [], content: 'plain', createSeconds: 5, deleteSeconds: 5 },
  ],
  limits: 'on',
  mode: 'standard',
  acts: (['up', 'sweep'] as const).map((verb) => ({
    ...{ verb, changes: [], diesAtCalls: [], faults: [], restHours: 1 },
  })),
};
const [SWEEP, HEALED, AGAIN, GONE, BACK, PROTECTED, STRANGER] = [1, 2, 3, 4, 5, 6, 7];

type Spoil = (whole: Observation) => Partial<Observation>;

/** What a checker has to say of an observation that is wrong in one place: else it could as well be left out. */
const SPOILT: readonly (readonly [checker: string, spoil: Spoil, what: string])[] = [
  ['no-defects', () => ({ defects: ['boom'] }), 'the local cloud broke down: boom'],
  [
    'no-write-before-guards',
    ({ calls }) => ({ calls: calls.filter(({ service, run }) => service !== 'sts' || run !== 'whole-0-a0') }),
    'whole-0-a0 sent PutObject /roundtrip-111111111111-eu-west-1/leases/stage.json before its guards',
  ],
  [
    'only-its-own',
    (whole) => ({ calls: [...whole.calls, { ...lastWrite(whole), subject: 'stage-two-l0' }] }),
    'whole-5-a0 sent CreateStack stage-two-l0 in 111111111111 eu-west-1',
  ],
  [
    'only-its-own',
    (whole) => ({ calls: [...whole.calls, { ...lastWrite(whole), account: '222222222222' }] }),
    'whole-5-a0 sent CreateStack stage-top in 222222222222 eu-west-1',
  ],
  [
    'only-its-own',
    (whole) => ({ calls: [...whole.calls, { ...lastWrite(whole), region: 'us-east-1' }] }),
    'whole-5-a0 sent CreateStack stage-top in 111111111111 us-east-1',
  ],
  [
    'only-its-own',
    (whole) => ({ calls: [...whole.calls, deleting(whole, '/stage-two-l0/flow')] }),
    'whole-5-a0 sent DeleteResource /stage-two-l0/flow in 111111111111 eu-west-1',
  ],
  [
    'only-its-own',
    (whole) => ({ calls: [...whole.calls, deleting(whole, topicOf(whole, 'prod-l0'))] }),
    'whole-5-a0 sent DeleteResource arn:aws:sns:eu-west-1:111111111111:prod-l0-Topic-',
  ],
  [
    'only-its-own',
    (whole) => withRun(whole, `whole-${STRANGER}-a0`, () => ({ outcome: { kind: 'done', changed: true } })),
    'a run with another account\'s credentials ends {"kind":"done","changed":true}',
  ],
  [
    'one-writer',
    (whole) => ({ calls: [...whole.calls, lastWrite(whole)] }),
    'whole-5-a0 sent CreateStack stage-top while nobody held the lease',
  ],
  [
    'one-writer',
    (whole) => ({ calls: [...whole.calls, emptying(whole, '/stage-base-bucket-1abc/')] }),
    'whole-5-a0 sent DeleteObjects /stage-base-bucket-1abc/ while nobody held the lease',
  ],
  [
    'graph-order',
    ({ operations }) => ({ operations: operations.filter(({ stack }) => stack !== 'stage-base') }),
    'stage-top was created at 1767593424750 before stage-base stood',
  ],
  [
    'graph-order',
    (whole) => ({ operations: whole.operations.map((one) => (isDeleteOf(one, 'stage-base') ? tooSoon(one) : one)) }),
    'stage-base was deleted at 1767687044500 while stage-top stood',
  ],
  [
    'graph-order',
    (whole) => withUpdates(whole, ['stage-base', 0], ['stage-top', 1_000]),
    'stage-top was updated at 1767730285153 before the update of stage-base at 1767730284153 had ended',
  ],
  [
    'graph-order',
    (whole) => withUpdates(whole, ['stage-top', 0], ['stage-base', 60_000]),
    'stage-top was updated at 1767730284153 before the update of stage-base at 1767730344153 had ended',
  ],
  [
    'graph-order',
    (whole) => ({ scenario: { ...whole.scenario, mode: 'express', stacks: networked(whole.scenario.stacks) } }),
    'stage-top was created at 1767593424750 before stage-base was seen ready, in express mode',
  ],
  [
    'converges',
    (whole) => withSight(whole, BACK, ({ stacks }) => ({ stacks: stacks.filter(({ name }) => name !== 'stage-top') })),
    'stage-top is not there after act 5',
  ],
  [
    'converges',
    (whole) => withSight(whole, BACK, ({ values }) => ({ values: { ...values, '/stage-base/p0': 'v7' } })),
    '/stage-base/p0 says "v7" and not "v0" after whole-5-a0 was done',
  ],
  [
    'converges',
    (whole) => ({
      scenario: { ...whole.scenario, acts: whole.scenario.acts.map((act) => ({ ...act, changes: [0] })) },
    }),
    '/stage-top/p1 says "v0" and not "v1" after whole-0-a0 was done',
  ],
  [
    'neighbours-untouched',
    (whole) => withSight(whole, GONE, () => ({ groups: [] })),
    'log group /prod-l0/flow is gone after act 4',
  ],
  [
    'neighbours-untouched',
    (whole) => withSight(whole, GONE, ({ topics }) => ({ topics: topics.filter((arn) => arn.includes('stage-two')) })),
    'topic arn:aws:sns:eu-west-1:111111111111:prod-l0-Topic-… is gone after act 4',
  ],
  [
    'protected-stays',
    (whole) => ({ calls: [...whole.calls, { ...lastWrite(whole), run: `whole-${PROTECTED}-a0` }] }),
    'CreateStack stage-top was sent for a protected environment',
  ],
  [
    'nothing-left',
    (whole) => withSight(whole, GONE, () => ({ tagged: ['arn:aws:sns:eu-west-1:111111111111:left'] })),
    'arn:aws:sns:eu-west-1:111111111111:left is left after whole-4-a0 was done',
  ],
  [
    'replay-writes-nothing',
    (whole) => ({ calls: [...whole.calls, { ...lastWrite(whole), run: `whole-${AGAIN}-a0` }] }),
    'whole-3-a0 has nothing to do and sends CreateStack stage-top',
  ],
  [
    'keeps-deadline',
    (whole) => withRun(whole, 'whole-2-a0', ({ startedAt }) => ({ endedAt: startedAt + 50 * 3_600_000 })),
    'whole-2-a0 took 50 hours',
  ],
  [
    'keeps-secrets',
    (whole) =>
      withRun(whole, 'whole-2-a0', () => ({ journal: [{ at: 0, type: 'layer-started' as const, layer: SECRET }] })),
    `whole-2-a0 writes ${SECRET} down`,
  ],
  [
    'keeps-budget',
    (whole) => ({ calls: [...whole.calls, ...Array.from({ length: 60 }, () => lastWrite(whole))] }),
    'whole-5-a0 makes 61 writes in 10 s, and 55 are allowed',
  ],
  [
    'keeps-budget',
    (whole) => ({ scenario: { ...whole.scenario, budget: 'tries' }, calls: [...whole.calls, ...writes(whole, 410)] }),
    'whole-5-a0 makes 411 writes in 10 s, and 410 are allowed',
  ],
  [
    'keeps-budget',
    (whole) => ({
      scenario: { ...whole.scenario, budget: 'tries' },
      calls: [...whole.calls, { ...lastWrite(whole), outcome: 'Throttling' }, ...writes(whole, 56, 31_000)],
    }),
    'whole-5-a0 makes 56 writes in 10 s, and 55 are allowed',
  ],
  [
    'looks-first',
    (whole) => ({ calls: [...whole.calls, { ...lastWrite(whole), outcome: 'lost' }, lastWrite(whole)] }),
    'whole-5-a0 CreateStack stage-top is sent again without a look, although nobody knows what became of it',
  ],
  [
    'sweep-spares-stacks',
    (whole) => withSight(whole, SWEEP, ({ groups }) => ({ groups: groups.filter((name) => name !== '/stage-base') })),
    '/stage-base of stage-base, which stands, is gone after a sweep',
  ],
];

function writes(whole: Observation, count: number, afterMs = 0): readonly CallRecord[] {
  const last = lastWrite(whole);
  return Array.from({ length: count }, () => ({ ...last, at: last.at + afterMs }));
}

function lastWrite({ calls }: Observation): CallRecord {
  const found = calls.findLast(({ operation }) => operation === 'CreateStack');
  assert.ok(found !== undefined);
  return found;
}

/** A delete of one thing, as a sweep sends it. */
function deleting(whole: Observation, subject: string): CallRecord {
  return { ...lastWrite(whole), service: 'cloudcontrolapi', operation: 'DeleteResource', subject };
}

function emptying(whole: Observation, subject: string): CallRecord {
  return { ...lastWrite(whole), service: 's3', operation: 'DeleteObjects', subject };
}

function isDeleteOf({ stack, kind }: OperationRecord, name: string): boolean {
  return stack === name && kind === 'delete';
}

/** While the delete of what depends on it is under way. */
function tooSoon(one: OperationRecord): OperationRecord {
  return { ...one, beganAt: one.beganAt - 5_000 };
}

/** Updates of ten seconds each, so many milliseconds after the last stack stands, by the run that has made it. */
function withUpdates(whole: Observation, ...updates: readonly (readonly [stack: string, after: number])[]) {
  const last = Math.max(...whole.operations.map(({ endedAt }) => endedAt));
  const made = updates.map(([stack, after]): OperationRecord => {
    const beganAt = last + 1_000 + after;
    return { stack, kind: 'update', beganAt, endedAt: beganAt + 10_000, end: 'UPDATE_COMPLETE' };
  });
  const sent = made.map(({ stack, beganAt }) => ({
    ...{ ...lastWrite(whole), operation: 'UpdateStack', subject: stack, at: beganAt },
  }));
  return { operations: [...whole.operations, ...made], calls: [...whole.calls, ...sent] };
}

function networked(stacks: Scenario['stacks']): Scenario['stacks'] {
  return stacks.map((stack) => ({ ...stack, content: stack.layer === 'base' ? 'network' : stack.content }));
}

function topicOf({ sights }: Observation, stack: string): string {
  return sights.get(GONE ?? -1)?.topics.find((arn) => arn.includes(`:${stack}-`)) ?? '';
}

function withSight(whole: Observation, act: number | undefined, change: (sight: Sight) => Partial<Sight>) {
  const sight = whole.sights.get(act ?? -1)!;
  return { sights: new Map([...whole.sights, [act ?? -1, { ...sight, ...change(sight) }]]) };
}

function withRun(whole: Observation, name: string, change: (run: RunRecord) => Partial<RunRecord>) {
  return { runs: whole.runs.map((run) => (run.run === name ? { ...run, ...change(run) } : run)) };
}

test('every checker is content with a rehearsal in which all is well, and says what is wrong with a spoilt one', async () => {
  const whole = await rehearse(scenario);
  assert.equal(check(whole), []);
  assert.is(whole.runs.find(({ act }) => act === HEALED)?.outcome.kind, 'done');
  assert.equal([...new Set(SPOILT.map(([checker]) => checker))].sort(), Object.keys(CHECKERS).sort());
  for (const [checker, spoil, what] of SPOILT) {
    const found = CHECKERS[checker]!({ ...whole, ...spoil(whole) });
    assert.ok(
      found.some((text) => text.startsWith(what)),
      `${checker} says ${JSON.stringify(found)}`,
    );
  }
});

test.run();
