import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { RollbackConfiguration } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REALM, failureOf, testCloud } from '../../testing/test-cloud.ts';
import { parameter, template } from './test-cloud.ts';

const StackName = 'one';
const AlarmName = 'errors';
const ARN = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors';
const TRIGGER = { Arn: ARN, Type: 'AWS::CloudWatch::Alarm' };
const body = (value: string) => JSON.stringify(template({ Text: parameter(value) }));

async function open() {
  const { as, pass } = testCloud();
  const cfn = new CloudFormationClient(as(REALM.account));
  const watch = new CloudWatchClient(as(REALM.account));
  const rule = { MetricName: 'e', Namespace: 'n', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 } as const;
  await watch.send(
    new PutMetricAlarmCommand({ AlarmName, ...rule, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }),
  );
  const set = (StateValue: 'OK' | 'ALARM') =>
    watch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'test' }));
  const create = (RollbackConfiguration?: RollbackConfiguration) =>
    cfn.send(new CreateStackCommand({ StackName, TemplateBody: body('a'), RollbackConfiguration }));
  const update = (value: string, RollbackConfiguration?: RollbackConfiguration) =>
    cfn.send(new UpdateStackCommand({ StackName, TemplateBody: body(value), RollbackConfiguration }));
  const stack = async () => (await cfn.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const status = async () => (await stack())?.StackStatus;
  const reason = async (wanted: string) => {
    const { StackEvents: events = [] } = await cfn.send(new DescribeStackEventsCommand({ StackName }));
    return events.find(({ ResourceStatus }) => ResourceStatus === wanted)?.ResourceStatusReason;
  };
  return { cfn, pass, set, create, update, stack, status, reason };
}

test('an alarm that goes off while a stack is made or watched takes it back', async () => {
  const { pass, set, create, status, reason } = await open();
  await create({ RollbackTriggers: [TRIGGER], MonitoringTimeInMinutes: 5 });
  pass(60_000);
  assert.is(await status(), 'CREATE_IN_PROGRESS');
  await set('ALARM');
  pass(5000);
  assert.is(await status(), 'ROLLBACK_IN_PROGRESS');
  assert.is(
    await reason('ROLLBACK_IN_PROGRESS'),
    `The following rollback trigger(s) went to ALARM: [${ARN}]. Rollback requested by user.`,
  );
  pass(60_000);
  assert.is(await status(), 'ROLLBACK_COMPLETE');
});

test('a stack that is watched in quiet is complete when its time is over, and keeps its triggers', async () => {
  const { pass, set, create, update, stack, status } = await open();
  const config = { RollbackTriggers: [TRIGGER], MonitoringTimeInMinutes: 5 };
  await create(config);
  pass(304_000);
  assert.is(await status(), 'CREATE_IN_PROGRESS');
  pass(6000);
  assert.is(await status(), 'CREATE_COMPLETE');
  assert.equal((await stack())?.RollbackConfiguration, config);
  await update('b');
  pass(30_000);
  await set('ALARM');
  pass(30_000);
  assert.is(await status(), 'UPDATE_ROLLBACK_COMPLETE');
  await update('c', { RollbackTriggers: [], MonitoringTimeInMinutes: 0 });
  pass(30_000);
  assert.is(await status(), 'UPDATE_COMPLETE');
  assert.equal((await stack())?.RollbackConfiguration, { RollbackTriggers: [], MonitoringTimeInMinutes: 0 });
});

test('without a trigger the time is waited for all the same, and the update can be called off in it', async () => {
  const { cfn, pass, create, update, status } = await open();
  await create();
  pass(30_000);
  await update('b', { MonitoringTimeInMinutes: 10 });
  pass(300_000);
  assert.is(await status(), 'UPDATE_IN_PROGRESS');
  await cfn.send(new CancelUpdateStackCommand({ StackName }));
  pass(30_000);
  assert.is(await status(), 'UPDATE_ROLLBACK_COMPLETE');
});

test('a trigger that is not there fails the operation', async () => {
  const { pass, create, status, reason } = await open();
  await create({ RollbackTriggers: [{ ...TRIGGER, Arn: `${ARN}-2` }] });
  pass(60_000);
  assert.is(await status(), 'ROLLBACK_COMPLETE');
  assert.is(
    await reason('ROLLBACK_IN_PROGRESS'),
    `The following rollback trigger(s) do not exist: [${ARN}-2]. Rollback requested by user.`,
  );
});

test('more than five triggers, more than three hours and other types are refused', async () => {
  const { create } = await open();
  const refused = async (config: RollbackConfiguration) => (await failureOf(create(config))).message;
  assert.is(
    await refused({ MonitoringTimeInMinutes: 181 }),
    "1 validation error detected: Value '181' at 'rollbackConfiguration.monitoringTimeInMinutes' failed to satisfy constraint: Member must have value less than or equal to 180",
  );
  assert.match(
    await refused({ RollbackTriggers: Array.from({ length: 6 }, () => TRIGGER) }),
    "at 'rollbackConfiguration.rollbackTriggers' failed to satisfy constraint: Member must have length less than or equal to 5",
  );
  assert.match(
    await refused({ RollbackTriggers: [{ Arn: ARN, Type: 'AWS::SNS::Topic' }] }),
    "Value 'AWS::SNS::Topic' at 'rollbackConfiguration.rollbackTriggers.1.member.type' failed to satisfy constraint",
  );
});

test.run();
