import { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { BUCKET_STACK } from '@roundtrip/aws';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, writes } from './test-journal.ts';
import { openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const ACCOUNT = '333333333333';
const BUCKET = `roundtrip-${ACCOUNT}-eu-west-1`;
const LEASE = `s3://${BUCKET}/leases/demo.json`;
const WHY = '  why: without it nothing would keep two runs of demo apart, so nothing has been written';
const IN_EU =
  '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
const UP = ['up', '--env', 'demo'];

let project: TestProject;
test.before.each(async () => {
  project = await openTestProject({ layers: { one: [] }, stacks: [stack('one', '')] });
});
test.after.each(() => project.close());

/** Asks S3 without its client; the local cloud takes any signature, and the key says whose account it is. */
async function s3(account: string, method: string, path: string, body?: string): Promise<string> {
  const scope = `${account}/20260105/eu-west-1/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(`${project.endpoint}/${path}`, {
    ...{ method, headers: { authorization } },
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return await answer.text();
}

/** Asserts that `up` is refused for its lease with these lines, and that the account has no new stack. */
async function assertRefused(lines: readonly string[]): Promise<void> {
  const before = await project.stacks(ACCOUNT);
  const run = await project.verb('run', UP);
  assert.is(run.stderr, `${lines.join('\n')}\n`);
  assert.is(run.code, 3);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), []);
  assert.is(eventsOf(journal, 'run-finished')[0]?.exitCode, 3);
  assert.not.match(run.stdout, '\n  copy ');
  assert.equal(await project.stacks(ACCOUNT), before);
}

test('a bucket of that name in another account is refused, and nothing is put into it', async () => {
  await s3('222222222222', 'PUT', BUCKET, IN_EU);
  await assertRefused([
    `AWS refuses the lease ${LEASE}: Access Denied`,
    WHY,
    `  next: let the caller read and write that bucket (s3:GetObject, s3:PutObject), or find out whose it is: aws s3api get-bucket-location --bucket ${BUCKET}`,
  ]);
  assert.match(await s3('222222222222', 'GET', `${BUCKET}?list-type=2`), '<KeyCount>0</KeyCount>');
});

test('a bucket that was deleted although its stack stands is named, and is made again once the stack is gone', async () => {
  assert.is((await project.verb('run', UP)).code, 0);
  assert.is((await project.verb('run', ['down', '--env', 'demo'])).code, 0);
  const keys = [...(await s3(ACCOUNT, 'GET', `${BUCKET}?list-type=2`)).matchAll(/<Key>([^<]+)<\/Key>/g)];
  for (const [, key] of keys) await s3(ACCOUNT, 'DELETE', `${BUCKET}/${key}`);
  await s3(ACCOUNT, 'DELETE', BUCKET);
  await assertRefused([
    `The bucket of ${LEASE} is missing, and the stack roundtrip-bucket does not make it`,
    WHY,
    '  next: look at it with: aws cloudformation describe-stack-events --stack-name roundtrip-bucket, delete that stack (it keeps its bucket), then type: make up ENV=demo',
  ]);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const client = new CloudFormationClient({ region: 'eu-west-1', endpoint: project.endpoint, credentials });
  await client.send(new DeleteStackCommand({ StackName: BUCKET_STACK }));
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 20, minDelay: 1 }, { StackName: BUCKET_STACK });
  assert.is((await project.verb('run', UP)).code, 0);
  assert.match(await s3(ACCOUNT, 'GET', `${BUCKET}?list-type=2`), '<Key>leases/demo.json</Key>');
});

test('what AWS says besides is passed on', async () => {
  const text = 'Object Lock configuration does not exist for this bucket';
  await project.faults([{ fault: 'error', service: 's3', code: 'InvalidRequest', status: 400, text }]);
  await assertRefused([
    `The lease ${LEASE} cannot be taken: ${text} (InvalidRequest)`,
    WHY,
    '  next: type again: make up ENV=demo',
  ]);
});

test('a bucket that the caller may not use, in the words of the policy that says so', async () => {
  await project.faults([{ fault: 'denied', service: 's3' }]);
  const action = 's3:GetObject on resource: * with an explicit deny in a service control policy';
  await assertRefused([
    `AWS refuses the lease ${LEASE}: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: ${action}`,
    WHY,
    `  next: let the caller read and write that bucket (s3:GetObject, s3:PutObject), or find out whose it is: aws s3api get-bucket-location --bucket ${BUCKET}`,
  ]);
});

test.run();
