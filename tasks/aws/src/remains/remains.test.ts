import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { typedIdOf } from './arn-type.ts';
import { clientConfig } from '../client-settings.ts';
import { createRemains } from './remains.ts';
import { ACCOUNT, createTestAccount } from '../test-account.ts';

const KEPT = `
Resources:
  Files: { Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: { BucketName: stage-files } }
  Topic: { Type: AWS::SNS::Topic }
`;

test('finds what stands, what was retained and what was written again, and removes a log group', async () => {
  const { settings, stacks, pass } = createTestAccount();
  const port = createRemains({ settings, account: ACCOUNT, stacks, sleep: async (ms) => pass(ms * 10) });
  const tags = { 'roundtrip:environment': 'stage' };
  const content = { stackName: 'stage-x', token: 't', templateBody: KEPT, parameters: {}, capabilities: [], tags };
  const id = await stacks.create({ ...content, terminationProtection: false });
  pass(60_000);
  const standing = await port.find('stage');
  assert.equal(standing.map((one) => `${one.type} ${one.foundBy}`).sort(), [
    'AWS::CloudFormation::Stack stack',
    'AWS::S3::Bucket stack',
    'AWS::SNS::Topic stack',
  ]);

  await stacks.delete({ stackName: 'stage-x', stackId: id, token: 'd' });
  pass(60_000);
  const logs = new CloudWatchLogsClient(clientConfig(settings));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/stage-x/late' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/backstage' }));
  const left = await port.find('stage');
  assert.equal(left.map((one) => `${one.type} ${one.id} ${one.foundBy} ${one.logicalId}`).sort(), [
    'AWS::Logs::LogGroup /stage-x/late name undefined',
    'AWS::S3::Bucket stage-files tag Files',
  ]);

  const group = left.find((one) => one.type === 'AWS::Logs::LogGroup')!;
  await port.remove(group);
  assert.equal(
    (await port.find('stage')).map((one) => one.id),
    ['stage-files'],
  );
  assert.equal(await port.find('prod'), []);
});

const CHILD = 'Resources: { Topic: { Type: AWS::SNS::Topic } }\n';
const ROOT = `
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    DeletionPolicy: Retain
    Properties: { TemplateURL: https://templates.s3.eu-west-1.amazonaws.com/child.yaml }
`;

test('a nested stack is part of its parent, and left over with all that it holds once that one is gone', async () => {
  const { settings, stacks, pass } = createTestAccount();
  const s3 = new S3Client({ ...clientConfig(settings), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'child.yaml', Body: CHILD }));
  const port = createRemains({ settings, account: ACCOUNT, stacks, sleep: async (ms) => pass(ms * 10) });
  const kinds = async (): Promise<string[]> =>
    (await port.find('stage')).map((one) => `${one.type} ${one.foundBy} ${one.arn.split(':').at(-1)?.slice(0, 19)}`);
  const tags = { 'roundtrip:environment': 'stage' };
  const content = { stackName: 'stage-x', token: 't', templateBody: ROOT, parameters: {}, capabilities: [], tags };
  const id = await stacks.create({ ...content, terminationProtection: false });
  pass(300_000);
  assert.is((await stacks.sweep()).length, 2);
  const topic = 'AWS::SNS::Topic stack stage-x-Child';
  const standing = await kinds();
  assert.is(standing.length, 2);
  assert.match(standing[0] ?? '', /^AWS::CloudFormation::Stack stack stack\/stage-x\/[0-9a-f]+/);
  assert.is(standing[1]?.slice(0, topic.length), topic);

  await stacks.delete({ stackName: 'stage-x', stackId: id, token: 'd' });
  pass(300_000);
  assert.equal(await kinds(), ['AWS::CloudFormation::Stack tag stack/stage-x-Child']);
});

test('finds parameters with and without a slash at the beginning of their names, which look alike in ARNs', async () => {
  const { settings, stacks, pass } = createTestAccount();
  const port = createRemains({ settings, account: ACCOUNT, stacks, sleep: async (ms) => pass(ms * 10) });
  const names = ['plain', '/rooted', '/stage/deep', '/stage/gone'];
  const resources = names.map((Name, index) => [
    `P${index}`,
    {
      ...{ Type: 'AWS::SSM::Parameter', ...(Name === '/stage/gone' ? {} : { DeletionPolicy: 'Retain' }) },
      Properties: { Name, Type: 'String', Value: 'x' },
    },
  ]);
  const tags = { 'roundtrip:environment': 'stage' };
  const templateBody = JSON.stringify({ Resources: Object.fromEntries(resources) as object });
  const content = { stackName: 'stage-x', token: 't', templateBody, parameters: {}, capabilities: [], tags };
  const id = await stacks.create({ ...content, terminationProtection: false });
  pass(60_000);
  await stacks.delete({ stackName: 'stage-x', stackId: id, token: 'd' });
  pass(60_000);
  assert.equal((await port.find('stage')).map((one) => one.id).sort(), ['/rooted', '/stage/deep', 'plain']);
});

test('knows the type and identifier behind an ARN', () => {
  const of = (arn: string): string => `${typedIdOf(arn)?.type} ${typedIdOf(arn)?.id}`;
  assert.is(of('arn:aws:logs:eu-west-1:1:log-group:/stage-x:*'), 'AWS::Logs::LogGroup /stage-x');
  assert.is(of('arn:aws:s3:::stage-files'), 'AWS::S3::Bucket stage-files');
  assert.is(of('arn:aws:iam::1:role/path/stage-role'), 'AWS::IAM::Role stage-role');
  assert.is(of('arn:aws:sns:eu-west-1:1:t'), 'AWS::SNS::Topic arn:aws:sns:eu-west-1:1:t');
  assert.is(of('arn:aws:rds:eu-west-1:1:snapshot:s'), 'AWS::RDS::DBSnapshot s');
  assert.is(of('arn:aws:sqs:eu-west-1:1:q'), 'undefined undefined');
});

test.run();
