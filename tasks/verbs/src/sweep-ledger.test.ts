import { createAccountBucket, createCallCounter } from '@roundtrip/aws';
import type { LedgerStore, Orphan } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from './test-journal.ts';
import { openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE: SampleShape = { layers: { data: [], destroy: ['data'] }, stacks: [stack('data', '')] };
const ACCOUNT = '333333333333';
const SWEEP = ['--env', 'demo'];
const SEED = 'demo-data-Seed-1ABC';

let project: TestProject;
let ledger: LedgerStore;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const config = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  ({ ledger } = createAccountBucket(config, ACCOUNT, createCallCounter()));
  for (const way of ['up', 'down']) assert.is((await project.verb('run', [way, '--env', 'demo'])).code, 0);
});
test.after(() => project.close());

const orphan = (logicalId: string, resourceType: string, physicalId: string): Orphan => ({
  ...{ environment: 'demo', stack: 'demo-data', logicalId, resourceType, physicalId },
  ...{ reason: 'Internal Failure', run: 'run', at: 1 },
});

/** In place of whatever was in it. */
async function note(...orphans: readonly Orphan[]): Promise<void> {
  assert.ok(await ledger.write('demo', orphans, (await ledger.read('demo')).version));
}

async function noted(): Promise<string[]> {
  return (await ledger.read('demo')).orphans.map(({ physicalId }) => physicalId);
}

const WHY = `only its own provider knows whether it is there: look by hand; type: make sweep ENV=demo FORGET='${SEED}'`;

test('a custom resource in the ledger stops no rebuild, and is left to a person', async () => {
  await note(orphan('Seed', 'Custom::Seed', SEED));
  const sweep = await project.verb('sweep', SWEEP);
  assert.is(sweep.code, 0, sweep.stderr);
  assert.match(sweep.stdout, `\nleft Custom::Seed ${SEED} of demo-data: ${WHY}; price unknown\n`);
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0, up.stdout + up.stderr);
  const texts = eventsOf(project.lastJournal('demo'), 'notice').map(({ text }) => text);
  assert.equal(texts, [`Custom::Seed ${SEED} of demo-data is still in the ledger: ${WHY}`]);
  assert.equal(await noted(), [SEED]);
});

test('a person strikes out what nobody else can know to be gone', async () => {
  const unknown = await project.verb('sweep', [...SWEEP, '--forget', 'x']);
  assert.equal(
    [unknown.code, unknown.stderr],
    [2, 'the ledger of demo has nothing under x\n  next: to see what is left, type: make sweep ENV=demo\n'],
  );
  const forget = [...SWEEP, '--forget', SEED];
  const nobody = await project.verb('sweep', forget);
  assert.is(nobody.code, 3);
  assert.match(nobody.stderr, `whether to strike ${SEED} out of the ledger`);
  assert.equal(await noted(), [SEED]);
  const struck = await project.verb('sweep', forget, { CONFIRM: 'demo' });
  assert.is(struck.code, 0, struck.stderr);
  assert.match(struck.stdout, `\nstruck out of the ledger: Custom::Seed ${SEED} of demo-data\n`);
  assert.equal(await noted(), []);
  const leases = eventsOf(project.lastJournal('demo'), 'lease').map(({ what }) => what);
  assert.equal(leases, ['taken', 'released']);
});

test.run();
