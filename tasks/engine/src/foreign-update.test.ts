import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from './execute.ts';
import { tagsWithFingerprint } from './fingerprint.ts';
import { planUp } from './plan.ts';
import type { Clock } from './ports.ts';
import type { ObservedStack } from './stack.ts';
import type { TestCloud } from './test-cloud.ts';
import { createTestRun, desiredStack } from './test-run.ts';

const a = desiredStack('stage-a');
const NOTICE = 'stage-a was updated by somebody else while this run waited for it; it is updated once more';

/** A stack as an earlier run has left it, with another template. */
const OLD: ObservedStack = {
  ...{ name: 'stage-a', id: 'arn:stage-a/0', status: 'UPDATE_COMPLETE', createdAt: 1, updatedAt: 2 },
  ...{ parameters: {}, outputs: {}, terminationProtection: false },
  tags: tagsWithFingerprint({ ...a, templateBody: 'before', parameters: {} }),
};

/**
 * Lets somebody else update the stack each time that it has become complete: no sweep ever shows it complete in
 * between, and the tags stay as they are, as with an update by hand.
 */
function meddle(cloud: TestCloud, clock: Clock, times: number): void {
  const sweep = cloud.sweep.bind(cloud);
  let [left, isTheirs] = [times, false];
  cloud.sweep = async () => {
    await sweep();
    const isComplete = cloud.stacks.get('stage-a')?.status.endsWith('_COMPLETE') === true;
    if (isTheirs) set(cloud, { status: 'UPDATE_COMPLETE' });
    else if (isComplete && left > 0) set(cloud, { status: 'UPDATE_IN_PROGRESS', updatedAt: clock.now() });
    [left, isTheirs] = isComplete && !isTheirs && left > 0 ? [left - 1, true] : [left, false];
    return [...cloud.stacks.values()];
  };
}

function set(cloud: TestCloud, change: Partial<ObservedStack>): void {
  cloud.stacks.set('stage-a', { ...cloud.stacks.get('stage-a')!, ...change });
}

/** Brings the stack up while somebody else updates it so many times. */
async function upAmid(times: number, standing?: ObservedStack) {
  const run = await createTestRun(
    (operation) =>
      operation === 'create' ? { ms: 60_000, end: 'CREATE_COMPLETE' } : { ms: 60_000, end: 'UPDATE_COMPLETE' },
    (cloud) => void (standing !== undefined && cloud.stacks.set('stage-a', standing)),
  );
  const { context, clock, cloud, journal } = run;
  meddle(cloud, clock, times);
  const observed = context.poller.latest;
  const steps = planUp({ environment: 'stage', layer: 'services', desired: [a], observed });
  const results = await clock.drive(execute(context, steps));
  const notices = journal.flatMap((entry) => (entry.type === 'notice' ? [entry.text] : []));
  const failures = journal.flatMap((entry) => (entry.type === 'failure' ? [entry.reason] : []));
  return { outcome: results.get('stage-a'), writes: cloud.writes, notices, failures };
}

test('an update by somebody else while a create is waited for is reported, and set right', async () => {
  assert.equal(await upAmid(1), {
    outcome: 'updated',
    writes: ['CreateStack stage-a', 'UpdateStack stage-a'],
    notices: [NOTICE],
    failures: [],
  });
});

test('an update by somebody else while an update is waited for is reported, and set right', async () => {
  assert.equal(await upAmid(1, OLD), {
    outcome: 'updated',
    writes: ['UpdateStack stage-a', 'UpdateStack stage-a'],
    notices: [NOTICE],
    failures: [],
  });
});

test('nobody else: nothing is said, and nothing written twice', async () => {
  assert.equal(await upAmid(0, OLD), {
    outcome: 'updated',
    writes: ['UpdateStack stage-a'],
    notices: [],
    failures: [],
  });
});

test('somebody who does so again and again makes the stack fail', async () => {
  const { outcome, writes, notices, failures } = await upAmid(9, OLD);
  assert.is(outcome, 'failed');
  assert.equal(writes, ['UpdateStack stage-a', 'UpdateStack stage-a', 'UpdateStack stage-a']);
  assert.equal(notices, [NOTICE, NOTICE]);
  assert.equal(failures, ['stage-a was updated by somebody else while this run waited for it']);
});

test.run();
