import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from './execute.ts';
import { planUp } from './plan.ts';
import { Poller } from './poller.ts';
import { createTestRun, desiredStack, POLL } from './test-run.ts';

const HOUR_MS = 3_600_000;
const STACK_MS = 600_000;

/** Creates a stack that takes ten minutes, while the run's own clock jumps in the middle of it. */
async function createWhileJumping(jumpMs: number) {
  const { clock, cloud, context, journal } = await createTestRun(() => ({ ms: STACK_MS, end: 'CREATE_COMPLETE' }));
  const jumpAt = clock.now() + STACK_MS / 2;
  const jumping = {
    now: () => clock.now() + (clock.now() >= jumpAt ? jumpMs : 0),
    sleep: clock.sleep,
  };
  const poller = new Poller(cloud, jumping, POLL);
  await poller.sweep();
  const steps = planUp({
    environment: 'stage',
    layer: 'services',
    desired: [desiredStack('stage-a')],
    observed: poller.latest,
  });
  const beganAt = clock.now();
  const run = { ...context, clock: jumping, poller, operationMsMax: 3 * HOUR_MS };
  const results = await clock.drive(execute(run, steps));
  const finished = journal.find((event) => event.type === 'step-finished');
  return { results, finished, tookMs: clock.now() - beganAt, sweeps: cloud.sweeps };
}

for (const [name, jumpMs] of [
  ['a machine that slept for five hours', 5 * HOUR_MS],
  ['a clock that is set a day ahead', 24 * HOUR_MS],
  ['a clock that is set back by five hours', -5 * HOUR_MS],
] as const) {
  test(`${name} neither gives a stack up nor stands still`, async () => {
    const steady = await createWhileJumping(0);
    const { results, finished, tookMs, sweeps } = await createWhileJumping(jumpMs);
    assert.equal([...results], [['stage-a', 'created']]);
    assert.ok(tookMs - steady.tookMs <= POLL.pollMsMax, `the end was seen after ${tookMs} ms, else ${steady.tookMs}`);
    assert.ok(sweeps <= steady.sweeps * 2, `${sweeps} sweeps, else ${steady.sweeps}`);
    assert.ok(finished?.type === 'step-finished' && finished.elapsedMs >= 0);
  });
}

test('a stack that never ends is given up all the same, when as much has been waited', async () => {
  const { clock, cloud, context } = await createTestRun(() => ({ ms: 100 * HOUR_MS, end: 'CREATE_COMPLETE' }));
  const jumpAt = clock.now() + HOUR_MS;
  const jumping = { now: () => clock.now() + (clock.now() >= jumpAt ? 5 * HOUR_MS : 0), sleep: clock.sleep };
  const poller = new Poller(cloud, jumping, POLL);
  const beganAt = clock.now();
  const wait = { stack: 'stage-a', kind: 'create', startedAt: jumping.now(), until: () => false } as const;
  const given = clock.drive(
    poller.waitFor({ ...wait, deadlineAt: jumping.now() + 3 * HOUR_MS }, context.signal).then(String, String),
  );
  assert.match(await given, /^WaitTimeout: stage-a: no end was seen in 108\d\d s$/);
  const tookMs = clock.now() - beganAt;
  assert.ok(Math.abs(tookMs - 3 * HOUR_MS) < 2 * 60_000, `after ${tookMs} ms`);
});

test.run();
