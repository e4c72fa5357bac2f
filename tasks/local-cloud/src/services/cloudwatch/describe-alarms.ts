import { isDeepStrictEqual } from 'node:util';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { alarmState } from '../../catalog/alarm-state.ts';
import { ALARM, COMPOSITE_ALARM } from '../../catalog/cloudwatch.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { describeCompositeAlarm, describeMetricAlarm } from './alarm.ts';

const PAGE_SIZE = 50;

/** In order of name; metric alarms alone unless it is said otherwise. */
export function describeAlarms(
  world: World,
  input: CloudWatch.DescribeAlarmsInput,
  call: Call,
): CloudWatch.DescribeAlarmsOutput {
  const { AlarmNames, AlarmNamePrefix, AlarmTypes = ['MetricAlarm'], StateValue, ActionPrefix } = input;
  if (AlarmNames !== undefined && AlarmNamePrefix !== undefined) {
    throw new ServiceError('ValidationError', 'AlarmNames and AlarmNamePrefix cannot be given together.');
  }
  const types = AlarmTypes.map((type) => (type === 'CompositeAlarm' ? COMPOSITE_ALARM : ALARM));
  const all = types
    .flatMap((type) => [...resourcesOf(world, call.realm, type)])
    .filter(
      (alarm) =>
        (AlarmNames?.includes(alarm.id) ?? alarm.id.startsWith(AlarmNamePrefix ?? '')) &&
        (StateValue === undefined || alarmState(world, call.realm, alarm.id) === StateValue) &&
        (ActionPrefix === undefined || actionsOf(alarm).some((action) => action.startsWith(ActionPrefix))),
    )
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const { items, nextToken } = pageOf(all, input.MaxRecords ?? PAGE_SIZE, input.NextToken, invalidToken);
  const named = (type: string): Resource[] => items.filter((alarm) => alarm.type === type);
  return {
    MetricAlarms: named(ALARM).map((alarm) => describeMetricAlarm(world, call.realm, alarm)),
    CompositeAlarms: named(COMPOSITE_ALARM).map((alarm) => describeCompositeAlarm(world, call.realm, alarm)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

export function describeAlarmsForMetric(
  world: World,
  input: CloudWatch.DescribeAlarmsForMetricInput,
  call: Call,
): CloudWatch.DescribeAlarmsForMetricOutput {
  const found = [...resourcesOf(world, call.realm, ALARM)].filter(
    ({ properties }) =>
      properties['MetricName'] === input.MetricName &&
      properties['Namespace'] === input.Namespace &&
      isDeepStrictEqual(properties['Dimensions'] ?? [], input.Dimensions ?? []),
  );
  return { MetricAlarms: found.map((alarm) => describeMetricAlarm(world, call.realm, alarm)) };
}

export function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 'The next token specified is invalid.');
}

function actionsOf({ properties }: Resource): string[] {
  return ['OKActions', 'AlarmActions', 'InsufficientDataActions'].flatMap(
    (name) => (properties[name] ?? []) as string[],
  );
}
