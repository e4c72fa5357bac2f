import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, Service, World } from '../../world.ts';
import { pageOf } from '../page.ts';

const TYPE = 'AWS::Logs::LogGroup';
const PAGE_SIZE = 50;
const NAME = /^[\w./#-]{1,512}$/;

/** Log groups, without what is in them; see SPEC.md beside this file. */
export const logs: Service = {
  client: 'client-cloudwatch-logs',
  operations: {
    CreateLogGroup: createLogGroup,
    DeleteLogGroup: deleteLogGroup,
    DescribeLogGroups: describeLogGroups,
    PutRetentionPolicy: putRetentionPolicy,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    ListTagsForResource: listTagsForResource,
  },
};

function createLogGroup(world: World, input: Logs.CreateLogGroupRequest, call: Call): object {
  const name = input.logGroupName ?? '';
  if (!NAME.test(name)) {
    throw new ServiceError(
      'InvalidParameterException',
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
    );
  }
  if (find(world, call.realm, name) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  put(world, call.realm, {
    type: TYPE,
    id: name,
    arn: arnOf(call.realm, name),
    ref: name,
    attributes: { Arn: `${arnOf(call.realm, name)}:*` },
    properties: { LogGroupName: name },
    tags: input.tags ?? {},
    createdAt: world.now,
  });
  return {};
}

function deleteLogGroup(world: World, input: Logs.DeleteLogGroupRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  resources(world, call.realm).delete(resourceKey(TYPE, group.id));
  return {};
}

function describeLogGroups(
  world: World,
  input: Logs.DescribeLogGroupsRequest,
  call: Call,
): Logs.DescribeLogGroupsResponse {
  const { logGroupNamePrefix = '', logGroupNamePattern = '', limit = PAGE_SIZE, nextToken: token } = input;
  const groups = [...resourcesOf(world, call.realm, TYPE)]
    .filter(({ id }) => id.startsWith(logGroupNamePrefix) && id.includes(logGroupNamePattern))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const invalid = (): ServiceError =>
    new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  const { items, nextToken } = pageOf(groups, limit, token, invalid);
  return {
    logGroups: items.map((group) => describe(call.realm, group)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

function putRetentionPolicy(world: World, input: Logs.PutRetentionPolicyRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  put(world, call.realm, { ...group, properties: { ...group.properties, RetentionInDays: input.retentionInDays } });
  return {};
}

function deleteRetentionPolicy(world: World, input: Logs.DeleteRetentionPolicyRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const { RetentionInDays: _retention, ...properties } = group.properties;
  put(world, call.realm, { ...group, properties });
  return {};
}

function listTagsForResource(
  world: World,
  input: Logs.ListTagsForResourceRequest,
  call: Call,
): Logs.ListTagsForResourceResponse {
  const name = (input.resourceArn ?? '').replace(/^.*:log-group:/, '').replace(/:\*$/, '');
  return { tags: { ...logGroupOf(world, call.realm, name).tags } };
}

function describe(realm: Realm, group: Resource): Logs.LogGroup {
  const arn = arnOf(realm, group.id);
  const days = group.properties['RetentionInDays'];
  return {
    logGroupName: group.id,
    creationTime: group.createdAt,
    arn: `${arn}:*`,
    logGroupArn: arn,
    metricFilterCount: 0,
    storedBytes: 0,
    logGroupClass: (group.properties['LogGroupClass'] ?? 'STANDARD') as Logs.LogGroupClass,
    ...(days === undefined ? {} : { retentionInDays: Number(days) }),
  };
}

/** @throws ServiceError ResourceNotFoundException */
function logGroupOf(world: World, realm: Realm, name: string | undefined): Resource {
  const group = find(world, realm, name ?? '');
  if (group === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return group;
}

function find(world: World, realm: Realm, name: string): Resource | undefined {
  return resources(world, realm).get(resourceKey(TYPE, name));
}

function put(world: World, realm: Realm, group: Resource): void {
  resources(world, realm).put(resourceKey(TYPE, group.id), group);
}

function arnOf({ region, account }: Realm, name: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}
