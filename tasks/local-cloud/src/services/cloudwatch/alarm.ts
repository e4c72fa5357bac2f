import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { stateOf } from '../../catalog/alarm-state.ts';
import { ALARM, COMPOSITE_ALARM } from '../../catalog/cloudwatch.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

export function findAlarm(world: World, realm: Realm, name: string): Resource | undefined {
  return findRecord(world, realm, ALARM, name) ?? findRecord(world, realm, COMPOSITE_ALARM, name);
}

/** @throws ServiceError ResourceNotFound */
export function alarmOf(world: World, realm: Realm, name: string | undefined): Resource {
  const alarm = findAlarm(world, realm, name ?? '');
  if (alarm !== undefined) return alarm;
  throw new ServiceError('ResourceNotFound', `Unknown alarm: ${name ?? ''}`, 404);
}

/** What templates and the API call alike. */
const TEXTS = [
  'AlarmDescription',
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Unit',
  'ComparisonOperator',
  'TreatMissingData',
  'EvaluateLowSampleCountPercentile',
  'ThresholdMetricId',
] as const;
const NUMBERS = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'] as const;
const LISTS = ['OKActions', 'AlarmActions', 'InsufficientDataActions', 'Dimensions', 'Metrics'] as const;

/** Everything of a metric alarm that stays as it is between template and API. */
export const METRIC_ALARM_MEMBERS = [...TEXTS, ...NUMBERS, ...LISTS, 'ActionsEnabled', 'AlarmName'] as const;

export function describeMetricAlarm(world: World, realm: Realm, alarm: Resource): CloudWatch.MetricAlarm {
  const { properties } = alarm;
  const some = (names: readonly string[], of: (value: unknown) => unknown): object =>
    Object.fromEntries(
      names.filter((name) => properties[name] !== undefined).map((name) => [name, of(properties[name])]),
    );
  return {
    ...shared(world, realm, alarm),
    ...some(TEXTS, String),
    ...some(NUMBERS, Number),
    Dimensions: (properties['Dimensions'] ?? []) as CloudWatch.Dimension[],
    ...(properties['Metrics'] === undefined ? {} : { Metrics: metricsOf(properties['Metrics']) }),
  };
}

export function describeCompositeAlarm(world: World, realm: Realm, alarm: Resource): CloudWatch.CompositeAlarm {
  const { AlarmRule, AlarmDescription } = alarm.properties;
  return {
    ...shared(world, realm, alarm),
    AlarmRule: String(AlarmRule ?? ''),
    ...(AlarmDescription === undefined ? {} : { AlarmDescription: String(AlarmDescription) }),
  };
}

function shared(world: World, realm: Realm, { id, arn, properties, createdAt }: Resource) {
  const state = stateOf(world, realm, id);
  const updated = new Date(state?.updatedAt ?? createdAt);
  const actions = (name: string): string[] => [...((properties[name] ?? []) as string[])];
  return {
    AlarmName: id,
    AlarmArn: arn,
    ActionsEnabled: String(properties['ActionsEnabled'] ?? true) === 'true',
    OKActions: actions('OKActions'),
    AlarmActions: actions('AlarmActions'),
    InsufficientDataActions: actions('InsufficientDataActions'),
    AlarmConfigurationUpdatedTimestamp: new Date(createdAt),
    StateValue: state?.value ?? ('INSUFFICIENT_DATA' as const),
    StateReason: state?.reason ?? 'Unchecked: Initial alarm creation',
    ...(state?.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: updated,
    StateTransitionedTimestamp: updated,
  };
}

/** Templates may give numbers and truth as text. */
function metricsOf(value: unknown): CloudWatch.MetricDataQuery[] {
  return (value as CloudWatch.MetricDataQuery[]).map((each) => ({
    ...each,
    ...(each.ReturnData === undefined ? {} : { ReturnData: String(each.ReturnData) === 'true' }),
    ...(each.MetricStat === undefined
      ? {}
      : { MetricStat: { ...each.MetricStat, Period: Number(each.MetricStat.Period) } }),
  }));
}
