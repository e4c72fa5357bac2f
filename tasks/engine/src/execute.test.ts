import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from './execute.ts';
import { tagsWithFingerprint } from './fingerprint.ts';
import { planDown, planUp, type Step } from './plan.ts';
import { CloudError } from './ports.ts';
import type { DesiredStack, ObservedStack } from './stack.ts';
import { createTestRun, desiredStack, type TestRun } from './test-run.ts';

const up = (run: TestRun, desired: readonly DesiredStack[]): readonly Step[] =>
  planUp({ environment: 'stage', layer: 'services', desired, observed: run.context.poller.latest });
const down = (run: TestRun, desired: readonly DesiredStack[]): readonly Step[] =>
  planDown({ environment: 'stage', layer: 'services', desired, observed: run.context.poller.latest });

/** The stack as it stands after a good create. */
function standing(desired: DesiredStack, more: Partial<ObservedStack> = {}): ObservedStack {
  return {
    name: desired.name,
    id: `arn:${desired.name}/0`,
    status: 'CREATE_COMPLETE',
    parameters: {},
    outputs: { Name: desired.name },
    tags: tagsWithFingerprint({ ...desired, parameters: {} }),
    terminationProtection: desired.terminationProtection,
    createdAt: 0,
    ...more,
  };
}

const a = desiredStack('stage-a');
const b = desiredStack('stage-b', { dependsOn: ['stage-a'] });
const c = desiredStack('stage-c');

test('creates stacks in the order of their graph and fills parameters from outputs', async () => {
  const run = await createTestRun();
  const reader = desiredStack('stage-r', {
    dependsOn: ['stage-a'],
    parameters: { From: { stack: 'stage-a', output: 'Name' } },
  });
  const results = await run.clock.drive(execute(run.context, up(run, [reader, a])));
  assert.equal(Object.fromEntries(results), { 'stage-r': 'created', 'stage-a': 'created' });
  assert.equal(run.cloud.writes, ['CreateStack stage-a', 'CreateStack stage-r']);
  assert.equal(run.cloud.stacks.get('stage-r')?.parameters, { From: 'stage-a' });
});

test('writes nothing when every fingerprint matches', async () => {
  const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, standing(a)));
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'unchanged' });
  assert.equal(run.cloud.writes, []);
  assert.is(run.cloud.sweeps, 1);
});

test('updates a stack whose template changed, and takes a stale sweep for no end', async () => {
  const old = standing({ ...a, templateBody: 'before' });
  const run = await createTestRun(
    () => ({ ms: 20_000, end: 'UPDATE_COMPLETE' }),
    (cloud) => cloud.stacks.set(a.name, old),
  );
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'updated' });
  assert.equal(run.cloud.writes, ['UpdateStack stage-a']);
});

test('updates in the same run what reads an output that has changed, and nothing whose output stayed', async () => {
  const readerOf = (name: string, output: string): DesiredStack =>
    desiredStack(name, { dependsOn: ['stage-a'], parameters: { From: { stack: 'stage-a', output } } });
  const [reader, other] = [readerOf('stage-r', 'Name'), readerOf('stage-o', 'Same')];
  const stood = (desired: DesiredStack, From: string): ObservedStack =>
    standing(desired, { parameters: { From }, tags: tagsWithFingerprint({ ...desired, parameters: { From } }) });
  let stacks = new Map<string, ObservedStack>();
  const run = await createTestRun(
    (_operation, name) => {
      if (name === 'stage-a') stacks.set(name, { ...stacks.get(name)!, outputs: { Name: 'after', Same: 'same' } });
      return { ms: 20_000, end: 'UPDATE_COMPLETE' };
    },
    (cloud) => {
      ({ stacks } = cloud);
      const before = standing({ ...a, templateBody: 'before' }, { outputs: { Name: 'before', Same: 'same' } });
      for (const one of [before, stood(reader, 'before'), stood(other, 'same')]) cloud.stacks.set(one.name, one);
    },
  );
  const planned = up(run, [a, reader, other]);
  assert.equal(
    planned.map(({ kind }) => kind),
    ['update', 'skip', 'skip'],
  );
  const told: string[] = [];
  const tell = ({ stack, kind, reason }: Step): void => void told.push(`${stack} ${kind}: ${reason}`);
  const results = await run.clock.drive(execute(run.context, planned, tell));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'updated', 'stage-r': 'updated', 'stage-o': 'unchanged' });
  assert.equal(run.cloud.writes, ['UpdateStack stage-a', 'UpdateStack stage-r']);
  assert.equal(told, ['stage-r update: template, parameters or tags changed']);
  assert.equal(run.cloud.stacks.get('stage-r')?.parameters, { From: 'after' });
});

for (const status of ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'REVIEW_IN_PROGRESS', 'DELETE_FAILED']) {
  test(`recreates a stack that is ${status}`, async () => {
    const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, standing(a, { status })));
    const results = await run.clock.drive(execute(run.context, up(run, [a])));
    assert.equal(Object.fromEntries(results), { 'stage-a': 'recreated' });
    assert.equal(run.cloud.writes, ['DeleteStack stage-a', 'CreateStack stage-a']);
  });
}

test('unprotects a protected stack only when it never was complete', async () => {
  const guarded = { ...a, terminationProtection: true };
  const dead = standing(guarded, { status: 'ROLLBACK_COMPLETE' });
  const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, dead));
  await run.clock.drive(execute(run.context, up(run, [guarded])));
  assert.equal(run.cloud.writes, [
    'UpdateTerminationProtection stage-a false',
    'DeleteStack stage-a',
    'CreateStack stage-a',
  ]);
});

test('refuses to delete further what a delete has left of a stack, where it or its environment is protected', async () => {
  const guarded = { ...a, terminationProtection: true };
  const left = { status: 'DELETE_FAILED', terminationProtection: true };
  const reasons = {
    byHand: [a, left, 'is DELETE_FAILED, and termination protection is on'],
    inProtected: [guarded, left, 'is DELETE_FAILED, and the environment is protected'],
    unprotected: [
      guarded,
      { ...left, terminationProtection: false },
      'is DELETE_FAILED, and the environment is protected',
    ],
  } as const;
  for (const [desired, more, reason] of Object.values(reasons)) {
    const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, standing(a, more)));
    const steps = up(run, [desired]);
    assert.equal([steps[0]?.kind, steps[0]?.reason], ['refuse', reason]);
    await run.clock.drive(
      execute(
        run.context,
        steps.map((step) => ({ ...step, kind: 'recreate' as const })),
      ),
    );
    assert.equal(run.cloud.writes, []);
  }
});

test('a stack that never was complete is deleted once more when its delete got stuck, also a protected one', async () => {
  const guarded = { ...a, terminationProtection: true };
  const reason = 'sg-1 has a dependent object';
  const run = await createTestRun(
    (operation, _stack, count) =>
      operation === 'delete' && count === 1 ? { ms: 1_000, end: 'DELETE_FAILED', reason } : undefined,
    (cloud) => cloud.stacks.set(a.name, standing(guarded, { status: 'ROLLBACK_FAILED' })),
  );
  const results = await run.clock.drive(execute(run.context, up(run, [guarded])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'recreated' });
});

test('continues a rollback that got stuck, then updates', async () => {
  const stuck = standing({ ...a, templateBody: 'before' }, { status: 'UPDATE_ROLLBACK_FAILED' });
  const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, stuck));
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'updated' });
  assert.equal(run.cloud.writes, ['ContinueUpdateRollback stage-a', 'UpdateStack stage-a']);
});

test('waits for what another run began before it decides', async () => {
  const begun = standing(a, { status: 'UPDATE_IN_PROGRESS' });
  const run = await createTestRun(undefined, (cloud) => {
    cloud.stacks.set(a.name, begun);
  });
  const work = execute(run.context, up(run, [a]));
  void run.clock.sleep(60_000).then(() => run.cloud.stacks.set(a.name, { ...begun, status: 'UPDATE_COMPLETE' }));
  const results = await run.clock.drive(work);
  assert.equal(Object.fromEntries(results), { 'stage-a': 'unchanged' });
  assert.equal(run.cloud.writes, []);
});

test('takes every rollback for a failure and does not start what depends on it', async () => {
  const run = await createTestRun((_, stack) =>
    stack === 'stage-a'
      ? { ms: 5_000, end: 'ROLLBACK_COMPLETE', reason: 'The following resource(s) failed to create: [X].' }
      : undefined,
  );
  run.cloud.eventsOf.set('arn:stage-a/1', [
    {
      at: 3,
      logicalId: 'Y',
      resourceType: 'AWS::SNS::Topic',
      status: 'CREATE_FAILED',
      reason: 'Resource creation cancelled',
    },
    {
      at: 2,
      logicalId: 'X',
      resourceType: 'AWS::SQS::Queue',
      status: 'CREATE_FAILED',
      reason: 'A queue already exists',
    },
  ]);
  const results = await run.clock.drive(execute(run.context, up(run, [b, a, c])));
  assert.equal(Object.fromEntries(results), { 'stage-b': 'not-started', 'stage-a': 'failed', 'stage-c': 'created' });
  assert.equal(
    run.journal.filter((entry) => entry.type === 'failure'),
    [
      {
        type: 'failure',
        stack: 'stage-a',
        resource: 'X',
        resourceType: 'AWS::SQS::Queue',
        reason: 'A queue already exists',
        next: 'mend the cause, then type: make stage',
      },
    ],
  );
});

test('an update that is rolled back is a failure too', async () => {
  const old = standing({ ...a, templateBody: 'before' });
  const run = await createTestRun(
    () => ({ ms: 1_000, end: 'UPDATE_ROLLBACK_COMPLETE' }),
    (cloud) => cloud.stacks.set(a.name, old),
  );
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'failed' });
});

test('deletes dependents first', async () => {
  const run = await createTestRun(undefined, (cloud) => {
    for (const stack of [a, b, c]) cloud.stacks.set(stack.name, standing(stack));
  });
  const results = await run.clock.drive(execute(run.context, down(run, [a, b, c])));
  assert.equal([...results.values()], ['deleted', 'deleted', 'deleted']);
  assert.ok(run.cloud.writes.indexOf('DeleteStack stage-b') < run.cloud.writes.indexOf('DeleteStack stage-a'));
  assert.is(run.cloud.stacks.size, 0);
});

test('a delete that fails keeps what it depends on', async () => {
  const run = await createTestRun(
    (_, stack) =>
      stack === 'stage-b'
        ? { ms: 1_000, end: 'DELETE_FAILED', reason: 'The following resource(s) failed to delete: [Q]. ' }
        : undefined,
    (cloud) => {
      for (const stack of [a, b]) cloud.stacks.set(stack.name, standing(stack));
    },
  );
  const results = await run.clock.drive(execute(run.context, down(run, [a, b])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'not-started', 'stage-b': 'failed' });
});

test('takes stacks away that the layer no longer wants, unless they are protected', async () => {
  const gone = desiredStack('stage-gone');
  const kept = desiredStack('stage-kept');
  const run = await createTestRun(undefined, (cloud) => {
    cloud.stacks.set(a.name, standing(a));
    cloud.stacks.set(gone.name, standing(gone));
    cloud.stacks.set(kept.name, standing(kept, { terminationProtection: true }));
  });
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), {
    'stage-a': 'unchanged',
    'stage-gone': 'deleted',
    'stage-kept': 'unchanged',
  });
  assert.equal(run.cloud.writes, ['DeleteStack stage-gone']);
});

test('never touches a stack of the same name that is not ours', async () => {
  const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, standing(a, { tags: {} })));
  const upSteps = up(run, [a]);
  const downSteps = down(run, [a]);
  assert.equal([upSteps[0]?.kind, downSteps[0]?.kind], ['refuse', 'refuse']);
  await run.clock.drive(execute(run.context, [...upSteps]));
  await run.clock.drive(execute(run.context, [...downSteps]));
  assert.equal(run.cloud.writes, []);
});

test('protection that was switched on after the plan stops a delete', async () => {
  const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, standing(a)));
  const steps = down(run, [a]);
  run.cloud.stacks.set(a.name, standing(a, { terminationProtection: true }));
  await run.context.poller.sweep();
  const results = await run.clock.drive(execute(run.context, steps));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'failed' });
  assert.equal(run.cloud.writes, []);
});

test('sets termination protection where only that differs', async () => {
  const guarded = { ...a, terminationProtection: true };
  const run = await createTestRun(undefined, (cloud) => cloud.stacks.set(a.name, standing(a)));
  const results = await run.clock.drive(execute(run.context, up(run, [guarded])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'updated' });
  assert.equal(run.cloud.writes, ['UpdateTerminationProtection stage-a true']);
});

test('a create whose reply was lost is adopted, not repeated', async () => {
  const run = await createTestRun();
  const steps = up(run, [a]);
  run.cloud.stacks.set(a.name, standing(a));
  const results = await run.clock.drive(execute(run.context, steps));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'created' });
});

test('throttled and lost sweeps do not fail a run', async () => {
  const run = await createTestRun();
  const throttled = new CloudError('throttled', 'Throttling', 'Rate exceeded');
  run.cloud.sweepErrors.push(throttled, new CloudError('network', 'ECONNRESET', 'socket hang up'), throttled);
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'created' });
});

test('no number of throttled sweeps fails a run', async () => {
  const run = await createTestRun();
  run.cloud.sweepErrors = Array.from({ length: 50 }, () => new CloudError('throttled', 'Throttling', 'Rate exceeded'));
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'created' });
});

test('gives up when sweeps are refused, and says so', async () => {
  const run = await createTestRun();
  const text = 'User: arn:aws:iam::111111111111:user/ci is not authorized to perform: cloudformation:DescribeStacks';
  run.cloud.sweepErrors = [new CloudError('denied', 'AccessDenied', text)];
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'failed' });
  const failure = run.journal.find((entry) => entry.type === 'failure');
  assert.is(failure?.reason, `could not be observed: ${text}`);
});

test('a stack that never ends is given up at the deadline', async () => {
  const run = await createTestRun(() => ({ ms: 10 * 3_600_000, end: 'CREATE_COMPLETE' }));
  const results = await run.clock.drive(execute(run.context, up(run, [a])));
  assert.equal(Object.fromEntries(results), { 'stage-a': 'failed' });
  const failure = run.journal.find((entry) => entry.type === 'failure');
  assert.match(failure?.reason ?? '', /^stage-a: no end was seen in 36\d\d s; it is CREATE_IN_PROGRESS$/);
});

test('an interrupt starts nothing new and leaves at once', async () => {
  const run = await createTestRun(() => ({ ms: 3_600_000, end: 'CREATE_COMPLETE' }));
  const work = execute(run.context, up(run, [a, b]));
  void run.clock.sleep(2_000).then(() => run.interrupt.abort(new Error('interrupted by SIGINT')));
  const results = await run.clock.drive(work);
  assert.equal(Object.fromEntries(results), { 'stage-a': 'interrupted', 'stage-b': 'interrupted' });
  assert.equal(run.cloud.writes, ['CreateStack stage-a']);
  assert.ok(run.clock.now() < 1_010_000);
});

test('one sweep serves every stack in flight', async () => {
  const run = await createTestRun(() => ({ ms: 60_000, end: 'CREATE_COMPLETE' }));
  const many = Array.from({ length: 100 }, (_, index) => desiredStack(`stage-${index}`));
  await run.clock.drive(execute(run.context, up(run, many)));
  assert.is(run.cloud.writes.length, 100);
  assert.ok(run.cloud.sweeps < 120, `${run.cloud.sweeps} sweeps`);
});

test.run();
