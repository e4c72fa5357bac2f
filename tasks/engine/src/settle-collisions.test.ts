import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Blocker } from './blockers.ts';
import type { Collisions } from './collisions.ts';
import { execute } from './execute.ts';
import { planUp } from './plan.ts';
import { CloudError } from './ports.ts';
import { createTestRun, desiredStack } from './test-run.ts';

const REASON = "Resource of type 'AWS::Logs::LogGroup' with identifier '/stage/a' already exists.";

const STRAY: Blocker = {
  ...{ stack: 'a', logicalId: 'Log', resourceType: 'AWS::Logs::LogGroup', physicalId: '/stage/a' },
  ...{ what: 'log group /stage/a, which was left or written again', remedy: { clear: 'DeleteLogGroup' } },
};
const HELD: Blocker = {
  ...{ stack: 'a', logicalId: 'Secret', resourceType: 'AWS::SecretsManager::Secret', physicalId: 'key' },
  ...{ what: 'secret key belongs to the stack b', remedy: { next: 'type: aws secretsmanager delete-secret' } },
};

/** Creates fail as long as something bears the name. */
async function collidingRun(bearers: Blocker[], reason = REASON) {
  const run = await createTestRun((operation) =>
    operation === 'create' && bearers.length > 0 ? { ms: 5_000, end: 'ROLLBACK_COMPLETE', reason } : undefined,
  );
  const asked: string[] = [];
  const collisions: Collisions = {
    find: async (environment, { name }) => {
      asked.push(`${environment} ${name}`);
      return bearers;
    },
    clear: async ({ physicalId }) => {
      const index = bearers.findIndex((one) => one.physicalId === physicalId);
      if (index >= 0) bearers.splice(index, 1);
    },
  };
  const up = async (port: Collisions = collisions) => {
    const desired = [desiredStack('a')];
    const steps = planUp({ environment: 'stage', layer: 'services', desired, observed: run.context.poller.latest });
    const work = execute({ ...run.context, collisions: port }, steps);
    return Object.fromEntries(await run.clock.drive(work));
  };
  const failures = () => run.journal.filter(({ type }) => type === 'failure');
  return { ...run, asked, collisions, up, failures };
}

test('what an earlier teardown left is cleared away under the lease, and the stack is made anew', async () => {
  const { up, asked, cloud, journal } = await collidingRun([STRAY]);
  assert.equal(await up(), { a: 'recreated' });
  assert.equal(asked, ['stage a']);
  assert.equal(cloud.writes, ['CreateStack a', 'DeleteStack a', 'CreateStack a']);
  assert.ok(journal.some((one) => one.type === 'write' && one.operation === 'DeleteLogGroup'));
  assert.equal(
    journal.filter(({ type }) => type === 'cleared'),
    [{ type: 'cleared', stack: 'a', what: 'log group /stage/a, which was left or written again' }],
  );
});

test('where one of them is for a person nothing is cleared, and the failure says what to type', async () => {
  const { up, failures, journal } = await collidingRun([STRAY, HELD]);
  assert.equal(await up(), { a: 'failed' });
  assert.equal(failures(), [
    {
      ...{ type: 'failure', stack: 'a', reason: `ended in ROLLBACK_COMPLETE: ${REASON}` },
      ...{ cause: 'secret key belongs to the stack b', next: 'type: aws secretsmanager delete-secret' },
    },
  ]);
  assert.not(journal.some(({ type }) => type === 'cleared'));
});

test('what comes back each time is cleared twice, and then is a failure', async () => {
  const { up, collisions, cloud, failures } = await collidingRun([STRAY]);
  assert.equal(await up({ ...collisions, clear: async () => undefined }), { a: 'failed' });
  assert.is(cloud.writes.filter((write) => write === 'CreateStack a').length, 3);
  assert.is(failures().length, 1);
});

test('another failure asks nobody, and a look that is refused leaves the failure as it is', async () => {
  const other = await collidingRun([STRAY], 'The image does not exist');
  assert.equal(await other.up(), { a: 'failed' });
  assert.equal(other.asked, []);
  const denied = await collidingRun([STRAY]);
  const find = async (): Promise<never> => {
    throw new CloudError('denied', 'AccessDeniedException', 'not authorized to perform: logs:DescribeLogGroups');
  };
  assert.equal(await denied.up({ ...denied.collisions, find }), { a: 'failed' });
  assert.is(denied.failures().length, 1);
});

test('what could not be cleared away is the cause', async () => {
  const { up, collisions, failures } = await collidingRun([STRAY]);
  const clear = async (): Promise<never> => {
    throw new CloudError('denied', 'AccessDeniedException', 'not authorized to perform: logs:DeleteLogGroup');
  };
  assert.equal(await up({ ...collisions, clear }), { a: 'failed' });
  const [failure] = failures();
  assert.is(
    failure?.type === 'failure' && failure.cause,
    'what is in the way could not be cleared away: DeleteLogGroup: not authorized to perform: logs:DeleteLogGroup',
  );
});

test.run();
