import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from './execute.ts';
import type { JournalEntry } from './journal-event.ts';
import { planUp } from './plan.ts';
import { CloudError } from './ports.ts';
import type { GatedResource, ReadinessProbe, ResourceState } from './readiness-probe.ts';
import { ReadinessWatch } from './readiness-watch.ts';
import type { RunContext } from './run-context.ts';
import type { DesiredStack, ObservedStack } from './stack.ts';
import { createTestRun, desiredStack, type TestRun } from './test-run.ts';

const WATCH = { lookMsMin: 3_000, lookMsMax: 15_000, waitMsMax: 600_000 };

type StateOf = (resource: GatedResource, now: number) => ResourceState;

interface ExpressRun extends TestRun {
  readonly express: RunContext;
  readonly looks: string[][];
  readonly confirmed: string[];
  up(...desired: DesiredStack[]): Promise<Record<string, string>>;
}

/** Every stack holds one resource that is called like it, and says of itself what `stateOf` says. */
async function expressRun(run: TestRun, stateOf: StateOf, more: Partial<GatedResource> = {}): Promise<ExpressRun> {
  const looks: string[][] = [];
  const confirmed: string[] = [];
  const probe: ReadinessProbe = {
    mayWait: (body) => !body.includes('plain'),
    list: async ({ name }) => [
      { stack: name, logicalId: name, resourceType: 'Test::Thing', physicalId: name, since: 0, ...more },
    ],
    confirm: async (resources) => void confirmed.push(...resources.map(({ physicalId }) => physicalId)),
    async look(resources) {
      looks.push(resources.map(({ physicalId }) => physicalId));
      return resources.map((resource) => stateOf(resource, run.clock.now()));
    },
  };
  const ready = new Set<string>();
  const markOf = ({ id, updatedAt }: ObservedStack): string => `${id} ${updatedAt}`;
  const memory = {
    has: (stack: ObservedStack) => ready.has(markOf(stack)),
    record: (stack: ObservedStack) => void ready.add(markOf(stack)),
  };
  const readiness = { probe, watch: new ReadinessWatch(probe, run.clock, WATCH), memory };
  const express: RunContext = { ...run.context, readiness };
  const isReady = (_desired: DesiredStack, stack: ObservedStack): boolean => memory.has(stack);
  return {
    ...run,
    ...{ express, looks, confirmed },
    async up(...desired) {
      const observed = run.context.poller.latest;
      const steps = planUp({ environment: 'stage', layer: 'services', desired, observed, isReady });
      return Object.fromEntries(await run.clock.drive(execute(express, steps)));
    },
  };
}

const startOf = (journal: readonly JournalEntry[], stack: string): number =>
  journal.findIndex((entry) => entry.type === 'write' && entry.stack === stack);

test('what depends on a stack waits until it is ready, and one look serves every stack', async () => {
  const run = await createTestRun();
  const { up, looks, journal, cloud } = await expressRun(run, ({ stack }, now) =>
    now < 1_100_000 && stack !== 'c' ? { waits: `${stack} is on its way` } : 'ready',
  );
  const results = await up(desiredStack('a'), desiredStack('b'), desiredStack('c', { dependsOn: ['a', 'b'] }));
  assert.equal(results, { a: 'created', b: 'created', c: 'created' });
  assert.ok(run.clock.now() > 1_100_000);
  const ready = journal.findIndex((entry) => entry.type === 'readiness' && entry.what === 'ready');
  assert.ok(ready > 0 && ready < startOf(journal, 'c'));
  assert.ok(looks.slice(1).some((one) => one.length === 2));
  assert.ok(looks.length < 35);
  assert.equal(
    [...cloud.contents.values()].map(({ express }) => express),
    [true, true, true],
  );
});

test('in standard mode nothing is asked', async () => {
  const { clock, context, cloud } = await createTestRun();
  const steps = planUp({ environment: 'stage', layer: 'services', desired: [desiredStack('a')], observed: new Map() });
  assert.equal(Object.fromEntries(await clock.drive(execute(context, steps))), { a: 'created' });
  assert.is(cloud.contents.get('a')?.express, undefined);
});

test('a create that never becomes ready is deleted again, protected or not, and its failure says why', async () => {
  const run = await createTestRun();
  const { up, journal, cloud } = await expressRun(run, ({ stack }) =>
    stack === 'a' ? { fails: 'a did not become steady: tasks failed to start.', next: 'type: mend a' } : 'ready',
  );
  const results = await up(desiredStack('a', { terminationProtection: true }), desiredStack('b', { dependsOn: ['a'] }));
  assert.equal(results, { a: 'failed', b: 'not-started' });
  assert.equal(cloud.writes, ['CreateStack a', 'UpdateTerminationProtection a false', 'DeleteStack a']);
  assert.equal(
    journal.filter(({ type }) => type === 'failure'),
    [
      {
        ...{ type: 'failure', stack: 'a', resource: 'a', resourceType: 'Test::Thing' },
        reason: 'a did not become steady: tasks failed to start.',
        // What would start it anew is of no use: it is gone.
        next: 'mend the cause, then type: make stage',
      },
    ],
  );
  assert.ok(
    journal.some((one) => one.type === 'notice' && one.text === 'a: never became ready, so it is deleted again'),
  );
});

test('an update that never becomes ready is taken back to what the stack had, in standard mode', async () => {
  const run = await createTestRun();
  const fails = new Set<string>();
  const { up, cloud, context } = await expressRun(run, ({ stack }) =>
    fails.has(stack) ? { fails: `${stack} did not become steady` } : 'ready',
  );
  await up(desiredStack('a', { templateBody: 'one', parameters: { Size: '1', Secret: '****' } }));
  const before = context.poller.latest.get('a')!;
  fails.add('a');
  assert.equal(await up(desiredStack('a', { templateBody: 'two', parameters: { Size: '2' } })), { a: 'failed' });
  assert.equal(cloud.writes, ['CreateStack a', 'UpdateStack a', 'UpdateStack a']);
  const { templateBody, parameters, keep, tags, express } = cloud.contents.get('a')!;
  assert.equal(
    { templateBody, parameters, keep, express },
    {
      ...{ templateBody: 'one', parameters: { Size: '1' }, keep: ['Secret'] },
      express: undefined,
    },
  );
  assert.equal(tags, before.tags);
  assert.is(context.poller.latest.get('a')?.status, 'UPDATE_COMPLETE');
});

test('a stack that an earlier run left complete is waited for, and never taken back', async () => {
  const run = await createTestRun();
  let isWell = false;
  const { up, cloud, journal, looks } = await expressRun(run, () =>
    isWell ? 'ready' : { fails: 'a did not become steady', next: 'type: start a anew' },
  );
  await run.clock.drive(
    execute(
      run.context,
      planUp({ environment: 'stage', layer: 'services', desired: [desiredStack('a')], observed: new Map() }),
    ),
  );
  assert.equal(await up(desiredStack('a')), { a: 'failed' });
  assert.equal(cloud.writes, ['CreateStack a']);
  const failure = journal.find((one) => one.type === 'failure');
  assert.is(failure?.type === 'failure' && failure.next, 'type: start a anew');
  isWell = true;
  assert.equal(await up(desiredStack('a')), { a: 'unchanged' });
  const asked = looks.length;
  assert.equal(await up(desiredStack('a')), { a: 'unchanged' });
  assert.is(looks.length, asked, 'what was seen ready is not asked again');
});

test('what is not ready at the deadline has failed, and what cannot be asked is left as it is', async () => {
  const run = await createTestRun();
  const { up, journal, cloud } = await expressRun(run, () => ({ waits: 'a runs 1 of 2 tasks' }));
  assert.equal(await up(desiredStack('a')), { a: 'failed' });
  const reasonOf = (entries: readonly JournalEntry[]) =>
    entries.flatMap((one) => (one.type === 'failure' ? [one.reason] : [])).at(-1);
  assert.is(reasonOf(journal), 'a runs 1 of 2 tasks, and it went on too long');
  assert.ok(run.clock.now() - 1_000_000 < 700_000);
  assert.equal(cloud.writes, ['CreateStack a', 'DeleteStack a']);

  const other = await createTestRun();
  const denied = await expressRun(other, () => {
    throw new CloudError('denied', 'AccessDeniedException', 'not authorized to perform: ecs:DescribeServices');
  });
  assert.equal(await denied.up(desiredStack('a')), { a: 'failed' });
  assert.is(
    reasonOf(denied.journal),
    'cannot be asked whether it is ready: not authorized to perform: ecs:DescribeServices',
  );
  assert.equal(denied.cloud.writes, ['CreateStack a']);
});

test('a write that tells the state is sent once, under the lease, before the first look', async () => {
  const run = await createTestRun();
  const { up, journal, confirmed } = await expressRun(run, () => 'ready', { confirmedBy: 'ChangeResourceRecordSets' });
  await up(desiredStack('a'));
  assert.equal(confirmed, ['a']);
  const writes = journal.flatMap((one) => (one.type === 'write' ? [one.operation] : []));
  assert.equal(writes, ['CreateStack', 'ChangeResourceRecordSets']);
});

test('an interrupted run waits no longer, and takes nothing back', async () => {
  const run = await createTestRun();
  const { up, cloud } = await expressRun(run, () => {
    run.interrupt.abort(new Error('SIGINT'));
    return { waits: 'a is on its way' };
  });
  assert.equal(await up(desiredStack('a')), { a: 'interrupted' });
  assert.equal(cloud.writes, ['CreateStack a']);
});

test.run();
