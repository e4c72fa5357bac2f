import type * as RDS from '@aws-sdk/client-rds';
import { CLUSTER_PARAMETER_GROUP, PARAMETER_GROUP } from '../../catalog/rds/groups.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { rdsPage } from './rds-page.ts';

type Given = Readonly<Record<string, unknown>>;

export function createParameterGroup(
  world: World,
  input: RDS.CreateDBParameterGroupMessage,
  call: Call,
): RDS.CreateDBParameterGroupResult {
  const { DBParameterGroupName, DBParameterGroupFamily: Family, Description } = input;
  const group = createRecord(world, call.realm, {
    type: PARAMETER_GROUP,
    properties: { DBParameterGroupName, Family, Description, Parameters: {} },
    tags: tagMap(input.Tags),
  });
  return { DBParameterGroup: view(group) };
}

export function describeParameterGroups(
  world: World,
  input: RDS.DescribeDBParameterGroupsMessage,
  call: Call,
): RDS.DBParameterGroupsMessage {
  const all = found(world, call.realm, PARAMETER_GROUP, input.DBParameterGroupName);
  const { items, ...rest } = rdsPage(all, input);
  return { DBParameterGroups: items.map(view), ...rest };
}

export function modifyParameterGroup(
  world: World,
  input: RDS.ModifyDBParameterGroupMessage,
  call: Call,
): RDS.DBParameterGroupNameMessage {
  const group = groupNamed(world, call.realm, PARAMETER_GROUP, input.DBParameterGroupName);
  setParameters(world, call.realm, group, input.Parameters);
  return { DBParameterGroupName: group.id };
}

export function describeParameters(
  world: World,
  input: RDS.DescribeDBParametersMessage,
  call: Call,
): RDS.DBParameterGroupDetails {
  const { items, ...rest } = rdsPage(
    parametersOf(groupNamed(world, call.realm, PARAMETER_GROUP, input.DBParameterGroupName)),
    input,
  );
  return { Parameters: [...items], ...rest };
}

export function deleteParameterGroup(world: World, input: RDS.DeleteDBParameterGroupMessage, call: Call): object {
  const { id } = groupNamed(world, call.realm, PARAMETER_GROUP, input.DBParameterGroupName);
  deleteRecord({ world, realm: call.realm, type: PARAMETER_GROUP, id });
  return {};
}

export function createClusterParameterGroup(
  world: World,
  input: RDS.CreateDBClusterParameterGroupMessage,
  call: Call,
): RDS.CreateDBClusterParameterGroupResult {
  const { DBClusterParameterGroupName, DBParameterGroupFamily: Family, Description } = input;
  const group = createRecord(world, call.realm, {
    type: CLUSTER_PARAMETER_GROUP,
    properties: { DBClusterParameterGroupName, Family, Description, Parameters: {} },
    tags: tagMap(input.Tags),
  });
  return { DBClusterParameterGroup: clusterView(group) };
}

export function describeClusterParameterGroups(
  world: World,
  input: RDS.DescribeDBClusterParameterGroupsMessage,
  call: Call,
): RDS.DBClusterParameterGroupsMessage {
  const all = found(world, call.realm, CLUSTER_PARAMETER_GROUP, input.DBClusterParameterGroupName);
  const { items, ...rest } = rdsPage(all, input);
  return { DBClusterParameterGroups: items.map(clusterView), ...rest };
}

export function deleteClusterParameterGroup(
  world: World,
  input: RDS.DeleteDBClusterParameterGroupMessage,
  call: Call,
): object {
  const { id } = groupNamed(world, call.realm, CLUSTER_PARAMETER_GROUP, input.DBClusterParameterGroupName);
  deleteRecord({ world, realm: call.realm, type: CLUSTER_PARAMETER_GROUP, id });
  return {};
}

function found(world: World, realm: Realm, type: string, asked: string | undefined): Resource[] {
  return asked === undefined ? [...resourcesOf(world, realm, type)] : [groupNamed(world, realm, type, asked)];
}

function groupNamed(world: World, realm: Realm, type: string, asked = ''): Resource {
  const group = findRecord(world, realm, type, asked.toLowerCase());
  if (group !== undefined) return group;
  const noun = type === PARAMETER_GROUP ? 'DBParameterGroup' : 'DBClusterParameterGroup';
  throw new ServiceError('DBParameterGroupNotFoundFault', `${noun} not found: ${asked}`, 404);
}

function setParameters(world: World, realm: Realm, group: Resource, parameters: readonly RDS.Parameter[] = []): void {
  const named = parameters.map(({ ParameterName, ParameterValue }) => [ParameterName ?? '', ParameterValue] as const);
  const before = (group.properties['Parameters'] ?? {}) as Given;
  setProperties(world, realm, group, { Parameters: { ...before, ...Object.fromEntries(named) } });
}

/** Those that were set; what AWS has set for the family is not known here. */
function parametersOf({ properties }: Resource): RDS.Parameter[] {
  return Object.entries((properties['Parameters'] ?? {}) as Given).map(([ParameterName, value]) => ({
    ...{ ParameterName, ParameterValue: String(value), Source: 'user', IsModifiable: true },
  }));
}

function view({ id, arn, properties }: Resource): RDS.DBParameterGroup {
  return { DBParameterGroupName: id, DBParameterGroupArn: arn, ...described(properties) };
}

function clusterView({ id, arn, properties }: Resource): RDS.DBClusterParameterGroup {
  return { DBClusterParameterGroupName: id, DBClusterParameterGroupArn: arn, ...described(properties) };
}

function described({ Family, Description }: Given): { DBParameterGroupFamily: string; Description: string } {
  return { DBParameterGroupFamily: String(Family ?? ''), Description: String(Description ?? '') };
}
