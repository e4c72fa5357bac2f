import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourceCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { createAccountBucket, createCallCounter, createRemains, createStackCloud } from '@roundtrip/aws';
import type { LedgerStore, Orphan } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE: SampleShape = { layers: { data: [], destroy: ['data'] }, stacks: [stack('data', '')] };
const ACCOUNT = '333333333333';
const SWEEP = ['--env', 'demo'];
const SEED = 'demo-data-Seed-1ABC';

let project: TestProject;
let config: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
let ledger: LedgerStore;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  config = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  ({ ledger } = createAccountBucket(config, ACCOUNT, createCallCounter()));
  for (const way of ['up', 'down']) assert.is((await project.verb('run', [way, '--env', 'demo'])).code, 0);
});
test.after(() => project.close());

const orphan = (logicalId: string, resourceType: string, physicalId: string, policy?: string): Orphan => ({
  ...{ environment: 'demo', stack: 'demo-data', logicalId, resourceType, physicalId },
  ...{ reason: 'Internal Failure', run: 'run', at: 1, ...(policy === undefined ? {} : { policy }) },
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

const DATABASE = 'AWS::RDS::DBInstance';

/** A database that only the ledger connects with the environment. */
async function makeDatabase(): Promise<string> {
  const client = new CloudFormationClient(config);
  const Properties = {
    ...{ Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AllocatedStorage: '20' },
    ...{ MasterUsername: 'app', MasterUserPassword: 'correct-horse' },
  };
  const stackOf = { StackName: 'orphans' };
  const TemplateBody = JSON.stringify({ Resources: { Shop: { Type: DATABASE, Properties } } });
  await client.send(new CreateStackCommand({ ...stackOf, TemplateBody }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, stackOf);
  const described = await client.send(new DescribeStackResourceCommand({ ...stackOf, LogicalResourceId: 'Shop' }));
  return described.StackResourceDetail?.PhysicalResourceId ?? '';
}

async function isThere(id: string): Promise<boolean> {
  const stacks = createStackCloud(config, ACCOUNT, createCallCounter());
  const port = createRemains({ settings: config, account: ACCOUNT, stacks, sleep: async () => undefined });
  return (await port.look({ arn: id, type: DATABASE, id, foundBy: 'ledger' })) !== undefined;
}

test('a database that was to leave a snapshot is removed by nobody, and a person is told what to type', async () => {
  const id = await makeDatabase();
  assert.is((await project.verb('run', ['down', '--env', 'demo'])).code, 0);
  const command = `aws rds delete-db-instance --db-instance-identifier ${id} --final-db-snapshot-identifier ${id}-snapshot-shop-final --region eu-west-1`;
  for (const [policy, why] of [
    ['Snapshot', 'a snapshot of it is to stay (DeletionPolicy Snapshot), and a sweep takes none'],
    [undefined, 'a snapshot of it may have to stay, the ledger does not say, and a sweep takes none'],
  ] as const) {
    await note(orphan('Shop', DATABASE, id, policy));
    const sweep = await project.verb('sweep', [...SWEEP, '--apply'], { CONFIRM: 'demo' });
    assert.is(sweep.code, 1, sweep.stderr);
    assert.ok(sweep.stdout.includes(`\nleft ${DATABASE} ${id} of demo-data: ${why}; type: ${command}; `), sweep.stdout);
    assert.ok(await isThere(id));
  }
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0, up.stdout + up.stderr);
  const [text] = eventsOf(project.lastJournal('demo'), 'notice').map((event) => event.text);
  assert.match(text ?? '', `is still in the ledger: a snapshot of it may have to stay`);
  assert.equal([await isThere(id), await noted()], [true, [id]]);
});

test('a rebuild leaves alone what the env file lets stay', async () => {
  const [id = ''] = await noted();
  assert.is((await project.verb('run', ['down', '--env', 'demo'])).code, 0);
  const layer = 'packages/destroy/dist/layer.js';
  project.write(
    layer,
    project.read(layer).replace('setting:', 'retain: v.optional(v.array(v.string()), []), setting:'),
  );
  project.write('envs/demo.yaml', `${ENV_FILE}destroy:\n  retain: [Shop]\n`);
  await note(orphan('Shop', DATABASE, id, 'Delete'));
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0, up.stdout + up.stderr);
  assert.equal([await isThere(id), await noted()], [true, [id]]);
});

test.run();
