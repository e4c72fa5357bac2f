import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addOrphans, addReturning, readOrphans, type LedgerStore, type Orphan } from './ledger.ts';
import type { Leftover } from './leftover.ts';
import { sweepEnvironment, type SweepInput, type Swept } from './sweep.ts';

const clock = { sleep: async (): Promise<void> => undefined };

function ledgerOf(orphans: readonly Orphan[] = []): LedgerStore {
  let held = orphans;
  let version = 0;
  return {
    read: async () => ({ orphans: held, version: String(version) }),
    async write(_environment, next, seen) {
      if (seen !== String(version)) return false;
      [held, version] = [next, version + 1];
      return true;
    },
  };
}

const orphan = (physicalId: string, more: Partial<Orphan> = {}): Orphan => ({
  ...{
    environment: 'stage',
    stack: 'stage-network',
    logicalId: 'Log',
    resourceType: 'AWS::Logs::LogGroup',
    physicalId,
  },
  ...{ reason: 'r', run: 'run', at: 1, ...more },
});

interface Account {
  readonly there: Set<string>;
  readonly input: SweepInput;
  /** @param standing `unknown`: nobody says which stacks stand; none do without it */
  sweep(more?: Partial<SweepInput>, standing?: 'unknown'): Promise<Swept>;
}

/** An account that knows things by their identifiers alone. */
function account(ledger: LedgerStore, ids: readonly string[], found: readonly Leftover[] = []): Account {
  const there = new Set(ids);
  const remains = {
    find: async () => found.filter(({ id = '' }) => there.has(id)),
    look: async (noted: Leftover) => (there.has(noted.id ?? '') ? noted : undefined),
    remove: async ({ id = '' }: Leftover) => void there.delete(id),
  };
  const input = { environment: 'stage', retain: [], layers: ['network'], strangers: [], ledger, clock, remains };
  return {
    ...{ there, input },
    sweep: (more = {}, standing) =>
      sweepEnvironment({ ...input, ...(standing === 'unknown' ? {} : { standing: [] }), ...more }),
  };
}

test('what was written again is removed once its stack is gone, and looked for until the next rebuild', async () => {
  const ledger = ledgerOf();
  const group = '/stage-network/flow';
  await addReturning(ledger, clock, 'stage', [orphan(group)]);
  const { there, sweep } = account(ledger, [group]);
  assert.equal((await sweep({ standing: ['stage-network'] })).removed, []);
  assert.equal((await sweep({ strangers: ['stage-network-flow', 'stage-network'] })).removed, []);
  assert.ok(there.has(group));
  assert.equal(
    (await sweep()).removed.map(({ leftover }) => leftover.id),
    [group],
  );
  assert.is((await readOrphans(ledger, clock, 'stage')).length, 1);
  there.add(group);
  await sweep({ onlyLedger: true });
  assert.not.ok(there.has(group));
  assert.equal(await readOrphans(ledger, clock, 'stage'), []);
});

test('who does not say which stacks stand removes nothing that may belong to them', async () => {
  const group = '/stage-network/flow';
  const { there, sweep } = account(ledgerOf([orphan(group, { mayReturn: true })]), [group]);
  await sweep({ onlyLedger: true }, 'unknown');
  assert.ok(there.has(group));
});

test('an orphan stays one when it might return as well', async () => {
  const ledger = ledgerOf();
  await addOrphans(ledger, clock, 'stage', [orphan('a')]);
  await addReturning(ledger, clock, 'stage', [orphan('a'), orphan('b')]);
  assert.equal(
    (await readOrphans(ledger, clock, 'stage')).map(({ physicalId, mayReturn }) => `${physicalId} ${mayReturn}`),
    ['a undefined', 'b true'],
  );
});

test("an entry of another environment's in the ledger is nobody's to remove", async () => {
  const { there, sweep } = account(ledgerOf([orphan('x', { environment: 'stage2' })]), ['x']);
  assert.equal((await sweep()).removed, []);
  assert.ok(there.has('x'));
});

test('a dry run removes nothing and strikes nothing out', async () => {
  const ledger = ledgerOf([orphan('gone'), orphan('there')]);
  const { there, sweep } = account(ledger, ['there']);
  const { left, removed } = await sweep({ dryRun: true });
  assert.equal([left.length, removed.length, there.size], [1, 0, 1]);
  assert.is((await readOrphans(ledger, clock, 'stage')).length, 2);
});

test('what nobody can ask for is neither removed nor struck out, and said with how to strike it out', async () => {
  const ledger = ledgerOf([orphan('stage-network-Seed-1', { resourceType: 'Custom::Seed' })]);
  const { remains, ...rest } = account(ledger, ['stage-network-Seed-1']).input;
  const unasked = 'only its own provider knows whether it is there';
  const swept = await sweepEnvironment({
    ...rest,
    ...{ standing: [], onlyLedger: true },
    remains: { ...remains, look: async (noted) => ({ ...noted, unasked }) },
  });
  assert.equal(
    swept.left.map(({ verdict, why, leftover: { next } }) => [verdict, why, next]),
    [['stays', unasked, "make sweep ENV=stage FORGET='stage-network-Seed-1'"]],
  );
  assert.equal([swept.removed, swept.resisted], [[], []]);
  assert.is((await readOrphans(ledger, clock, 'stage')).length, 1);
});

test('what AWS deletes by itself is not left', async () => {
  const key: Leftover = { arn: 'arn:k', type: 'AWS::KMS::Key', id: 'k', foundBy: 'tag', going: 'pending deletion' };
  const { left, going } = await account(ledgerOf(), ['k'], [key]).sweep();
  assert.equal([left.length, going.length], [0, 1]);
});

test.run();
