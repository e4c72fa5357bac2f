import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Blocker, Blockers } from './blockers.ts';
import { execute } from './execute.ts';
import type { LedgerStore, Orphan } from './ledger.ts';
import { planDown, planUp } from './plan.ts';
import type { StackEvent } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { TAG } from './stack.ts';
import { createTestRun, desiredStack } from './test-run.ts';

const a = desiredStack('stage-a');

function stuck(reason: string): StackEvent {
  return {
    ...{ at: 2, logicalId: 'Files', resourceType: 'AWS::S3::Bucket', physicalId: 'stage-files' },
    ...{ status: 'DELETE_FAILED', reason },
  };
}

function memoryLedger(): LedgerStore & { orphans: readonly Orphan[] } {
  const ledger = {
    orphans: [] as readonly Orphan[],
    read: async () => ({ orphans: ledger.orphans, version: '1' }),
    write: async (_environment: string, orphans: readonly Orphan[]) => {
      ledger.orphans = orphans;
      return true;
    },
  };
  return ledger;
}

/** A teardown, or a rebuild, of one stack whose delete fails so often. */
async function down(failures: number, reason: string, more: Partial<RunContext> = {}, up = false) {
  const run = await createTestRun(
    (operation, _stack, count) =>
      operation === 'delete' && count <= failures ? { ms: 1_000, end: 'DELETE_FAILED', reason } : undefined,
    (cloud) =>
      cloud.stacks.set(a.name, {
        ...{
          name: a.name,
          id: 'arn:stage-a/0',
          status: up ? 'ROLLBACK_FAILED' : 'CREATE_COMPLETE',
          parameters: {},
          outputs: {},
        },
        ...{ tags: { [TAG.environment]: 'stage' }, terminationProtection: false, createdAt: 0 },
      }),
  );
  run.cloud.eventsOf.set('arn:stage-a/0', [stuck(reason)]);
  const input = { environment: 'stage', layer: 'services', desired: [a], observed: run.context.poller.latest };
  const steps = up ? planUp(input) : planDown(input);
  const results = await run.clock.drive(execute({ ...run.context, ...more }, steps));
  return { outcome: results.get(a.name), ...run };
}

test('what passes by itself is waited for', async () => {
  const { outcome, cloud, journal } = await down(2, 'resource sg-1 has a dependent object');
  assert.is(outcome, 'deleted');
  assert.equal(cloud.writes, ['DeleteStack stage-a', 'DeleteStack stage-a', 'DeleteStack stage-a']);
  const pauses = journal.flatMap((entry) => (entry.type === 'retry' ? [entry.pauseMs] : []));
  assert.equal(pauses, [15_000, 30_000]);
});

test('what nothing can mend fails at once, in AWS’s words', async () => {
  const { outcome, cloud, journal } = await down(9, 'You are not authorized to perform this operation');
  assert.is(outcome, 'failed');
  assert.is(cloud.writes.length, 1);
  const failure = journal.find((entry) => entry.type === 'failure');
  assert.is(failure?.reason, 'You are not authorized to perform this operation');
});

/** A bucket that is filled again and again, and a list of how often it was emptied. */
function fullBucket(): { readonly cleared: string[]; readonly blockers: Blockers } {
  const cleared: string[] = [];
  const blocker: Blocker = {
    ...{ stack: a.name, logicalId: 'Files', resourceType: 'AWS::S3::Bucket', physicalId: 'stage-files' },
    ...{ what: 'bucket stage-files holds 12 objects', remedy: { clear: 'empty' } },
  };
  const blockers: Blockers = {
    find: async (_stack, found = []) => (found.length === 0 ? [] : [blocker]),
    policies: async () => new Map(),
    clear: async ({ physicalId }) => void cleared.push(physicalId),
  };
  return { cleared, blockers };
}

test('blockers are cleared before the first delete and after each that fails', async () => {
  const { cleared, blockers } = fullBucket();
  const { outcome, journal } = await down(1, 'The bucket you tried to delete is not empty', { blockers });
  assert.is(outcome, 'deleted');
  assert.equal(cleared, ['stage-files']);
  assert.ok(journal.some((entry) => entry.type === 'cleared' && entry.what === 'bucket stage-files holds 12 objects'));
});

test('a blocker that only a person may clear stops the stack before anything is deleted', async () => {
  const blockers: Blockers = {
    find: async () => [
      {
        ...{ stack: a.name, logicalId: 'Topic', resourceType: 'AWS::SNS::Topic', physicalId: 'topic' },
        ...{ what: 'export stage-topic is imported by stack other', remedy: { next: 'delete stack other first' } },
      },
    ],
    policies: async () => new Map(),
    clear: async () => undefined,
  };
  const { outcome, cloud, journal } = await down(0, '', { blockers });
  assert.is(outcome, 'failed');
  assert.equal(cloud.writes, []);
  const failure = journal.find((entry) => entry.type === 'failure');
  assert.is(failure?.reason, 'export stage-topic is imported by stack other; delete stack other first');
});

test('what resists four deletes is left, and stands in the ledger before it is', async () => {
  const ledger = memoryLedger();
  const { outcome, cloud, journal } = await down(4, 'resource sg-1 has a dependent object', { ledger });
  assert.is(outcome, 'deleted');
  assert.is(cloud.writes.length, 5);
  assert.equal(
    ledger.orphans.map(({ stack, logicalId, physicalId, run }) => [stack, logicalId, physicalId, run]),
    [['stage-a', 'Files', 'stage-files', 'run-1']],
  );
  assert.ok(journal.some((entry) => entry.type === 'orphaned' && entry.resource === 'Files'));
});

test('the ledger says what the template wants of a delete', async () => {
  const ledger = memoryLedger();
  const blockers: Blockers = {
    find: async () => [],
    policies: async ({ name }) => new Map(name === a.name ? [['Files', 'Snapshot']] : []),
    clear: async () => undefined,
  };
  await down(4, 'Internal Failure', { ledger, blockers });
  assert.equal(
    ledger.orphans.map(({ logicalId, policy }) => [logicalId, policy]),
    [['Files', 'Snapshot']],
  );
});

test('without a ledger nothing is left on purpose', async () => {
  const { outcome, cloud } = await down(9, 'resource sg-1 has a dependent object');
  assert.is(outcome, 'failed');
  assert.is(cloud.writes.length, 4);
});

test('on the way up the same is mended and tried again', async () => {
  const { cleared, blockers } = fullBucket();
  const { outcome, cloud } = await down(2, 'The bucket you tried to delete is not empty', { blockers }, true);
  assert.is(outcome, 'recreated');
  assert.equal(cleared, ['stage-files', 'stage-files']);
  assert.equal(cloud.writes, [
    ...['DeleteStack stage-a', 'DeleteStack stage-a', 'DeleteStack stage-a'],
    'CreateStack stage-a',
  ]);
});

test('on the way up nothing is left in the account, whatever resists', async () => {
  const ledger = memoryLedger();
  const { blockers } = fullBucket();
  const { outcome, cloud } = await down(9, 'The bucket you tried to delete is not empty', { blockers, ledger }, true);
  assert.is(outcome, 'failed');
  assert.is(cloud.writes.length, 4);
  assert.equal(ledger.orphans, []);
});

test.run();
