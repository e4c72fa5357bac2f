import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from './execute.ts';
import { planUp } from './plan.ts';
import { CloudError, type StackContent } from './ports.ts';
import { createTestRun, desiredStack, type TestRun } from './test-run.ts';

const a = desiredStack('stage-a');
const up = (run: TestRun) =>
  planUp({ environment: 'stage', layer: 'services', desired: [a], observed: run.context.poller.latest });

type Create = (content: StackContent & { readonly terminationProtection: boolean }) => Promise<string>;

/** Puts something in the way of the first creates. */
function spoil(run: TestRun, errors: (CloudError | undefined)[], isDone: boolean): string[] {
  const sent: string[] = [];
  const create: Create = run.cloud.create.bind(run.cloud);
  run.cloud.create = async (content) => {
    sent.push(content.token);
    const error = errors.shift();
    if (error === undefined) return await create(content);
    if (isDone) await create(content);
    throw error;
  };
  return sent;
}

const reset = (): CloudError => new CloudError('network', 'ECONNRESET', 'read ECONNRESET');

test('a write whose reply was lost is found by looking, and not sent again', async () => {
  const run = await createTestRun();
  const sent = spoil(run, [reset()], true);
  const results = await run.clock.drive(execute(run.context, up(run)));
  assert.is(results.get(a.name), 'created');
  assert.is(sent.length, 1);
});

test('a write that never arrived is sent again with the same token, after nothing was seen of it', async () => {
  const run = await createTestRun();
  const sent = spoil(run, [reset()], false);
  const results = await run.clock.drive(execute(run.context, up(run)));
  assert.is(results.get(a.name), 'created');
  assert.is(sent.length, 2);
  assert.is(sent[0], sent[1]);
  assert.ok(run.clock.now() >= 1_000_000 + 20_000, 'it was looked for first');
});

test('a throttled write is sent again without a look', async () => {
  const run = await createTestRun();
  const throttled = (): CloudError => new CloudError('throttled', 'Throttling', 'Rate exceeded');
  const sent = spoil(run, [throttled(), throttled()], false);
  assert.is((await run.clock.drive(execute(run.context, up(run)))).get(a.name), 'created');
  assert.is(sent.length, 3);
  const retries = run.journal.flatMap((entry) => (entry.type === 'retry' ? [`${entry.class} ${entry.pauseMs}`] : []));
  assert.equal(retries, ['throttle 500', 'throttle 1000']);
});

test('a write that AWS refuses for good is sent once', async () => {
  const run = await createTestRun();
  const sent = spoil(run, [new CloudError('invalid', 'ValidationError', 'Template error: x')], false);
  assert.is((await run.clock.drive(execute(run.context, up(run)))).get(a.name), 'failed');
  assert.is(sent.length, 1);
});

test('without the lease nothing is sent', async () => {
  const run = await createTestRun();
  const lease = { ensure: async () => await Promise.reject(new RangeError('the lease is gone')) };
  const results = await run.clock.drive(execute({ ...run.context, lease }, up(run)));
  assert.is(results.get(a.name), 'failed');
  assert.equal(run.cloud.writes, []);
});

test('a stack that failed for what passes is made again', async () => {
  const run = await createTestRun((operation, _stack, count) =>
    operation === 'create' && count === 1
      ? { ms: 1_000, end: 'ROLLBACK_COMPLETE', reason: 'Rate exceeded' }
      : undefined,
  );
  assert.is((await run.clock.drive(execute(run.context, up(run)))).get(a.name), 'recreated');
  assert.equal(run.cloud.writes, ['CreateStack stage-a', 'DeleteStack stage-a', 'CreateStack stage-a']);
});

test.run();
