import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import type { Realm, World } from '../../world.ts';

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly CloudWatch.Dimension[];
}

interface KeptMetric extends MetricName {
  readonly lastAt: number;
}

/** What was measured in one minute. */
export interface Bucket {
  readonly at: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

const MINUTE_MS = 60_000;

export const metrics = (world: World, realm: Realm) => world.table<KeptMetric>('monitoring.metric', realm);
const buckets = (world: World, realm: Realm, metric: MetricName) =>
  world.table<Bucket>(`monitoring.datum/${keyOf(metric)}`, realm);

/** Adds one value, a set of statistics, or values with their counts. */
export function putDatum(world: World, realm: Realm, metric: MetricName, at: number, datum: CloudWatch.MetricDatum) {
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const unit = datum.Unit ?? 'None';
  const table = buckets(world, realm, metric);
  const key = `${minute} ${unit}`;
  const added = { at: minute, unit, ...statisticsOf(datum) };
  const known = table.get(key);
  table.put(key, known === undefined ? added : joined(known, added));
  const lastAt = Math.max(at, metrics(world, realm).get(keyOf(metric))?.lastAt ?? 0);
  metrics(world, realm).put(keyOf(metric), { ...metric, lastAt });
}

/** One bucket a period, oldest first; of one unit where it is asked for. */
export function readBuckets(
  world: World,
  realm: Realm,
  metric: MetricName,
  asked: { readonly from: number; readonly to: number; readonly periodMs: number; readonly unit?: string | undefined },
): Bucket[] {
  const found = new Map<number, Bucket>();
  for (const bucket of buckets(world, realm, metric).values()) {
    if (bucket.at < asked.from || bucket.at >= asked.to) continue;
    if (asked.unit !== undefined && bucket.unit !== asked.unit) continue;
    const at = Math.floor(bucket.at / asked.periodMs) * asked.periodMs;
    const known = found.get(at);
    found.set(at, known === undefined ? { ...bucket, at } : joined(known, { ...bucket, at }));
  }
  return [...found.values()].sort((left, right) => left.at - right.at);
}

/** Undefined where it cannot be had from sums: percentiles and the like. */
export function statistic({ count, sum, min, max }: Bucket, name: string): number | undefined {
  const known: Readonly<Record<string, number>> = {
    ...{ SampleCount: count, Sum: sum, Minimum: min, Maximum: max },
    Average: sum / count,
  };
  return known[name];
}

function joined(left: Bucket, right: Bucket): Bucket {
  return {
    ...left,
    count: left.count + right.count,
    sum: left.sum + right.sum,
    min: Math.min(left.min, right.min),
    max: Math.max(left.max, right.max),
  };
}

function statisticsOf({ StatisticValues: set, Values = [], Counts = [], Value = 0 }: CloudWatch.MetricDatum) {
  if (set !== undefined) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = set;
    return { count: SampleCount, sum: Sum, min: Minimum, max: Maximum };
  }
  const values = Values.length === 0 ? [Value] : Values;
  const counts = values.map((_, index) => Counts[index] ?? 1);
  return {
    count: counts.reduce((total, count) => total + count, 0),
    sum: values.reduce((total, value, index) => total + value * (counts[index] ?? 1), 0),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

/** Dimensions are a set: their order says nothing. */
function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = dimensions.map(({ Name, Value }) => `${Name}=${Value}`).toSorted();
  return [namespace, name, ...sorted].join('\n');
}
