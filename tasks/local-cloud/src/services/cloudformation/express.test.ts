import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REALM, testCloud } from '../../testing/test-cloud.ts';
import { TestCloud } from './test-cloud.ts';

const BALANCER = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }] } },
  Zone: { Type: 'AWS::Route53::HostedZone', DependsOn: ['Vpc', 'Table'], Properties: { Name: 'example.com' } },
};
const template = (resources: object = BALANCER) => JSON.stringify({ Resources: resources });
const EXPRESS = { Mode: 'EXPRESS' };

interface Event {
  readonly LogicalResourceId: string;
  readonly ResourceStatus: string;
  readonly Timestamp: Date;
  readonly OperationId: string;
}

function eventsOf(cloud: TestCloud): Event[] {
  return cloud.call<{ StackEvents: Event[] }>('DescribeStackEvents', { StackName: 'one' }).StackEvents.reverse();
}

const status = (cloud: TestCloud) =>
  cloud.call<{ Stacks: { StackStatus: string; DisableRollback: boolean }[] }>('DescribeStacks', { StackName: 'one' })
    .Stacks[0];

function secondsToComplete(input: object): number {
  const cloud = new TestCloud();
  cloud.call('CreateStack', { StackName: 'one', TemplateBody: template(), ...input });
  cloud.pass(600);
  const events = eventsOf(cloud);
  assert.is(events.at(-1)?.ResourceStatus, 'CREATE_COMPLETE');
  return (Number(events.at(-1)?.Timestamp) - Number(events[0]?.Timestamp)) / 1000;
}

test('with EXPRESS a resource is complete when its service has accepted the call, in the order of the graph', () => {
  assert.ok(secondsToComplete({}) > 36);
  assert.ok(secondsToComplete({ DeploymentConfig: EXPRESS }) < 15);
  const cloud = new TestCloud();
  cloud.call('CreateStack', { StackName: 'one', TemplateBody: template(), DeploymentConfig: EXPRESS });
  cloud.pass(600);
  const done = eventsOf(cloud).filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE');
  assert.equal(done.map((one) => one.LogicalResourceId).slice(2), ['Zone', 'one']);
});

test('what needs a resource that is still on its way is tried again until it is there', async () => {
  const { as, pass } = testCloud();
  const client = new CloudFormationClient(as(REALM.account));
  const files = {
    Files: { Type: 'AWS::EFS::FileSystem' },
    Access: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'Files' } } },
  };
  const input = { StackName: 'one', TemplateBody: template(files), DeploymentConfig: { Mode: 'EXPRESS' as const } };
  await client.send(new CreateStackCommand(input));
  pass(120_000);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'one' }));
  assert.is(Stacks?.[0]?.StackStatus, 'CREATE_COMPLETE');
});

test('it does not roll back unless it is told to', () => {
  const failing = template({
    ...BALANCER,
    Bad: { Type: 'AWS::EC2::VPC', DependsOn: 'Zone', Properties: { Cidr: 'x' } },
  });
  const outcome = (config: object) => {
    const cloud = new TestCloud();
    cloud.call('CreateStack', { StackName: 'one', TemplateBody: failing, DeploymentConfig: config });
    cloud.pass(900);
    return status(cloud)?.StackStatus;
  };
  assert.is(outcome(EXPRESS), 'CREATE_FAILED');
  assert.is(outcome({ ...EXPRESS, DisableRollback: false }), 'ROLLBACK_COMPLETE');
  assert.is(outcome({ Mode: 'STANDARD' }), 'ROLLBACK_COMPLETE');
});

test('a delete with EXPRESS is quicker too', () => {
  const seconds = (config: object) => {
    const cloud = new TestCloud();
    cloud.call('CreateStack', { StackName: 'one', TemplateBody: template() });
    cloud.pass(600);
    const start = cloud.now;
    cloud.call('DeleteStack', { StackName: 'one', ...config });
    while (cloud.refusal('DescribeStacks', { StackName: 'one' }) === 'accepted') cloud.pass(1);
    return (cloud.now - start) / 1000;
  };
  assert.ok(seconds({ DeploymentConfig: EXPRESS }) < seconds({}) / 2);
});

test('events of one operation share its id, and those that failed can be asked for', () => {
  const cloud = new TestCloud();
  const failing = template({ ...BALANCER, Bad: { Type: 'AWS::EC2::VPC', Properties: { Cidr: 'x' } } });
  cloud.call('CreateStack', { StackName: 'one', TemplateBody: failing });
  cloud.pass(900);
  cloud.call('DeleteStack', { StackName: 'one' });
  const ids = new Set(eventsOf(cloud).map(({ OperationId: id }) => id));
  assert.is(ids.size, 2);
  const [created = '', deleted = ''] = ids;
  const stack = cloud.call<{ Stacks: { LastOperations: object[] }[] }>('DescribeStacks', { StackName: 'one' })
    .Stacks[0];
  assert.equal(stack?.LastOperations, [{ OperationType: 'DELETE_STACK', OperationId: deleted }]);
  const events = (input: object) =>
    cloud.call<{ OperationEvents: { LogicalResourceId: string; EventType: string; ResourceStatus: string }[] }>(
      'DescribeEvents',
      input,
    ).OperationEvents;
  const failed = events({ OperationId: created, Filters: { FailedEvents: true } });
  assert.equal(
    failed.map((one) => `${one.LogicalResourceId} ${one.EventType}`),
    ['Table', 'Vpc', 'Bad'].map((name) => `${name} PROVISIONING_ERROR`),
  );
  assert.is(events({ StackName: 'one' }).length, eventsOf(cloud).length);
  assert.is(events({ OperationId: deleted })[0]?.ResourceStatus, 'DELETE_IN_PROGRESS');
  assert.is(
    cloud.refusal('DescribeEvents', {}),
    'ValidationError: At least one of StackName, ChangeSetName or OperationId must be specified.',
  );
});

test.run();
