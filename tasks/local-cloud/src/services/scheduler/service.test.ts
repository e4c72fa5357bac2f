import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as Scheduler from '@aws-sdk/client-scheduler';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const TARGET: Scheduler.Target = {
  Arn: 'arn:aws:ecs:eu-west-1:111111111111:cluster/stage',
  RoleArn: 'arn:aws:iam::111111111111:role/scheduler',
  EcsParameters: {
    TaskDefinitionArn: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/job:1',
    LaunchType: 'FARGATE',
    NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'DISABLED' } },
  },
};

function open() {
  const tested = testCloud();
  const client = new Scheduler.SchedulerClient(tested.as('111111111111'));
  const create = (Name: string, ScheduleExpression: string, GroupName?: string) =>
    client.send(
      new Scheduler.CreateScheduleCommand({
        Name,
        ScheduleExpression,
        GroupName,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: TARGET,
      }),
    );
  return { ...tested, client, create };
}

const words = async (promise: Promise<unknown>) => {
  const { name, message, status } = await failureOf(promise);
  return `${status} ${name}: ${message}`;
};

test('a schedule is made, read, changed and deleted', async () => {
  const { client, create } = open();
  const Name = 'nightly';
  const { ScheduleArn } = await create(Name, 'cron(0 22 ? * FRI *)');
  assert.is(ScheduleArn, 'arn:aws:scheduler:eu-west-1:111111111111:schedule/default/nightly');
  assert.is(await words(create(Name, 'rate(1 day)')), '409 ConflictException: Schedule nightly already exists.');
  const read = await client.send(new Scheduler.GetScheduleCommand({ Name }));
  assert.equal([read.Target, read.State, read.ScheduleExpressionTimezone], [TARGET, 'ENABLED', 'UTC']);
  await client.send(
    new Scheduler.UpdateScheduleCommand({
      Name,
      ScheduleExpression: 'rate(2 hours)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'DISABLED',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
      Target: TARGET,
    }),
  );
  const after = await client.send(new Scheduler.GetScheduleCommand({ Name }));
  assert.equal(
    [after.ScheduleExpression, after.State, after.FlexibleTimeWindow],
    ['rate(2 hours)', 'DISABLED', { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 }],
  );
  await client.send(new Scheduler.DeleteScheduleCommand({ Name }));
  assert.is(
    await words(client.send(new Scheduler.GetScheduleCommand({ Name }))),
    '404 ResourceNotFoundException: Schedule nightly does not exist.',
  );
});

test('expressions are checked', async () => {
  const { create } = open();
  const good = ['at(2026-02-01T10:00:00)', 'rate(5 minutes)', 'cron(0/15 8-17 ? * MON-FRI *)', 'cron(0 0 L * ? 2026)'];
  for (const [index, expression] of good.entries()) await create(`good-${index}`, expression);
  for (const expression of ['at(tomorrow)', 'rate(0 days)', 'cron(0 0 * * * *)', 'cron(0 0 * *)', 'every day']) {
    assert.is(
      await words(create('bad', expression)),
      `400 ValidationException: Invalid Schedule Expression ${expression}.`,
    );
  }
});

test('a group takes its schedules along', async () => {
  const { client, create, pass } = open();
  const Name = 'stage';
  assert.is(
    await words(create('a', 'rate(1 day)', Name)),
    '404 ResourceNotFoundException: Schedule group stage does not exist.',
  );
  await client.send(new Scheduler.CreateScheduleGroupCommand({ Name, Tags: [{ Key: 'a', Value: '1' }] }));
  await create('a', 'rate(1 day)', Name);
  await create('a', 'rate(1 day)');
  await client.send(new Scheduler.DeleteScheduleGroupCommand({ Name }));
  const group = () => client.send(new Scheduler.GetScheduleGroupCommand({ Name }));
  assert.is((await group()).State, 'DELETING');
  assert.match(await words(create('b', 'rate(1 day)', Name)), 'ConflictException');
  pass(60_000);
  assert.match(await words(group()), 'Schedule group stage does not exist.');
  const { Schedules } = await client.send(new Scheduler.ListSchedulesCommand({}));
  assert.equal(
    Schedules?.map((schedule) => `${schedule.GroupName}/${schedule.Name}`),
    ['default/a'],
  );
  const { ScheduleGroups } = await client.send(new Scheduler.ListScheduleGroupsCommand({}));
  assert.is(ScheduleGroups?.length, 1);
});

test("a stack's schedule waits for its role to be known, and is read in the API's words", async () => {
  const { as, client, pass } = open();
  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  const Subnets = ['subnet-1'];
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      },
      Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'jobs' } },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          Name: 'job',
          GroupName: { Ref: 'Group' },
          ScheduleExpression: 'rate(1 hours)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: TARGET.Arn,
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            EcsParameters: {
              TaskDefinitionArn: TARGET.EcsParameters?.TaskDefinitionArn,
              TaskCount: '2',
              NetworkConfiguration: { AwsvpcConfiguration: { Subnets } },
            },
          },
        },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Schedule' } } },
  };
  await cloudformation.send(
    new CloudFormation.CreateStackCommand({
      StackName: 's',
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  pass(120_000);
  const { Stacks } = await cloudformation.send(new CloudFormation.DescribeStacksCommand({ StackName: 's' }));
  assert.equal([Stacks?.[0]?.StackStatus, Stacks?.[0]?.Outputs?.[0]?.OutputValue], ['CREATE_COMPLETE', 'job']);
  const { Target } = await client.send(new Scheduler.GetScheduleCommand({ Name: 'job', GroupName: 'jobs' }));
  const { TaskCount, NetworkConfiguration } = Target?.EcsParameters ?? {};
  assert.equal([TaskCount, NetworkConfiguration], [2, { awsvpcConfiguration: { Subnets } }]);
});

test.run();
