import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clientConfig } from './client-settings.ts';
import { toCloudError } from './cloud-error.ts';
import type { Renewable } from './renew-credentials.ts';
import { sendFresh } from './send-fresh.ts';
import { createTestAccount } from './test-account.ts';

/** A client whose process stands still for so long between the signature of a request and its sending. */
function standing<T extends Renewable>(client: T, ms: number): T {
  return sendFresh(client, () => Date.now() + ms);
}

const CREATE = new CreateStackCommand({
  StackName: 's',
  TemplateBody: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}',
});

test('what was signed a minute ago is sent, and nothing that is older', async () => {
  const { settings, stacks } = createTestAccount();
  const late = standing(new CloudFormationClient(clientConfig(settings)), 70_000);
  const error = toCloudError(await late.send(CREATE).catch((caught: unknown) => caught));
  assert.is(error.kind, 'credentials');
  assert.match(error.message, /^it was signed 7\d s before it would have been sent$/);
  assert.equal(await stacks.sweep(), []);
  await standing(new CloudFormationClient(clientConfig(settings)), 50_000).send(CREATE);
  assert.is((await stacks.sweep()).length, 1);
});

test('S3 is asked no later', async () => {
  const { settings } = createTestAccount();
  const late = standing(new S3Client(clientConfig(settings)), 400_000);
  const error = toCloudError(await late.send(new ListBucketsCommand({})).catch((caught: unknown) => caught));
  assert.is(error.code, 'RequestExpired');
});

test('a clock that the SDK has found to be wrong is reckoned with', async () => {
  const { settings } = createTestAccount();
  const client = new CloudFormationClient({ ...clientConfig(settings), systemClockOffset: -3_600_000 });
  await standing(client, 0).send(CREATE);
});

test.run();
