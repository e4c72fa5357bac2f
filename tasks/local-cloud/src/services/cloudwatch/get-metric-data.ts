import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { readBuckets, statistic } from './metric-store.ts';

/** Metrics by one statistic each; newest first unless it is said otherwise. */
export function getMetricData(
  world: World,
  input: CloudWatch.GetMetricDataInput,
  call: Call,
): CloudWatch.GetMetricDataOutput {
  const [from, to] = [input.StartTime?.getTime() ?? 0, input.EndTime?.getTime() ?? world.now];
  if (from >= to) {
    throw new ServiceError('ValidationError', 'The parameter StartTime must be less than the parameter EndTime.');
  }
  const isAscending = input.ScanBy === 'TimestampAscending';
  const results = (input.MetricDataQueries ?? []).map((query) => ({
    isShown: query.ReturnData !== false,
    result: resultOf(world, call, query, { from, to, isAscending }),
  }));
  return { MetricDataResults: results.flatMap(({ isShown, result }) => (isShown ? [result] : [])), Messages: [] };
}

function resultOf(
  world: World,
  call: Call,
  { Id, Label, MetricStat }: CloudWatch.MetricDataQuery,
  { from, to, isAscending }: { from: number; to: number; isAscending: boolean },
): CloudWatch.MetricDataResult {
  if (MetricStat === undefined) {
    throw new ServiceError('NotImplemented', `The local cloud does not simulate metric expressions: ${Id ?? ''}`, 501);
  }
  const { Metric, Period = 60, Stat = '', Unit } = MetricStat;
  const metric = {
    namespace: Metric?.Namespace ?? '',
    name: Metric?.MetricName ?? '',
    dimensions: Metric?.Dimensions ?? [],
  };
  const buckets = readBuckets(world, call.realm, metric, { from, to, periodMs: Period * 1000, unit: Unit });
  if (!isAscending) buckets.reverse();
  return {
    Id,
    Label: Label ?? metric.name,
    Timestamps: buckets.map(({ at }) => new Date(at)),
    Values: buckets.map((bucket) => knownStatistic(statistic(bucket, Stat), Stat)),
    StatusCode: 'Complete',
  };
}

export function knownStatistic(value: number | undefined, name: string): number {
  if (value !== undefined) return value;
  throw new ServiceError('NotImplemented', `The local cloud does not simulate the statistic ${name}`, 501);
}
