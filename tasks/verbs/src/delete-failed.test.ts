import { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const BUCKET = 'demo-data-files';
const DATA = { Resources: { Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: BUCKET } } } };
const UP = ['up', '--env', 'demo'];

let project: TestProject;
let config: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
/** A stack that stands after a teardown, because somebody wrote to its bucket while that went on. */
test.before(async () => {
  project = await openTestProject({ layers: { data: [] }, stacks: [stack('data', '')] });
  const credentials = { accessKeyId: '333333333333', secretAccessKey: 'local' };
  config = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  project.write('packages/data/templates/data.json', JSON.stringify(DATA));
  assert.is((await project.verb('run', UP)).code, 0);
  await s3().send(new PutObjectCommand({ Bucket: BUCKET, Key: 'late', Body: 'x' }));
  const cloudFormation = new CloudFormationClient(config);
  await cloudFormation.send(new DeleteStackCommand({ StackName: 'demo-data' }));
  const patience = { client: cloudFormation, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };
  await waitUntilStackDeleteComplete(patience, { StackName: 'demo-data' }).catch(() => undefined);
  assert.is((await project.stacks('333333333333'))[0]?.StackStatus, 'DELETE_FAILED');
});
test.after(() => project.close());

const s3 = (): S3Client => new S3Client({ ...config, forcePathStyle: true });

async function objects(): Promise<number> {
  return (await s3().send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount ?? 0;
}

test('a protected environment’s buckets are emptied by nobody', async () => {
  project.write('envs/demo.yaml', ENV_FILE.replace('protect: false', 'protect: true'));
  const before = project.journals('demo').length;
  const run = await project.verb('run', UP);
  assert.is(run.code, 3);
  assert.match(run.stderr, /^Refused: .*demo-data/);
  assert.is(project.journals('demo').length, before);
  assert.is(await objects(), 1);
});

test('any other environment converges over a bucket that was written to after a teardown', async () => {
  project.write('envs/demo.yaml', ENV_FILE);
  const up = await project.verb('run', UP);
  assert.is(up.code, 0, up.stdout + up.stderr);
  const journal = project.lastJournal('demo');
  assert.equal(outcomes(journal), { 'demo-data': 'recreated' });
  assert.equal(writes(journal), ['CreateStack demo-data', 'DeleteStack demo-data', 'EmptyBucket demo-data']);
  assert.is(await objects(), 0);
});

test.run();
