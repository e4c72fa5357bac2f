import type {
  DescribeStackEventsOutput,
  DescribeStackResourceOutput,
  DescribeStackResourcesOutput,
  DescribeStacksOutput,
  GetTemplateSummaryOutput,
  ListStackResourcesOutput,
  ListStacksOutput,
} from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { START, TestCloud, parameter, template } from './test-cloud.ts';

test('every stack that is not deleted is described newest first, a hundred a page, whatever happens between pages', () => {
  const cloud = new TestCloud();
  for (let n = 0; n < 150; n++) cloud.create(`s${n}`, template({ A: parameter('a') }));
  const first = cloud.call<DescribeStacksOutput>('DescribeStacks', {});
  assert.is(first.Stacks?.length, 100);
  assert.is(first.Stacks?.[0]?.StackName, 's149');
  cloud.create('late', template({ A: parameter('a') }));
  const second = cloud.call<DescribeStacksOutput>('DescribeStacks', { NextToken: first.NextToken });
  assert.equal(
    second.Stacks?.map(({ StackName }) => StackName),
    Array.from({ length: 50 }, (_, n) => `s${49 - n}`),
  );
  assert.is(second.NextToken, undefined);
  assert.is(cloud.refusal('DescribeStacks', { NextToken: 'x' }), 'ValidationError: The provided NextToken is invalid');
  assert.is(cloud.call<ListStacksOutput>('ListStacks', {}).StackSummaries?.length, 100);
});

test('events are paged newest first', () => {
  const cloud = new TestCloud();
  cloud.create('app', template(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`P${n}`, parameter('x')]))));
  cloud.settle('app');
  const seen: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = cloud.call<DescribeStackEventsOutput>('DescribeStackEvents', { StackName: 'app', NextToken });
    seen.push(...(page.StackEvents ?? []).map(({ EventId }) => EventId ?? ''));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  assert.is(seen.length, 60 * 3 + 2);
  assert.is(new Set(seen).size, 60 * 3 + 2);
});

test('resources are described by stack, by logical and by physical id', () => {
  const cloud = new TestCloud();
  cloud.create('app', template({ A: parameter('a'), B: parameter('b') }));
  cloud.settle('app');
  const { physicalId } = cloud.resourceOf('app', 'A');
  const shown = (input: object) =>
    cloud
      .call<{ StackResources: { LogicalResourceId: string }[] }>('DescribeStackResources', input)
      .StackResources.map(({ LogicalResourceId }) => LogicalResourceId);
  assert.equal(shown({ StackName: 'app', LogicalResourceId: 'B' }), ['B']);
  assert.equal(shown({ PhysicalResourceId: physicalId }), ['A', 'B']);
  assert.is(
    cloud.refusal('DescribeStackResources', { PhysicalResourceId: 'i-1' }),
    'ValidationError: Stack for i-1 does not exist',
  );
  assert.is(
    cloud.refusal('DescribeStackResources', {}),
    'ValidationError: StackName or PhysicalResourceId must be specified.',
  );
  assert.is(
    cloud.refusal('DescribeStackResource', { StackName: 'app', LogicalResourceId: 'X' }),
    'ValidationError: Resource X does not exist for stack app',
  );
  assert.is(
    cloud.call<ListStackResourcesOutput>('ListStackResources', { StackName: 'app' }).StackResourceSummaries?.length,
    2,
  );
});

test('the first hundred resources of a stack are described, also when another one is asked for', () => {
  const cloud = new TestCloud();
  const last = 'P120';
  const many = Object.fromEntries(Array.from({ length: 121 }, (_, n) => [`P${n}`, parameter('x')]));
  cloud.create('app', template(many));
  cloud.settle('app');
  const count = (input: object): number | undefined =>
    cloud.call<DescribeStackResourcesOutput>('DescribeStackResources', input).StackResources?.length;
  const { StackResourceDetail } = cloud.call<DescribeStackResourceOutput>('DescribeStackResource', {
    ...{ StackName: 'app', LogicalResourceId: last },
  });
  assert.equal(
    [{ StackName: 'app' }, { PhysicalResourceId: StackResourceDetail?.PhysicalResourceId }].map(count),
    [100, 100],
  );
  assert.is(count({ StackName: 'app', LogicalResourceId: last }), 1);
});

test('a template is given back as it came, and summed up', () => {
  const cloud = new TestCloud();
  const body =
    'Description: one\nParameters:\n  P: { Type: String, Default: x, NoEcho: true }\nResources:\n  R:\n    Type: AWS::IAM::Role\n    Properties: { AssumeRolePolicyDocument: {} }\n';
  cloud.create('app', body, { Capabilities: ['CAPABILITY_IAM'] });
  assert.is(cloud.call<{ TemplateBody: string }>('GetTemplate', { StackName: 'app' }).TemplateBody, body);
  const summary = cloud.call<GetTemplateSummaryOutput>('GetTemplateSummary', { StackName: 'app' });
  assert.equal(
    [summary.Description, summary.Capabilities, summary.CapabilitiesReason, summary.ResourceTypes],
    ['one', ['CAPABILITY_IAM'], 'The following resource(s) require capabilities: [AWS::IAM::Role]', ['AWS::IAM::Role']],
  );
  assert.equal(cloud.call('ValidateTemplate', { TemplateBody: body }), {
    Description: 'one',
    Capabilities: ['CAPABILITY_IAM'],
    CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    DeclaredTransforms: [],
    Parameters: [{ ParameterKey: 'P', DefaultValue: 'x', NoEcho: true, Description: undefined }],
  });
});

test('outputs are resolved with their names in the template', () => {
  const cloud = new TestCloud();
  cloud.create(
    'app',
    template(
      { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } } },
      {
        Outputs: {
          Arn: { Value: { Ref: 'T' }, Description: 'the topic' },
          Zone: { Value: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] } },
        },
      },
    ),
  );
  cloud.settle('app');
  assert.equal(cloud.stack('app').Outputs, [
    {
      OutputKey: 'Arn',
      OutputValue: 'arn:aws:sns:eu-west-1:111111111111:alarms',
      Description: 'the topic',
      ExportName: undefined,
    },
    { OutputKey: 'Zone', OutputValue: 'eu-west-1b', Description: undefined, ExportName: undefined },
  ]);
  assert.is(cloud.stack('app').CreationTime?.getTime(), START);
});

test('accounts and regions are worlds of their own', () => {
  const cloud = new TestCloud();
  cloud.create('app', template({ A: parameter('a') }));
  const other = { account: '222222222222', region: 'eu-west-1' };
  assert.equal(cloud.call<DescribeStacksOutput>('DescribeStacks', {}, other).Stacks, []);
});

test('the same seed and the same requests give the same cloud', () => {
  const run = () => {
    const cloud = new TestCloud(undefined, 'seed-7');
    cloud.create('app', { Resources: { V: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } } });
    cloud.settle('app');
    return JSON.stringify([
      cloud.stack('app'),
      cloud.call('DescribeStackEvents', { StackName: 'app' }),
      cloud.resources(),
    ]);
  };
  assert.is(run(), run());
});

test.run();
