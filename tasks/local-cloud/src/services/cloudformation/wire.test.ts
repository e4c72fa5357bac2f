import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';
import { parameter, template } from './test-cloud.ts';

const MINUTE_MS = 60_000;

test('the SDK builds, changes and deletes a stack', async () => {
  const { as, pass, defects } = testCloud();
  const client = new CloudFormationClient(as('111111111111'));
  const status = async (StackName: string) => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus;
  };
  const TemplateBody = JSON.stringify(template({ A: parameter('a') }, { Outputs: { Name: { Value: { Ref: 'A' } } } }));
  const { StackId = '' } = await client.send(
    new CreateStackCommand({
      StackName: 'app',
      TemplateBody,
      Tags: [{ Key: 'k', Value: 'v' }],
      ClientRequestToken: 'one',
    }),
  );
  assert.match(StackId, /^arn:aws:cloudformation:eu-west-1:111111111111:stack\/app\/[0-9a-f-]{36}$/);
  assert.is(await status('app'), 'CREATE_IN_PROGRESS');
  pass(MINUTE_MS);
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
  assert.is(stack?.StackStatus, 'CREATE_COMPLETE');
  assert.equal(stack?.Tags, [{ Key: 'k', Value: 'v' }]);
  assert.match(stack?.Outputs?.[0]?.OutputValue ?? '', /^CFN-A-[A-Z0-9]{12}$/);
  assert.ok(stack?.CreationTime instanceof Date);
  assert.equal(await failureOf(client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody }))), {
    name: 'ValidationError',
    message: 'No updates are to be performed.',
    status: 400,
  });
  assert.equal(await failureOf(client.send(new CreateStackCommand({ StackName: 'app', TemplateBody }))), {
    name: 'AlreadyExistsException',
    message: 'Stack [app] already exists',
    status: 400,
  });
  await client.send(new DeleteStackCommand({ StackName: 'app' }));
  pass(MINUTE_MS);
  assert.is(await status(StackId), 'DELETE_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
  assert.is(StackEvents[0]?.ResourceStatus, 'DELETE_COMPLETE');
  assert.equal(defects, []);
});

test('a template is read from the simulated S3', async () => {
  const { as, pass } = testCloud();
  const s3 = new S3Client({ ...as('111111111111'), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await s3.send(
    new PutObjectCommand({
      Bucket: 'templates',
      Key: 'a/t.json',
      Body: JSON.stringify(template({ A: parameter('a') })),
    }),
  );
  const client = new CloudFormationClient(as('111111111111'));
  const TemplateURL = 'https://templates.s3.eu-west-1.amazonaws.com/a/t.json';
  await client.send(new CreateStackCommand({ StackName: 'app', TemplateURL }));
  pass(MINUTE_MS);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));
  assert.is(Stacks?.[0]?.StackStatus, 'CREATE_COMPLETE');
});

test('a bucket with objects refuses to be deleted with its stack', async () => {
  const { as, pass } = testCloud();
  const client = new CloudFormationClient(as('111111111111'));
  const TemplateBody = JSON.stringify(
    template({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'logs-of-app' } } }),
  );
  await client.send(new CreateStackCommand({ StackName: 'app', TemplateBody }));
  pass(MINUTE_MS);
  const s3 = new S3Client({ ...as('111111111111'), forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: 'logs-of-app', Key: 'one', Body: 'x' }));
  await client.send(new DeleteStackCommand({ StackName: 'app' }));
  pass(MINUTE_MS);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));
  assert.is(Stacks?.[0]?.StackStatus, 'DELETE_FAILED');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
  const refused = StackEvents.find(
    ({ LogicalResourceId, ResourceStatus }) => LogicalResourceId === 'B' && ResourceStatus === 'DELETE_FAILED',
  );
  assert.match(refused?.ResourceStatusReason ?? '', /The bucket you tried to delete is not empty/);
});

test.run();
