import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Behaviours, Making, Refusal } from '../behaviour.ts';
import { idsIn } from '../ec2/references.ts';
import { invalid } from '../ec2/refusals.ts';
import { resourceWith } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { CLUSTER, INSTANCE, rdsArn } from './kind.ts';
import type { DatabaseKind } from './kind.ts';

export const SUBNET_GROUP = 'AWS::RDS::DBSubnetGroup';
export const PARAMETER_GROUP = 'AWS::RDS::DBParameterGroup';
export const CLUSTER_PARAMETER_GROUP = 'AWS::RDS::DBClusterParameterGroup';
export const OPTION_GROUP = 'AWS::RDS::OptionGroup';

const SUBNET = 'AWS::EC2::Subnet';
const ZONES_MIN = 2;

export const groups: Behaviours = {
  [SUBNET_GROUP]: {
    ...named('DBSubnetGroupName', 'subgrp'),
    refuseCreate: refuseSubnets,
    taken: (id) => ({ text: `The DB subnet group '${id}' already exists.`, code: 'DBSubnetGroupAlreadyExistsFault' }),
    refuseDelete: subnetGroupInUse,
  },
  [PARAMETER_GROUP]: {
    ...named('DBParameterGroupName', 'pg'),
    taken: (id) => ({ text: `Parameter group ${id} already exists`, code: 'DBParameterGroupAlreadyExistsFault' }),
    refuseDelete: (world, realm, group) => parameterGroupInUse(world, realm, group, INSTANCE),
  },
  [CLUSTER_PARAMETER_GROUP]: {
    ...named('DBClusterParameterGroupName', 'cluster-pg'),
    taken: (id) => ({ text: `Parameter group ${id} already exists`, code: 'DBParameterGroupAlreadyExistsFault' }),
    refuseDelete: (world, realm, group) => parameterGroupInUse(world, realm, group, CLUSTER),
  },
  [OPTION_GROUP]: {
    ...named('OptionGroupName', 'og'),
    taken: (id) => ({ text: `Option group ${id} already exists`, code: 'OptionGroupAlreadyExistsFault' }),
  },
};

/** RDS keeps every name in small letters. */
function named(property: string, word: string): Pick<Behaviour, 'make'> {
  return {
    make(making) {
      const id = making.name(property, { maxLength: 255, lowerCase: true }).toLowerCase();
      return { id, arn: rdsArn(making.realm, word, id) };
    },
  };
}

function refuseSubnets({ world, realm, properties }: Making): Refusal | undefined {
  return properties['SubnetIds'] === undefined
    ? undefined
    : subnetsProblem(world, realm, idsIn(properties['SubnetIds']));
}

/** Why subnets cannot make a group: one is not there, or they lie in one zone. */
export function subnetsProblem(world: World, realm: Realm, ids: readonly string[]): Refusal | undefined {
  const subnets = ids.map((id) => findRecord(world, realm, SUBNET, id));
  if (subnets.includes(undefined)) {
    return invalid('InvalidSubnet', `Some input subnets in :[${ids.join(', ')}] are invalid.`);
  }
  const zones = [...new Set(subnets.map((subnet) => String(subnet?.attributes['AvailabilityZone'])))];
  if (zones.length >= ZONES_MIN) return undefined;
  return invalid(
    'DBSubnetGroupDoesNotCoverEnoughAZs',
    `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zones.join(', ')}. Add subnets to cover at least ${ZONES_MIN} AZs.`,
  );
}

function subnetGroupInUse(world: World, realm: Realm, { id }: Resource): Refusal | undefined {
  const isMember = ({ properties }: Resource): boolean => nameIn(properties['DBSubnetGroupName']) === id;
  const instance = resourceWith(world, realm, INSTANCE.type, isMember);
  const member = instance ?? resourceWith(world, realm, CLUSTER.type, isMember);
  if (member === undefined) return undefined;
  return invalid(
    'InvalidDBSubnetGroupStateFault',
    `Cannot delete the subnet group '${id}' because at least one database ${instance === undefined ? 'cluster' : 'instance'}: ${member.id} is still using it.`,
  );
}

function parameterGroupInUse(world: World, realm: Realm, { id }: Resource, kind: DatabaseKind): Refusal | undefined {
  const [property, members] =
    kind === INSTANCE ? ['DBParameterGroupName', 'instances'] : ['DBClusterParameterGroupName', 'clusters'];
  const member = resourceWith(world, realm, kind.type, ({ properties }) => nameIn(properties[property ?? '']) === id);
  if (member === undefined) return undefined;
  return invalid(
    'InvalidDBParameterGroupStateFault',
    `One or more database ${members} are still members of this parameter group ${id}, so the group cannot be deleted`,
  );
}

function nameIn(value: unknown): string {
  return String(value ?? '').toLowerCase();
}
