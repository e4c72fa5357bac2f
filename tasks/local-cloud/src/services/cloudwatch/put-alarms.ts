import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { addHistory } from '../../catalog/alarm-state.ts';
import { ALARM, COMPOSITE_ALARM } from '../../catalog/cloudwatch.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { putRecord } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import type { Tag } from '../tag-list.ts';
import { tagMap } from '../tag-list.ts';
import { alarmOf, findAlarm, METRIC_ALARM_MEMBERS } from './alarm.ts';

const ALARMS_MAX = 100;

export function putMetricAlarm(world: World, input: CloudWatch.PutMetricAlarmInput, call: Call): object {
  checkMetricAlarm(input);
  const given = METRIC_ALARM_MEMBERS.map((name) => [name, input[name]] as const);
  put(world, call, ALARM, Object.fromEntries(given), input.Tags);
  return {};
}

export function putCompositeAlarm(world: World, input: CloudWatch.PutCompositeAlarmInput, call: Call): object {
  const { Tags, ...properties } = input;
  put(world, call, COMPOSITE_ALARM, properties, Tags);
  return {};
}

/** All of them or none. */
export function deleteAlarms(world: World, input: CloudWatch.DeleteAlarmsInput, call: Call): object {
  const names = input.AlarmNames ?? [];
  if (names.length > ALARMS_MAX) {
    throw new ServiceError('ValidationError', `You can't delete more than ${ALARMS_MAX} alarms at a time.`);
  }
  for (const name of new Set(names)) {
    const { type, id } = alarmOf(world, call.realm, name);
    deleteRecord({ world, realm: call.realm, type, id });
  }
  return {};
}

/** Putting says the whole alarm, and leaves its state and its tags as they are. */
function put(
  world: World,
  call: Call,
  type: string,
  given: Readonly<Record<string, unknown>>,
  tags: readonly Tag[] | undefined,
): void {
  const properties = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const name = String(properties['AlarmName']);
  const known = findAlarm(world, call.realm, name);
  if (known === undefined) {
    createRecord(world, call.realm, { type, properties, tags: tagMap(tags) });
    return;
  }
  if (known.type !== type) {
    throw new ServiceError('ValidationError', `An alarm of another type exists with the name ${name}.`);
  }
  putRecord(world, call.realm, { ...known, properties });
  addHistory(world, call.realm, name, { type: 'ConfigurationUpdate', summary: `Alarm "${name}" updated` });
}

function checkMetricAlarm({
  MetricName,
  Metrics,
  Statistic,
  ExtendedStatistic,
  Period,
}: CloudWatch.PutMetricAlarmInput) {
  if ((MetricName === undefined) === (Metrics === undefined)) {
    throw new ServiceError('ValidationError', 'Exactly one of MetricName and Metrics must be given.');
  }
  if (MetricName !== undefined && (Statistic === undefined) === (ExtendedStatistic === undefined)) {
    throw new ServiceError(
      'InvalidParameterCombinationException',
      'Exactly one of Statistic and ExtendedStatistic must be specified for a metric alarm.',
    );
  }
  if (Period !== undefined && ![10, 20, 30].includes(Period) && Period % 60 !== 0) {
    throw new ServiceError('ValidationError', `Invalid period ${Period}: it must be 10, 20, 30 or a multiple of 60.`);
  }
}
