import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const NIGHTLY = { Name: 'nightly', GroupName: 'tour' };
const schedule = (ScheduleExpression: string) => ({
  ...NIGHTLY,
  ScheduleExpression,
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:tour', RoleArn: '<role>' },
});

export const schedulerRoute: Route = {
  name: 'EventBridge Scheduler',
  steps: [
    ...stepsOf('iam', [
      ['CreateRole', { RoleName: 'schedules', AssumeRolePolicyDocument: TRUST }, { save: { role: 'Role.Arn' } }],
    ]),
    ...stepsOf('scheduler', [
      ['CreateScheduleGroup', { Name: 'tour' }, { save: { group: 'ScheduleGroupArn' } }],
      ['GetScheduleGroup', { Name: 'tour' }, { until: { State: 'ACTIVE' } }],
      ['ListScheduleGroups', {}, { expect: { ScheduleGroups: /tour/ } }],
      ['CreateSchedule', schedule('rate(1 hour)'), { expect: { ScheduleArn: /schedule\/tour\/nightly$/ } }],
      ['CreateSchedule', schedule('rate(1 hour)'), { fails: 'ConflictException' }],
      ['GetSchedule', NIGHTLY, { expect: { ScheduleExpression: 'rate(1 hour)' } }],
      ['UpdateSchedule', schedule('cron(0 3 * * ? *)')],
      ['ListSchedules', { GroupName: 'tour' }, { expect: { 'Schedules.0.Name': 'nightly' } }],
      ['DeleteSchedule', NIGHTLY],
      ['GetSchedule', NIGHTLY, { fails: 'ResourceNotFoundException' }],
      ['TagResource', { ResourceArn: '<group>', Tags: [{ Key: 'team', Value: 'tour' }] }],
      ['ListTagsForResource', { ResourceArn: '<group>' }, { expect: { 'Tags.0.Value': 'tour' } }],
      ['UntagResource', { ResourceArn: '<group>', TagKeys: ['team'] }],
      ['DeleteScheduleGroup', { Name: 'tour' }],
    ]),
    ...stepsOf('iam', [['DeleteRole', { RoleName: 'schedules' }]]),
  ],
};
