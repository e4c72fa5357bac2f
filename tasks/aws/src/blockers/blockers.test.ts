import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage } from './test-stage.ts';

const TOPIC = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
const FILES = `
Resources:
  Files: { Type: AWS::S3::Bucket, Properties: { BucketName: stage-files } }
`;

async function fill(stage: ReturnType<typeof createTestStage>, ...buckets: string[]): Promise<void> {
  const s3 = new S3Client(stage.config);
  for (const Bucket of buckets) await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
}

test('a stack whose template names nothing that could be in the way costs no call', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-topic', TOPIC);
  const before = JSON.stringify(stage.counter.calls);
  assert.equal(await stage.blockers.find(stack), []);
  assert.is(JSON.stringify(stage.counter.calls), before);
});

test('a template whose transforms may add what it does not name is asked about, loops alone are not', async () => {
  const stage = createTestStage();
  const looped = await stage.up('stage-looped', `Transform: AWS::LanguageExtensions\n${TOPIC}`);
  await stage.blockers.find(looped);
  assert.is(stage.counter.calls['ListStackResources'], undefined);
  const included = await stage.up('stage-included', `Transform: [AWS::LanguageExtensions]\n${TOPIC}`);
  await stage.blockers.find(included);
  assert.is(stage.counter.calls['ListStackResources'], 1);
});

test('a stack of an unknown template is asked', async () => {
  const stage = createTestStage({ knowsTemplates: false });
  const stack = await stage.up('stage-data', FILES);
  await fill(stage, 'stage-files');
  assert.equal(await stage.lines(stack), ['Files: bucket stage-files holds 1 object; EmptyBucket']);
  const { ListStackResources, DescribeStacks } = stage.counter.calls;
  assert.equal([ListStackResources, DescribeStacks], [1, 2], 'one for its exports, one sweep');
});

test('what a template no longer names is looked at once a delete has failed on it', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', FILES);
  await fill(stage, 'stage-files');
  const stuck = await stage.down(stack);
  await stage.clear(stack, stuck);
  assert.is(await stage.down(stack), undefined);
});

test('what only a person may clear comes first, so that nothing is emptied in vain', async () => {
  const stage = createTestStage();
  const template = `${FILES}Outputs: { Files: { Value: !Ref Files, Export: { Name: stage-files } } }`;
  const stack = await stage.up('stage-data', template);
  await fill(stage, 'stage-files');
  await stage.up('prod-user', `${TOPIC}\nOutputs: { Files: { Value: !ImportValue stage-files } }`);
  assert.equal(await stage.lines(stack), [
    'stage-files: export stage-files is imported by prod-user; take prod-user down first, or let them import nothing from stage-data',
    'Files: bucket stage-files holds 1 object; EmptyBucket',
  ]);
});

test('every page of a stack’s resources is read', async () => {
  const stage = createTestStage();
  const topics = Array.from({ length: 120 }, (_topic, index) => `  Topic${index}: { Type: AWS::SNS::Topic }\n`);
  const stack = await stage.up('stage-data', `Resources:\n${topics.join('')}${FILES.replace(/\n?Resources:\n/, '')}`);
  await fill(stage, 'stage-files');
  assert.equal(await stage.lines(stack), ['Files: bucket stage-files holds 1 object; EmptyBucket']);
  assert.is(stage.counter.calls['ListStackResources'], 2);
});

test('stacks within the stack are looked into, unless the stack leaves them in the account', async () => {
  const stage = createTestStage();
  const s3 = new S3Client(stage.config);
  await stage.up('tools', `Resources: { Templates: { Type: AWS::S3::Bucket, Properties: { BucketName: templates } } }`);
  for (const name of ['stage-gone', 'stage-left']) {
    const body = FILES.replace('stage-files', `${name}-files`);
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: `${name}.yaml`, Body: body }));
  }
  const inner = (name: string) => `Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: 'https://templates.s3.eu-west-1.amazonaws.com/${name}.yaml' }`;
  const template = `
Resources:
  Gone:
    ${inner('stage-gone')}
  Left:
    DeletionPolicy: Retain
    ${inner('stage-left')}
`;
  const stack = await stage.up('stage-data', template);
  await fill(stage, 'stage-gone-files', 'stage-left-files');
  assert.equal(await stage.lines(stack), ['Files: bucket stage-gone-files holds 1 object; EmptyBucket']);
  assert.is((await stage.blockers.find(stack))[0]?.stack, 'stage-data');
  await stage.clear(stack);
  assert.is(await stage.down(stack), undefined);
});

test('errors are classed, with AWS’s own words', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', FILES);
  const lost = { ...stack, id: stack.id.replace('stage-data', 'stage-lost'), name: 'stage-data' };
  assert.match(
    await stage.codeOf(stage.blockers.find(lost)),
    /^not-found ValidationError: Stack with id .+ does not exist$/,
  );
});

test.run();
