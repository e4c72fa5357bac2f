import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as S3 from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testCloud } from '../../testing/test-cloud.ts';

const ACCOUNT = '111111111111';
const URL = 'https://templates.s3.eu-west-1.amazonaws.com';

const hints = (more: string) => `Metadata: { Roundtrip::LocalCloud: { ${more} } }`;
const parameter = (name: string, value: string, more = 'CreateSeconds: 2') => `
  ${name}:
    Type: AWS::SSM::Parameter
    ${hints(more)}
    Properties: { Type: String, Value: ${value} }`;
const CHILD = (more = '', outputs = '') => `Parameters: { Value: { Type: String } }
Resources:${parameter('Parameter', '!Ref Value')}${more}
Outputs: { Name: { Value: !Ref Parameter }${outputs} }
`;
const PARENT = (value: string, more = '') => `Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${URL}/child.yaml
      Parameters: { Value: ${value} }
      Tags: [{ Key: own, Value: '1' }]
  User:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Name: /user, Value: !GetAtt Child.Outputs.Name }${more}
`;

function nestedCloud() {
  const { as, pass, defects } = testCloud();
  const s3 = new S3.S3Client(as(ACCOUNT));
  const client = new CloudFormation.CloudFormationClient(as(ACCOUNT));
  const put = (Key: string, Body: string) => s3.send(new S3.PutObjectCommand({ Bucket: 'templates', Key, Body }));
  const stack = async (StackName: string) =>
    (await client.send(new CloudFormation.DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const resource = async (StackName: string, LogicalResourceId: string) =>
    (await client.send(new CloudFormation.DescribeStackResourceCommand({ StackName, LogicalResourceId })))
      .StackResourceDetail;
  const events = async (StackName: string) =>
    ((await client.send(new CloudFormation.DescribeStackEventsCommand({ StackName }))).StackEvents ?? [])
      .reverse()
      .map((one) => [one.LogicalResourceId, one.ResourceStatus, one.ResourceStatusReason].filter(Boolean).join(' '));
  const begin = async () => {
    await s3.send(new S3.CreateBucketCommand({ Bucket: 'templates' }));
    await put('child.yaml', CHILD());
  };
  const create = (TemplateBody: string, more: object = {}) =>
    client.send(new CloudFormation.CreateStackCommand({ StackName: 'root', TemplateBody, ...more }));
  const update = (TemplateBody: string, more: object = {}) =>
    client.send(new CloudFormation.UpdateStackCommand({ StackName: 'root', TemplateBody, ...more }));
  return { client, pass, defects, put, stack, resource, events, begin, create, update };
}

test('a nested stack is made, read, changed and deleted with its parent', async () => {
  const { client, pass, defects, stack, resource, begin, create, update, events } = nestedCloud();
  await begin();
  await create(PARENT('one'), { Tags: [{ Key: 'env', Value: 'stage' }] });
  pass(300_000);
  const root = await stack('root');
  assert.is(root?.StackStatus, 'CREATE_COMPLETE');
  const id = (await resource('root', 'Child'))?.PhysicalResourceId ?? '';
  const child = await stack(id);
  assert.match(child?.StackName ?? '', /^root-Child-[A-Z0-9]{12}$/);
  assert.equal([child?.ParentId, child?.RootId, child?.StackStatus], [root?.StackId, root?.StackId, 'CREATE_COMPLETE']);
  assert.equal(child?.Tags, [
    { Key: 'env', Value: 'stage' },
    { Key: 'own', Value: '1' },
  ]);
  await update(PARENT('two'));
  pass(300_000);
  assert.is((await stack('root'))?.StackStatus, 'UPDATE_COMPLETE');
  assert.equal(
    [(await stack(id))?.StackStatus, (await stack(id))?.Parameters?.[0]?.ParameterValue],
    ['UPDATE_COMPLETE', 'two'],
  );
  const order = (await events(id)).slice(-4);
  assert.equal(
    order.map((event) => event.replace(/^root-Child-\w+/, 'Child')),
    [
      'Parameter UPDATE_IN_PROGRESS',
      'Parameter UPDATE_COMPLETE',
      'Child UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Child UPDATE_COMPLETE',
    ],
  );
  await client.send(new CloudFormation.DeleteStackCommand({ StackName: 'root' }));
  pass(300_000);
  assert.is((await stack(id))?.StackStatus, 'DELETE_COMPLETE');
  assert.is((await stack(root?.StackId ?? ''))?.StackStatus, 'DELETE_COMPLETE');
  assert.equal(defects, []);
});

test('a nested stack that cannot be made fails its parent, which takes it away again', async () => {
  const { pass, put, stack, events, begin, create, defects } = nestedCloud();
  await begin();
  await put('child.yaml', CHILD(`${parameter('Broken', 'x', 'FailCreate: no')}\n    DependsOn: Parameter`));
  await create(PARENT('one'));
  pass(600_000);
  const root = await stack('root');
  assert.is(root?.StackStatus, 'ROLLBACK_COMPLETE');
  const failed = (await events('root')).find((event) => event.startsWith('Child CREATE_FAILED')) ?? '';
  const [, id = ''] = /Embedded stack (\S+)/.exec(failed) ?? [];
  assert.is(
    failed,
    `Child CREATE_FAILED Embedded stack ${id} was not successfully created: The following resource(s) failed to create: [Broken]. `,
  );
  const own = (await events(id))
    .filter((event) => event.startsWith('root-Child-'))
    .map((event) => event.replace(/^\S+ /, ''));
  assert.equal(own, [
    'CREATE_IN_PROGRESS User Initiated',
    'CREATE_FAILED The following resource(s) failed to create: [Broken]. ',
    'DELETE_IN_PROGRESS User Initiated',
    'DELETE_COMPLETE',
  ]);
  assert.equal(defects, []);
});

test('what a nested stack is refused for is the reason of its resource', async () => {
  const { pass, put, events, begin, create, resource, stack } = nestedCloud();
  await begin();
  await put('child.yaml', 'Resources: { R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } } }\n');
  await create(
    'Resources: { Child: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: "s3://templates/child.yaml" } } }',
    {
      DisableRollback: true,
    },
  );
  pass(300_000);
  assert.is((await stack('root'))?.StackStatus, 'CREATE_FAILED');
  assert.is((await resource('root', 'Child'))?.ResourceStatusReason, 'Requires capabilities : [CAPABILITY_IAM]');
  assert.is((await events('root')).at(-1), 'root CREATE_FAILED The following resource(s) failed to create: [Child]. ');
});

test('a failed update takes its nested stacks back, the finished ones too', async () => {
  const { pass, put, stack, resource, events, begin, create, update, defects } = nestedCloud();
  await begin();
  await create(PARENT('one'));
  pass(300_000);
  const id = (await resource('root', 'Child'))?.PhysicalResourceId ?? '';
  await update(PARENT('two', `${parameter('Late', 'x', 'FailCreate: no')}\n    DependsOn: Child`));
  pass(600_000);
  assert.is((await stack('root'))?.StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
  assert.equal(
    [(await stack(id))?.StackStatus, (await stack(id))?.Parameters?.[0]?.ParameterValue],
    ['UPDATE_ROLLBACK_COMPLETE', 'one'],
  );
  await put('child.yaml', CHILD(`${parameter('Broken', 'x', 'FailCreate: no')}\n    DependsOn: Parameter`));
  await update(PARENT('three'));
  pass(600_000);
  assert.is((await stack('root'))?.StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
  assert.is((await stack(id))?.StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
  assert.is(
    (await events('root')).find((event) => event.startsWith('Child UPDATE_FAILED')),
    `Child UPDATE_FAILED Embedded stack ${id} was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to create: [Broken]. `,
  );
  assert.equal(defects, []);
});

test('a nested stack that refuses to go keeps its parent', async () => {
  const { client, pass, put, stack, resource, begin, create } = nestedCloud();
  await begin();
  await put('child.yaml', CHILD(parameter('Stuck', 'x', 'FailDelete: no')));
  await create(PARENT('one'));
  pass(300_000);
  const id = (await resource('root', 'Child'))?.PhysicalResourceId ?? '';
  await client.send(new CloudFormation.DeleteStackCommand({ StackName: 'root' }));
  pass(300_000);
  assert.equal(
    [(await stack('root'))?.StackStatus, (await stack(id))?.StackStatus],
    ['DELETE_FAILED', 'DELETE_FAILED'],
  );
  assert.is(
    (await resource('root', 'Child'))?.ResourceStatusReason,
    `Embedded stack ${id} was not successfully deleted: The following resource(s) failed to delete: [Stuck]. `,
  );
});

test.run();
