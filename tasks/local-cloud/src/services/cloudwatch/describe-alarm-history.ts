import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { allHistory, historyOf } from '../../catalog/alarm-state.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken } from './describe-alarms.ts';

const PAGE_SIZE = 100;

/** Newest first, unless it is said otherwise. */
export function describeAlarmHistory(
  world: World,
  input: CloudWatch.DescribeAlarmHistoryInput,
  call: Call,
): CloudWatch.DescribeAlarmHistoryOutput {
  const { AlarmName, HistoryItemType, StartDate, EndDate, ScanBy } = input;
  const items =
    AlarmName === undefined ? [...allHistory(world, call.realm)] : [...historyOf(world, call.realm, AlarmName)];
  const found = items
    .filter(
      ({ type, at }) =>
        (HistoryItemType === undefined || type === HistoryItemType) &&
        at >= (StartDate?.getTime() ?? 0) &&
        at <= (EndDate?.getTime() ?? Number.POSITIVE_INFINITY),
    )
    .sort((left, right) => left.at - right.at);
  if (ScanBy !== 'TimestampAscending') found.reverse();
  const { items: page, nextToken } = pageOf(found, input.MaxRecords ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    AlarmHistoryItems: page.map(({ type, at, alarm, summary, data }) => ({
      AlarmName: alarm,
      AlarmType: 'MetricAlarm',
      Timestamp: new Date(at),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: data,
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
