import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken } from './describe-alarms.ts';
import { metrics, putDatum } from './metric-store.ts';

const PAGE_SIZE = 500;
const DAY_MS = 86_400_000;
const LISTED_MS = 14 * DAY_MS;
const PAST_MS_MAX = 14 * DAY_MS;
const FUTURE_MS_MAX = 2 * 3_600_000;

export function putMetricData(world: World, input: CloudWatch.PutMetricDataInput, call: Call): object {
  const namespace = input.Namespace ?? '';
  if (namespace.startsWith('AWS/')) {
    throw new ServiceError('InvalidParameterValueException', 'The value AWS/ for parameter Namespace is invalid.');
  }
  (input.MetricData ?? []).forEach((datum, index) => {
    const at = datum.Timestamp?.getTime() ?? world.now;
    if (at < world.now - PAST_MS_MAX || at > world.now + FUTURE_MS_MAX) {
      throw new ServiceError(
        'InvalidParameterValueException',
        `The parameter MetricData.member.${index + 1}.Timestamp must specify a time within the past two weeks.`,
      );
    }
    putDatum(
      world,
      call.realm,
      { namespace, name: datum.MetricName ?? '', dimensions: datum.Dimensions ?? [] },
      at,
      datum,
    );
  });
  return {};
}

/** Metrics that got a value in the last two weeks. */
export function listMetrics(
  world: World,
  input: CloudWatch.ListMetricsInput,
  call: Call,
): CloudWatch.ListMetricsOutput {
  const { Namespace, MetricName, Dimensions = [], RecentlyActive } = input;
  const sinceMs = RecentlyActive === undefined ? LISTED_MS : 3 * 3_600_000;
  const all = [...metrics(world, call.realm).values()].filter(
    ({ namespace, name, dimensions, lastAt }) =>
      (Namespace === undefined || namespace === Namespace) &&
      (MetricName === undefined || name === MetricName) &&
      lastAt >= world.now - sinceMs &&
      Dimensions.every((wanted) =>
        dimensions.some(
          (each) => each.Name === wanted.Name && (wanted.Value === undefined || each.Value === wanted.Value),
        ),
      ),
  );
  const { items, nextToken } = pageOf(all, PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Metrics: items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: [...dimensions],
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
