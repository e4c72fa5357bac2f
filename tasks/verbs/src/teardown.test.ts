import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createAccountBucket, createCallCounter } from '@roundtrip/aws';
import type { SampleShape } from '@roundtrip/sample-project';
import { eventsOf, outcomes, writes } from './test-journal.ts';
import { closeAfter, openRecorder, type Meddled } from './test-endpoint.ts';
import { ENV_FILE, openTestProject, runFilesOf, type Ended, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE: SampleShape = {
  layers: { network: [], data: ['network'], destroy: ['data', 'network'] },
  stacks: [stack('network', ''), stack('data', '')],
};
const DATA = {
  Resources: {
    Flow: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': '/${AWS::StackName}/flow' } } },
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'demo-data-files' } },
    Kept: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain' },
    Shop: {
      Type: 'AWS::RDS::DBInstance',
      DeletionPolicy: 'Snapshot',
      Properties: {
        ...{ DBInstanceIdentifier: 'demo-data', Engine: 'postgres', DBInstanceClass: 'db.t4g.micro' },
        ...{ AllocatedStorage: '20', MasterUsername: 'app', MasterUserPassword: 'correct-horse' },
        DeletionProtection: true,
      },
    },
  },
  Outputs: { Id: { Value: 'x', Export: { Name: 'demo-data-id' } } },
};
const IMPORTING = JSON.stringify({
  Resources: {
    Said: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'demo-data-id' } } },
  },
});
const ACCOUNT = '333333333333';
const JOURNALS = `s3://roundtrip-${ACCOUNT}-eu-west-1/journals/demo`;
const DOWN = ['down', '--env', 'demo'];
const SWEEP = ['--env', 'demo'];

let project: TestProject;
let config: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
test.before(async () => {
  project = await openTestProject(SHAPE);
  config = {
    ...{ region: 'eu-west-1', endpoint: project.endpoint },
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'local' },
  };
  project.write('packages/data/templates/data.json', JSON.stringify(DATA));
  assert.is((await project.verb('run', ['up', '--env', 'demo'])).code, 0);
});
test.after(() => project.close());

const s3 = (): S3Client => new S3Client({ ...config, forcePathStyle: true });
const logs = (): CloudWatchLogsClient => new CloudWatchLogsClient(config);
const makeGroup = async (logGroupName: string): Promise<unknown> =>
  await logs().send(new CreateLogGroupCommand({ logGroupName }));

async function groups(): Promise<(string | undefined)[]> {
  const { logGroups = [] } = await logs().send(new DescribeLogGroupsCommand({}));
  return logGroups.map(({ logGroupName }) => logGroupName);
}

async function standing(): Promise<string[]> {
  return (await project.stacks(ACCOUNT)).map(({ StackName = '' }) => StackName).sort();
}

const REFUSED = `Refused: export demo-data-id is imported by prod-user (stack demo-data)
  why: the teardown would stop there with part of the environment gone; so far nothing has been deleted
  next: take prod-user down first, or let them import nothing from demo-data
Refused: database demo-data has deletion protection (stack demo-data)
  why: the teardown would stop there with part of the environment gone; so far nothing has been deleted
  next: type: aws rds modify-db-instance --db-instance-identifier demo-data --no-deletion-protection --apply-immediately --region eu-west-1; or write "unprotect: true" in the env file
`;

test('what only a person may clear stops a teardown before its first delete, all of it named', async () => {
  const cloudFormation = new CloudFormationClient(config);
  const patience = { client: cloudFormation, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };
  await cloudFormation.send(new CreateStackCommand({ StackName: 'prod-user', TemplateBody: IMPORTING }));
  await waitUntilStackCreateComplete(patience, { StackName: 'prod-user' });
  const files = runFilesOf(project.root, 'demo');
  const down = await project.verb('run', DOWN);
  assert.equal([down.code, down.stdout, down.stderr], [3, '', REFUSED]);
  assert.equal(runFilesOf(project.root, 'demo'), files);
  assert.equal(await standing(), ['demo-data', 'demo-network', 'prod-user']);
  const plan = await project.verb('plan', DOWN);
  assert.equal([plan.code, plan.stderr], [3, REFUSED]);
  assert.equal(plan.stdout.split('\n').slice(-9, -2), [
    '',
    'in the way',
    '  demo-data: export demo-data-id is imported by prod-user: only a person may clear it',
    '  demo-data: database demo-data has deletion protection: only a person may clear it',
    '',
    '2 to delete',
    '! 2 stacks deleted with all in it, 12 resources: demo-data, demo-network',
  ]);
});

test('it looks by what is deployed, not by a file that was changed since', async () => {
  const { Kept } = DATA.Resources;
  project.write('packages/data/templates/data.json', JSON.stringify({ Resources: { Kept } }));
  const down = await project.verb('run', DOWN);
  assert.equal([down.code, down.stdout, down.stderr], [3, '', REFUSED]);
  assert.equal(await standing(), ['demo-data', 'demo-network', 'prod-user']);
  const cloudFormation = new CloudFormationClient(config);
  await cloudFormation.send(new DeleteStackCommand({ StackName: 'prod-user' }));
  const patience = { client: cloudFormation, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };
  await waitUntilStackDeleteComplete(patience, { StackName: 'prod-user' });
});

test('a teardown shows what will go and what it clears, and lifts deletion protection where the file allows it', async () => {
  project.write('envs/demo.yaml', `${ENV_FILE}unprotect: true\n`);
  await s3().send(new PutObjectCommand({ Bucket: 'demo-data-files', Key: 'a', Body: 'a' }));
  const down = await project.verb('run', DOWN);
  assert.is(down.code, 0, down.stdout + down.stderr);
  const journal = project.lastJournal('demo');
  const dryRun = eventsOf(journal, 'guard-passed').filter(({ guard }) => guard === 'dry run');
  assert.equal(
    dryRun.map(({ detail }) => detail),
    [
      '2 stacks with 12 resources go',
      '1. data: demo-data (4)',
      '2. network: demo-network (8)',
      'Kept of demo-data stays in the account (DeletionPolicy Retain)',
      'a snapshot stays of Shop of demo-data (DeletionPolicy Snapshot)',
      'will be cleared: bucket demo-data-files holds 1 object (demo-data)',
      'will be cleared: database demo-data has deletion protection (demo-data)',
    ],
  );
  assert.equal(outcomes(journal), { 'demo-data': 'deleted', 'demo-network': 'deleted' });
  assert.equal(
    eventsOf(journal, 'cleared').map(({ what }) => what),
    ['bucket demo-data-files holds 1 object', 'database demo-data has deletion protection'],
  );
  assert.is(writes(journal).filter((write) => write === 'DeleteStack demo-data').length, 1);
  assert.equal(await standing(), []);
  project.write('packages/data/templates/data.json', JSON.stringify(DATA));
});

test('each teardown notes its log groups, which may be written again', async () => {
  const { ledger } = createAccountBucket(config, ACCOUNT, createCallCounter());
  const { orphans } = await ledger.read('demo');
  assert.equal(
    orphans.map(({ stack: of, physicalId, mayReturn }) => [of, physicalId, mayReturn]),
    [['demo-data', '/demo-data/flow', true]],
  );
});

test('a sweep by itself is a dry run: it lists what is left, and changes nothing', async () => {
  for (const name of ['/demo-data/flow', '/demo-data/mine', '/demo2-data/flow', '/demo-database'])
    await makeGroup(name);
  const sweep = await project.verb('sweep', SWEEP);
  assert.equal([sweep.code, sweep.stderr], [0, '']);
  const lines = sweep.stdout.trimEnd().split('\n');
  assert.is(lines[0], `sweep of demo in ${ACCOUNT} eu-west-1, a dry run`);
  assert.is(
    lines[1],
    'would remove AWS::Logs::LogGroup /demo-data/flow of demo-data: its stack was to delete it; price unknown',
  );
  const left = lines.slice(2, -2);
  assert.match(left[0] ?? '', /^left log group \/demo-data\/mine: has neither the tag .*; price unknown$/);
  assert.match(
    left[1] ?? '',
    /^left arn:aws:rds:eu-west-1:333333333333:snapshot:demo-data-snapshot-shop-\w+: .*; about 1\.90 USD a month$/,
  );
  assert.match(left[2] ?? '', /^left arn:aws:sns:eu-west-1:333333333333:demo-data-Kept-\w+: may hold data, /);
  assert.is(left.length, 3);
  assert.equal(lines.slice(-2), [
    '4 things: about 1.90 USD a month by us-east-1 list prices of 2026-11-21, 3 of them at an unknown price',
    'nothing was changed; to remove what it would remove, type: make sweep ENV=demo APPLY=1',
  ]);
  assert.is((await groups()).length, 4);
});

test('a sweep that is to remove something wants the name of the environment', async () => {
  const nobody = await project.verb('sweep', [...SWEEP, '--apply']);
  assert.is(nobody.code, 3);
  assert.is(
    nobody.stderr,
    `Refused: nobody is there to be asked whether to remove 1 thing
  why: there is no terminal, and CONFIRM does not name the environment demo
  next: make sweep ENV=demo APPLY=1 CONFIRM=demo
`,
  );
  const other = await project.verb('sweep', [...SWEEP, '--apply'], { CONFIRM: 'demo2' });
  assert.equal(
    [other.code, other.stderr],
    [3, 'Refused: CONFIRM is "demo2", the environment is demo\n  next: make sweep ENV=demo APPLY=1 CONFIRM=demo\n'],
  );
  assert.is((await groups()).length, 4);
});

test('it removes, under the lease, what is in the ledger, and nothing that only looks alike', async () => {
  const sweep = await project.verb('sweep', [...SWEEP, '--apply'], { CONFIRM: 'demo' });
  assert.is(sweep.code, 1, sweep.stderr);
  assert.match(
    sweep.stdout,
    /\nremoved AWS::Logs::LogGroup \/demo-data\/flow of demo-data: its stack was to delete it\n/,
  );
  assert.equal((await groups()).sort(), ['/demo-data/mine', '/demo-database', '/demo2-data/flow']);
  const journal = project.lastJournal('demo');
  const { run } = eventsOf(journal, 'run-started')[0]!;
  assert.is(sweep.stdout.trimEnd().split('\n').at(-1), `copy: ${JOURNALS}/${run}.jsonl`);
  assert.equal(
    eventsOf(journal, 'lease').map(({ what }) => what),
    ['taken', 'released'],
  );
  assert.is(eventsOf(journal, 'run-started')[0]?.verb, 'sweep');
  assert.is(eventsOf(journal, 'run-finished')[0]?.exitCode, 1);
});

test('a sweep whose journal is not copied says so, and the next one copies it as well', async () => {
  const before = project.journals('demo').length;
  const lost = await sweepAfresh((operation) => {
    const isCopy = operation.startsWith('PUT /') && operation.includes('/journals/');
    return isCopy
      ? { status: 403, body: '<Error><Code>AccessDenied</Code><Message>not today</Message></Error>' }
      : undefined;
  });
  assert.is(lost.code, 1, lost.stderr);
  assert.is(project.journals('demo').length, before + 1);
  const last = ({ stdout }: Ended): string | undefined => stdout.trimEnd().split('\n').at(-1);
  assert.is(last(lost), 'copy: not all is copied: not today (AccessDenied); the next run goes on with it');
  const next = await sweepAfresh(() => undefined);
  const { run } = eventsOf(project.lastJournal('demo'), 'run-started')[0]!;
  assert.is(last(next), `copy: ${JOURNALS}/${run}.jsonl, and of 1 earlier run`);
});

/** A sweep that has one log group to remove, past somebody who may answer its calls. */
async function sweepAfresh(meddle: (operation: string) => Meddled | undefined): Promise<Ended> {
  await makeGroup('/demo-data/flow');
  const recorder = await openRecorder(project.endpoint, meddle);
  const env = { CONFIRM: 'demo', LOCAL_CLOUD_PORT: String(recorder.port) };
  let ended: Ended | undefined;
  const sweep = project.verb('sweep', [...SWEEP, '--apply'], env).then((end) => void (ended = end));
  await closeAfter(recorder, sweep);
  return ended!;
}

test('the next rebuild begins with what was written again in between', async () => {
  await makeGroup('/demo-data/flow');
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0, up.stdout + up.stderr);
  const texts = eventsOf(project.lastJournal('demo'), 'notice').map(({ text }) => text);
  assert.equal(texts, ['removed AWS::Logs::LogGroup /demo-data/flow of demo-data, left by a teardown']);
  assert.equal(writes(project.lastJournal('demo')), [
    'CreateStack demo-data',
    'CreateStack demo-network',
    'DeleteResource AWS::Logs::LogGroup /demo-data/flow of demo-data',
  ]);
  const sweep = await project.verb('sweep', [...SWEEP, '--apply']);
  assert.match(sweep.stdout, /\n2 stacks of demo stand: what they hold is not swept\n/);
  assert.ok((await groups()).includes('/demo-data/flow'));
});

test('a protected environment, and another account, are not swept', async () => {
  project.write('envs/safe.yaml', ENV_FILE.replace('protect: false', 'protect: true'));
  const safe = await project.verb('sweep', ['--env', 'safe', '--apply'], { CONFIRM: 'safe' });
  assert.is(safe.code, 3);
  assert.is(safe.stderr.split('\n')[0], 'Refused: environment safe is protected');
  project.write('envs/far.yaml', ENV_FILE.replace('cloud: local', 'cloud: aws'));
  const keys = { AWS_ACCESS_KEY_ID: '444444444444', AWS_SECRET_ACCESS_KEY: 'x', AWS_ENDPOINT_URL: project.endpoint };
  const far = await project.verb('sweep', ['--env', 'far', '--apply'], { ...keys, CONFIRM: 'far' });
  assert.is(far.code, 3);
  assert.is(
    far.stderr.split('\n')[0],
    'Wrong account: envs/far.yaml says 333333333333, the credentials are for 444444444444',
  );
  const none = await project.verb('sweep', []);
  assert.equal(
    [none.code, none.stderr],
    [2, 'make sweep needs the name of an environment\n  next: type: make sweep ENV=stage\n'],
  );
});

test.run();
