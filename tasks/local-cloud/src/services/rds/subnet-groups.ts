import type * as RDS from '@aws-sdk/client-rds';
import { idsIn } from '../../catalog/ec2/references.ts';
import { SUBNET_GROUP, subnetsProblem } from '../../catalog/rds/groups.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { propertiesFrom } from './properties-from.ts';
import { rdsPage } from './rds-page.ts';

export function createSubnetGroup(
  world: World,
  input: RDS.CreateDBSubnetGroupMessage,
  call: Call,
): RDS.CreateDBSubnetGroupResult {
  const properties = propertiesFrom(SUBNET_GROUP, input);
  const group = createRecord(world, call.realm, { type: SUBNET_GROUP, properties, tags: tagMap(input.Tags) });
  return { DBSubnetGroup: subnetGroupView(world, call.realm, group) };
}

export function describeSubnetGroups(
  world: World,
  input: RDS.DescribeDBSubnetGroupsMessage,
  call: Call,
): RDS.DBSubnetGroupMessage {
  const { DBSubnetGroupName: asked } = input;
  const all =
    asked === undefined ? [...resourcesOf(world, call.realm, SUBNET_GROUP)] : [groupNamed(world, call.realm, asked)];
  const { items, ...rest } = rdsPage(all, input);
  return { DBSubnetGroups: items.map((group) => subnetGroupView(world, call.realm, group)), ...rest };
}

export function modifySubnetGroup(
  world: World,
  input: RDS.ModifyDBSubnetGroupMessage,
  call: Call,
): RDS.ModifyDBSubnetGroupResult {
  const group = groupNamed(world, call.realm, input.DBSubnetGroupName ?? '');
  const problem = subnetsProblem(world, call.realm, input.SubnetIds ?? []);
  if (problem !== undefined) throw serviceError(problem);
  const { DBSubnetGroupName: _name, ...changes } = propertiesFrom(SUBNET_GROUP, input);
  return { DBSubnetGroup: subnetGroupView(world, call.realm, setProperties(world, call.realm, group, changes)) };
}

export function deleteSubnetGroup(world: World, input: RDS.DeleteDBSubnetGroupMessage, call: Call): object {
  const { id } = groupNamed(world, call.realm, input.DBSubnetGroupName ?? '');
  deleteRecord({ world, realm: call.realm, type: SUBNET_GROUP, id });
  return {};
}

export function subnetGroupView(world: World, realm: Realm, group: Resource): RDS.DBSubnetGroup {
  const subnets = idsIn(group.properties['SubnetIds']).map((id) => ({
    id,
    record: findRecord(world, realm, 'AWS::EC2::Subnet', id),
  }));
  const vpcId = subnets[0]?.record?.properties['VpcId'];
  return {
    DBSubnetGroupName: group.id,
    DBSubnetGroupDescription: String(group.properties['DBSubnetGroupDescription'] ?? ''),
    DBSubnetGroupArn: group.arn,
    SubnetGroupStatus: 'Complete',
    Subnets: subnets.map(({ id, record }) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: String(record?.attributes['AvailabilityZone'] ?? '') },
      SubnetStatus: 'Active',
    })),
    ...(vpcId === undefined ? {} : { VpcId: String(vpcId) }),
  };
}

function groupNamed(world: World, realm: Realm, asked: string): Resource {
  const group = findRecord(world, realm, SUBNET_GROUP, asked.toLowerCase());
  if (group !== undefined) return group;
  throw new ServiceError('DBSubnetGroupNotFoundFault', `DB subnet group '${asked}' does not exist.`, 404);
}
