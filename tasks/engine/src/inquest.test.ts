import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from './execute.ts';
import type { FailedResource } from './inquest.ts';
import { planUp } from './plan.ts';
import { createTestRun, desiredStack } from './test-run.ts';

const EVENTS = [
  {
    at: 3,
    logicalId: 'Rule',
    resourceType: 'AWS::ECS::TaskSet',
    status: 'CREATE_FAILED',
    reason: 'Resource creation cancelled',
  },
  {
    ...{ at: 2, logicalId: 'Service', resourceType: 'AWS::ECS::Service', physicalId: 'arn:service' },
    ...{
      status: 'CREATE_FAILED',
      reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
    },
  },
];

async function failingRun() {
  const run = await createTestRun((operation, stack) =>
    operation === 'create' && stack === 'a'
      ? { ms: 60_000, end: 'ROLLBACK_COMPLETE', reason: 'Service failed' }
      : undefined,
  );
  const asked: { resource: FailedResource; at: number }[] = [];
  const reads: number[] = [];
  const { cloud, clock } = run;
  cloud.events = async (id) => {
    reads.push(clock.now());
    return id === 'arn:a/1' ? EVENTS : [];
  };
  const up = async (testify: () => Promise<readonly { about: 'task' | 'log'; text: string }[]>) => {
    const witness = {
      testify: async (resource: FailedResource) => {
        asked.push({ resource, at: clock.now() });
        return await testify();
      },
    };
    const diagnose = (_type: string | undefined, reason: string) =>
      reason.includes('exit code 1') ? { cause: 'it ends by itself', next: 'type: mend it' } : undefined;
    const steps = planUp({
      environment: 'stage',
      layer: 'services',
      desired: [desiredStack('a')],
      observed: new Map(),
    });
    const work = execute({ ...run.context, witness, diagnose }, steps);
    void clock.sleep(30_000).then(() => {
      cloud.stacks.set('a', { ...cloud.stacks.get('a')!, status: 'ROLLBACK_IN_PROGRESS' });
    });
    await clock.drive(work);
    return run.journal.filter(({ type }) => type === 'failure');
  };
  return { ...run, asked, reads, up };
}

test('a witness is asked while the stack still goes back, and what it says stands in the failure', async () => {
  const { up, asked, reads } = await failingRun();
  const failures = await up(async () => [
    { about: 'task', text: '3 tasks stopped: service ended with exit code 1' },
    { about: 'log', text: 'service | no route to the database' },
  ]);
  assert.equal(failures, [
    {
      ...{ type: 'failure', stack: 'a', resource: 'Service', resourceType: 'AWS::ECS::Service' },
      reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
      evidence: [
        { about: 'task', text: '3 tasks stopped: service ended with exit code 1' },
        { about: 'log', text: 'service | no route to the database' },
      ],
      cause: 'it ends by itself',
      next: 'type: mend it',
    },
  ]);
  assert.equal(
    asked.map(({ resource }) => resource),
    [{ stackId: 'arn:a/1', logicalId: 'Service', resourceType: 'AWS::ECS::Service', physicalId: 'arn:service' }],
  );
  assert.ok((asked[0]?.at ?? 0) < 1_060_000, 'before the rollback was over');
  assert.is(reads.length, 1);
});

test('a service whose tasks find no place is made again, with the patience of what lacks capacity', async () => {
  const { up, journal, cloud } = await failingRun();
  const text = '2 tasks stopped: Capacity is unavailable at this time. Please try again later';
  await up(async () => [{ about: 'task', text }]);
  const retries = journal.flatMap((entry) => (entry.type === 'retry' ? [entry] : []));
  assert.equal(
    retries.map((entry) => [entry.class, entry.reason, entry.pauseMs]),
    [['capacity', text, 60_000]],
  );
  assert.equal(cloud.writes, ['CreateStack a', 'DeleteStack a', 'CreateStack a']);
});

test('a witness that cannot answer takes nothing away from the failure', async () => {
  const { up } = await failingRun();
  const failures = await up(async () => {
    throw new RangeError('denied');
  });
  assert.equal(failures, [
    {
      ...{ type: 'failure', stack: 'a', resource: 'Service', resourceType: 'AWS::ECS::Service' },
      reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
      next: 'mend the cause, then type: make stage',
    },
  ]);
});

test.run();
