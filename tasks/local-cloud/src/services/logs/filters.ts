import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken, logGroupOf, notFound } from './group.ts';

const METRIC = 'AWS::Logs::MetricFilter';
const SUBSCRIPTION = 'AWS::Logs::SubscriptionFilter';
const SUBSCRIPTIONS_MAX = 2;
const PAGE_SIZE = 50;

type Values = Record<string, unknown>;

export function putMetricFilter(world: World, input: Logs.PutMetricFilterRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const MetricTransformations = input.metricTransformations?.map((each) => ({
    MetricName: each.metricName,
    MetricNamespace: each.metricNamespace,
    MetricValue: each.metricValue,
    ...(each.defaultValue === undefined ? {} : { DefaultValue: each.defaultValue }),
    ...(each.unit === undefined ? {} : { Unit: each.unit }),
  }));
  const FilterName = input.filterName ?? '';
  put(world, call, METRIC, `${group.id}|${FilterName}`, {
    ...{ LogGroupName: group.id, FilterName, MetricTransformations },
    FilterPattern: input.filterPattern,
  });
  return {};
}

export function describeMetricFilters(
  world: World,
  input: Logs.DescribeMetricFiltersRequest,
  call: Call,
): Logs.DescribeMetricFiltersResponse {
  const { logGroupName, filterNamePrefix = '' } = input;
  if (logGroupName !== undefined) logGroupOf(world, call.realm, logGroupName);
  const all = filtersOf(world, call, METRIC, logGroupName, filterNamePrefix);
  const { items, nextToken } = pageOf(all, input.limit ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { metricFilters: items.map(describeMetric), ...(nextToken === undefined ? {} : { nextToken }) };
}

export function deleteMetricFilter(world: World, input: Logs.DeleteMetricFilterRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const id = `${group.id}|${input.filterName}`;
  if (findRecord(world, call.realm, METRIC, id) === undefined) throw notFound('metric filter');
  deleteRecord({ world, realm: call.realm, type: METRIC, id });
  return {};
}

export function putSubscriptionFilter(world: World, input: Logs.PutSubscriptionFilterRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const FilterName = input.filterName ?? '';
  const others = filtersOf(world, call, SUBSCRIPTION, group.id, '').filter(
    ({ properties }) => properties['FilterName'] !== FilterName,
  );
  if (others.length >= SUBSCRIPTIONS_MAX) throw new ServiceError('LimitExceededException', 'Resource limit exceeded.');
  put(world, call, SUBSCRIPTION, `${FilterName}|${group.id}`, {
    LogGroupName: group.id,
    FilterName,
    FilterPattern: input.filterPattern,
    DestinationArn: input.destinationArn,
    RoleArn: input.roleArn,
    Distribution: input.distribution,
  });
  return {};
}

export function describeSubscriptionFilters(
  world: World,
  input: Logs.DescribeSubscriptionFiltersRequest,
  call: Call,
): Logs.DescribeSubscriptionFiltersResponse {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const all = filtersOf(world, call, SUBSCRIPTION, group.id, input.filterNamePrefix ?? '');
  const { items, nextToken } = pageOf(all, input.limit ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { subscriptionFilters: items.map(describeSubscription), ...(nextToken === undefined ? {} : { nextToken }) };
}

export function deleteSubscriptionFilter(
  world: World,
  input: Logs.DeleteSubscriptionFilterRequest,
  call: Call,
): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const id = `${input.filterName}|${group.id}`;
  if (findRecord(world, call.realm, SUBSCRIPTION, id) === undefined) throw notFound('subscription filter');
  deleteRecord({ world, realm: call.realm, type: SUBSCRIPTION, id });
  return {};
}

/** Putting is making or replacing. */
function put(world: World, { realm }: Call, type: string, id: string, values: Values): void {
  const properties = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const known = findRecord(world, realm, type, id);
  if (known === undefined) createRecord(world, realm, { type, properties });
  else setProperties(world, realm, known, values);
}

function filtersOf(world: World, call: Call, type: string, group: string | undefined, prefix: string): Resource[] {
  return [...resourcesOf(world, call.realm, type)]
    .filter(({ properties: { LogGroupName, FilterName } }) => {
      return (group === undefined || LogGroupName === group) && String(FilterName).startsWith(prefix);
    })
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function describeMetric({ properties, createdAt }: Resource): Logs.MetricFilter {
  const transformations = (properties['MetricTransformations'] ?? []) as Values[];
  return {
    ...shared(properties, createdAt),
    metricTransformations: transformations.map((each) => ({
      metricName: String(each['MetricName']),
      metricNamespace: String(each['MetricNamespace']),
      metricValue: String(each['MetricValue']),
      ...(each['DefaultValue'] === undefined ? {} : { defaultValue: Number(each['DefaultValue']) }),
      ...(each['Unit'] === undefined ? {} : { unit: each['Unit'] as Logs.StandardUnit }),
    })),
  };
}

function describeSubscription({ properties, createdAt }: Resource): Logs.SubscriptionFilter {
  const { DestinationArn, RoleArn, Distribution } = properties;
  return {
    ...shared(properties, createdAt),
    destinationArn: String(DestinationArn),
    distribution: (Distribution ?? 'ByLogStream') as Logs.Distribution,
    ...(RoleArn === undefined ? {} : { roleArn: String(RoleArn) }),
  };
}

function shared({ FilterName, FilterPattern, LogGroupName }: Readonly<Values>, createdAt: number) {
  return {
    filterName: String(FilterName),
    filterPattern: String(FilterPattern ?? ''),
    logGroupName: String(LogGroupName),
    creationTime: createdAt,
  };
}
