import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountBucket, createCallCounter, type AccountBucket } from '@roundtrip/aws';
import type { Orphan } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { closeAfter, openRecorder, type Meddled } from './test-endpoint.ts';
import { eventsOf, writes } from './test-journal.ts';
import { openTestProject, type Ended, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE: SampleShape = { layers: { data: [] }, stacks: [stack('data', '')] };
const DATA = {
  Resources: { Flow: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': '/x/flow' } } } },
};
const ACCOUNT = '333333333333';
const BUCKET = `roundtrip-${ACCOUNT}-eu-west-1`;
const LEDGER = `s3://${BUCKET}/ledgers/demo.json`;
const UP = ['up', '--env', 'demo'];
const DOWN = ['down', '--env', 'demo'];

let project: TestProject;
let bucket: AccountBucket;
let config: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
test.before(async () => {
  project = await openTestProject(SHAPE);
  config = {
    ...{ region: 'eu-west-1', endpoint: project.endpoint },
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'local' },
  };
  project.write('packages/data/templates/data.json', JSON.stringify(DATA));
  bucket = createAccountBucket(config, ACCOUNT, createCallCounter());
});
test.after(() => project.close());

/** Log groups of a stack that is gone, which a teardown had to leave. */
async function leave(...names: readonly string[]): Promise<void> {
  const logs = new CloudWatchLogsClient(config);
  const orphans = names.map((physicalId): Orphan => ({
    ...{ environment: 'demo', stack: 'demo-old', logicalId: 'Flow', resourceType: 'AWS::Logs::LogGroup' },
    ...{ physicalId, reason: 'AccessDenied', run: 'run-1', at: 1 },
  }));
  for (const logGroupName of names) await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const { version } = await bucket.ledger.read('demo');
  assert.ok(await bucket.ledger.write('demo', orphans, version));
}

async function putLedger(Body: string): Promise<void> {
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'ledgers/demo.json', Body }));
}

/** Runs a verb whose calls pass by somebody who may answer them. */
async function verbPast(args: readonly string[], meddle: (operation: string) => Meddled | undefined): Promise<Ended> {
  const recorder = await openRecorder(project.endpoint, meddle);
  let ended: Ended | undefined;
  const run = project.verb('run', args, { LOCAL_CLOUD_PORT: String(recorder.port) }).then((end) => void (ended = end));
  await closeAfter(recorder, run);
  return ended!;
}

/** Whatever ended it, a run gives its lease back, finishes its journal and copies it. */
async function assertFinished({ stdout }: Ended, exitCode: number): Promise<void> {
  const journal = project.lastJournal('demo');
  const run = eventsOf(journal, 'run-started')[0]?.run ?? '';
  assert.equal(
    eventsOf(journal, 'lease').map(({ what }) => what),
    ['taken', 'released'],
  );
  assert.equal(
    eventsOf(journal, 'run-finished').map((event) => event.exitCode),
    [exitCode],
  );
  assert.match(stdout, `\n  copy           s3://${BUCKET}/journals/demo/${run}.jsonl\n`);
  const copy = await (await bucket.journals()).read('demo', run);
  assert.match(copy ?? '', '"type":"run-finished"');
}

const DENIED = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: cloudformation:GetResource`;

test('a right that is missing for what a teardown has left is named before anything is written', async () => {
  await leave('/old/one');
  await project.faults([{ fault: 'denied', operation: 'GetResource', text: DENIED }]);
  const up = await project.verb('run', UP);
  await project.faults([]);
  assert.is(up.code, 3);
  assert.equal(up.stderr.split('\n'), [
    `What a teardown has left cannot be worked off: ${DENIED} (AccessDeniedException)`,
    `  why: it stands in ${LEDGER} and may bear the names that are wanted again`,
    '  next: give the credentials the right that is named there, then type: make up ENV=demo',
    '',
  ]);
  await assertFinished(up, 3);
  assert.equal(writes(project.lastJournal('demo')), []);
  assert.equal(await project.stacks(ACCOUNT), []);
});

test('credentials that expire over it stop the run as they do anywhere else', async () => {
  await project.faults([{ fault: 'expired-credentials', operation: 'GetResource' }]);
  const up = await project.verb('run', UP);
  await project.faults([]);
  assert.equal([up.code, up.stderr], [1, '']);
  assert.equal(up.stdout.trimEnd().split('\n').slice(-3), [
    '✗ AWS no longer takes these credentials, and asking for new ones has not helped',
    '  reason  The security token included in the request is expired (ExpiredTokenException)',
    '  next    sign in again (for instance: aws sso login), then type: make up ENV=demo',
  ]);
  assert.is(eventsOf(project.lastJournal('demo'), 'stopped')[0]?.code, 'credentials-ended');
  await assertFinished(up, 1);
});

test('where something has been removed by then, the exit code says so', async () => {
  await leave('/old/two', '/old/three');
  let hasRemoved = false;
  const up = await verbPast(UP, (operation) => {
    hasRemoved ||= operation === 'DeleteResource';
    if (!hasRemoved || operation !== 'GetResource') return undefined;
    return { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message: DENIED }) };
  });
  assert.is(up.code, 1);
  assert.is(
    up.stderr.split('\n')[0],
    `What a teardown has left cannot be worked off: ${DENIED} (AccessDeniedException)`,
  );
  await assertFinished(up, 1);
  assert.ok(writes(project.lastJournal('demo')).length > 0);
  assert.equal(await project.stacks(ACCOUNT), []);
});

test('a ledger that no run has written stops an up and a sweep, and nothing is forgotten', async () => {
  const garbage = (make: string): string[] => [
    `Refused: ${LEDGER} is no ledger that this tool has written`,
    '  why: nobody can say what teardowns of demo have left in the account',
    `  next: look at it: aws s3 cp ${LEDGER} -; when nothing of what it names is left, type: aws s3 rm ${LEDGER}, then: ${make}`,
    '',
  ];
  for (const text of ['[{"env', '{"orphans":[]}', '[{"environment":"demo"}]']) {
    await putLedger(text);
    const up = await project.verb('run', UP);
    assert.is(up.code, 3);
    assert.equal(up.stderr.split('\n'), garbage('make up ENV=demo'));
    await assertFinished(up, 3);
  }
  const sweep = await project.verb('sweep', ['--env', 'demo']);
  assert.is(sweep.code, 3);
  assert.equal(sweep.stderr.split('\n'), garbage('make sweep ENV=demo'));
  await putLedger('[]');
  assert.is((await project.verb('run', UP)).code, 0);
});

test('a teardown that cannot note its log groups deletes nothing', async () => {
  const body = '<Error><Code>AccessDenied</Code><Message>not authorized to perform: s3:GetObject</Message></Error>';
  const down = await verbPast(DOWN, (operation) =>
    operation.startsWith(`GET /${BUCKET}/ledgers/`) ? { status: 403, body } : undefined,
  );
  assert.is(down.code, 3);
  assert.equal(down.stderr.split('\n'), [
    `The log groups that this teardown takes away cannot be noted in ${LEDGER}: not authorized to perform: s3:GetObject (AccessDenied)`,
    '  why: whoever writes to one late makes it again, and nothing else would say whose it is',
    '  next: give the credentials the right that is named there, then type: make down ENV=demo',
    '',
  ]);
  await assertFinished(down, 3);
  assert.equal(
    (await project.stacks(ACCOUNT)).map(({ StackName }) => StackName),
    ['demo-data'],
  );
});

test('a fault of the tool itself ends a run with a journal that is whole', async () => {
  const down = await project.verb('run', DOWN, { TMPDIR: join(project.root, 'nowhere') });
  assert.is(down.code, 1);
  assert.match(down.stderr, /^Unexpected: Error: ENOENT: no such file or directory, mkdtemp /);
  assert.match(eventsOf(project.lastJournal('demo'), 'notice').at(-1)?.text ?? '', /^unexpected: ENOENT: /);
  await assertFinished(down, 1);
  assert.is((await project.verb('run', DOWN)).code, 0);
});

test.run();
