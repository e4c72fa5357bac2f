import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { eventsOf } from '../../catalog/log-streams.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { GROUP, invalidParameter, invalidToken, logGroupOf } from './group.ts';

const PAGE_SIZE = 50;
const NAME = /^[\w./#-]{1,512}$/;
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** What AWS counts for an event beside its text. */
const EVENT_OVERHEAD_BYTES = 26;

export function createLogGroup(world: World, input: Logs.CreateLogGroupRequest, call: Call): object {
  const name = input.logGroupName ?? '';
  if (!NAME.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
    );
  }
  const { kmsKeyId, logGroupClass } = input;
  const properties = {
    LogGroupName: name,
    ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
    ...(logGroupClass === undefined ? {} : { LogGroupClass: logGroupClass }),
  };
  createRecord(world, call.realm, { type: GROUP, properties, tags: input.tags ?? {} });
  return {};
}

export function deleteLogGroup(world: World, input: Logs.DeleteLogGroupRequest, call: Call): object {
  const { id } = logGroupOf(world, call.realm, input.logGroupName);
  deleteRecord({ world, realm: call.realm, type: GROUP, id });
  return {};
}

export function describeLogGroups(
  world: World,
  input: Logs.DescribeLogGroupsRequest,
  call: Call,
): Logs.DescribeLogGroupsResponse {
  const { logGroupNamePrefix, logGroupNamePattern, limit = PAGE_SIZE, nextToken: token } = input;
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  const pattern = logGroupNamePattern?.toLowerCase() ?? '';
  const groups = [...resourcesOf(world, call.realm, GROUP)]
    .filter(({ id }) => id.startsWith(logGroupNamePrefix ?? '') && id.toLowerCase().includes(pattern))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const { items, nextToken } = pageOf(groups, limit, token, invalidToken);
  const filters = metricFilterCounts(world, call.realm);
  return {
    logGroups: items.map((group) => describe(world, call.realm, group, filters.get(group.id) ?? 0)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

export function putRetentionPolicy(world: World, input: Logs.PutRetentionPolicyRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const days = input.retentionInDays ?? 0;
  if (!RETENTIONS.includes(days)) {
    throw invalidParameter(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: ` +
        `Member must satisfy enum value set: [${RETENTIONS.join(', ')}]`,
    );
  }
  setProperties(world, call.realm, group, { RetentionInDays: days });
  return {};
}

export function deleteRetentionPolicy(world: World, input: Logs.DeleteRetentionPolicyRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  setProperties(world, call.realm, group, { RetentionInDays: undefined });
  return {};
}

export function associateKmsKey(world: World, input: Logs.AssociateKmsKeyRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName ?? input.resourceIdentifier);
  setProperties(world, call.realm, group, { KmsKeyId: input.kmsKeyId });
  return {};
}

export function disassociateKmsKey(world: World, input: Logs.DisassociateKmsKeyRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName ?? input.resourceIdentifier);
  setProperties(world, call.realm, group, { KmsKeyId: undefined });
  return {};
}

function describe(world: World, realm: Realm, group: Resource, metricFilterCount: number): Logs.LogGroup {
  const arn = `arn:aws:logs:${realm.region}:${realm.account}:log-group:${group.id}`;
  const { RetentionInDays, KmsKeyId, LogGroupClass } = group.properties;
  let storedBytes = 0;
  for (const { message } of eventsOf(world, realm, group.id).values()) {
    storedBytes += Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
  }
  return {
    logGroupName: group.id,
    creationTime: group.createdAt,
    arn: `${arn}:*`,
    logGroupArn: arn,
    metricFilterCount,
    storedBytes,
    logGroupClass: (LogGroupClass ?? 'STANDARD') as Logs.LogGroupClass,
    ...(RetentionInDays === undefined ? {} : { retentionInDays: Number(RetentionInDays) }),
    ...(KmsKeyId === undefined ? {} : { kmsKeyId: String(KmsKeyId) }),
  };
}

function metricFilterCounts(world: World, realm: Realm): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { properties } of resourcesOf(world, realm, 'AWS::Logs::MetricFilter')) {
    const group = String(properties['LogGroupName']);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}
