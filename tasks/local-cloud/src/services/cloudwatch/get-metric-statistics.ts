import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { knownStatistic } from './get-metric-data.ts';
import { readBuckets, statistic } from './metric-store.ts';

const POINTS_MAX = 1440;

export function getMetricStatistics(
  world: World,
  input: CloudWatch.GetMetricStatisticsInput,
  call: Call,
): CloudWatch.GetMetricStatisticsOutput {
  const [from, to] = [input.StartTime?.getTime() ?? 0, input.EndTime?.getTime() ?? world.now];
  const periodMs = (input.Period ?? 60) * 1000;
  checkWindow(from, to, periodMs);
  const metric = {
    namespace: input.Namespace ?? '',
    name: input.MetricName ?? '',
    dimensions: input.Dimensions ?? [],
  };
  const buckets = readBuckets(world, call.realm, metric, { from, to, periodMs, unit: input.Unit });
  return {
    Label: metric.name,
    Datapoints: buckets.map((bucket) => ({
      Timestamp: new Date(bucket.at),
      Unit: bucket.unit as CloudWatch.StandardUnit,
      ...Object.fromEntries(
        (input.Statistics ?? []).map((name) => [name, knownStatistic(statistic(bucket, name), name)]),
      ),
    })),
  };
}

function checkWindow(from: number, to: number, periodMs: number): void {
  if (from >= to) {
    const text = 'The parameter StartTime must be less than the parameter EndTime.';
    throw new ServiceError('InvalidParameterValueException', text);
  }
  const points = Math.ceil((to - from) / periodMs);
  if (points <= POINTS_MAX) return;
  throw new ServiceError(
    'InvalidParameterCombinationException',
    `You have requested up to ${points} datapoints, which exceeds the limit of ${POINTS_MAX}. You may reduce the ` +
      'datapoints requested by increasing Period, or decreasing the time range.',
  );
}
