import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { isInside, isOverlapping, rangeOf } from '../cidr.ts';
import { NETWORK_INTERFACE } from '../network-interfaces.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { dropRecord, findRecord } from '../stored-record.ts';
import { zonesOf } from '../zones.ts';
import { referenceRefusal } from './references.ts';
import { alreadyThere, firstOf, hasDependencies, invalid } from './refusals.ts';
import { cidrRefusal, rangesOf, VPC } from './vpc.ts';

export const SUBNET = 'AWS::EC2::Subnet';

export const subnet: Behaviour = {
  make(making) {
    const zone = making.text('AvailabilityZone') ?? `${making.realm.region}a`;
    return {
      attributes: {
        AvailabilityZone: zone,
        AvailabilityZoneId: zoneId(zone),
        NetworkAclAssociationId: making.id('aclassoc'),
        Ipv6CidrBlocks: [],
      },
    };
  },
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'VpcId', VPC),
      () => zoneRefusal(making),
      () => cidrRefusal(making, 'InvalidSubnet.Range'),
      () => placeRefusal(making),
    ),
  refuseDelete: inUse,
  gone: forgetAssociations,
};

/** `euw1-az1` of `eu-west-1a`. EST: AWS gives every account letters of its own. */
export function zoneId(zone: string): string {
  const [, area = '', side = '', number = '', letter = 'a'] = /^([a-z]+)-([a-z]+)-(\d)([a-z])$/.exec(zone) ?? [];
  const direction = /^(?:(north|south)?(east|west)?|central)$/.exec(side);
  const short = direction?.[1] && direction[2] ? `${direction[1][0]}${direction[2][0]}` : side.charAt(0);
  return `${area}${short}${number}-az${letter.charCodeAt(0) - 96}`;
}

function zoneRefusal({ text, realm }: Making): Refusal | undefined {
  const zone = text('AvailabilityZone');
  const zones = zonesOf(realm.region);
  if (zone === undefined || zones.includes(zone)) return undefined;
  return invalid(
    'InvalidParameterValue',
    `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the ` +
      `following availability zones: ${zones.join(', ')}.`,
  );
}

function placeRefusal({ world, realm, text }: Making): Refusal | undefined {
  const cidr = text('CidrBlock');
  const range = cidr === undefined ? undefined : rangeOf(cidr);
  const vpcId = text('VpcId');
  const owner = vpcId === undefined ? undefined : findRecord(world, realm, VPC, vpcId);
  if (range === undefined || owner === undefined) return undefined;
  if (!rangesOf(world, realm, owner).some((outer) => isInside(range, outer))) {
    return invalid('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  }
  const neighbour = resourceWith(world, realm, SUBNET, ({ properties }) => {
    const other = properties['VpcId'] === vpcId ? rangeOf(String(properties['CidrBlock'])) : undefined;
    return other !== undefined && isOverlapping(range, other);
  });
  return neighbour && alreadyThere('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
}

function inUse(world: World, realm: Realm, { id }: Resource): Refusal | undefined {
  const user = resourceWith(world, realm, NETWORK_INTERFACE, ({ properties }) => properties['SubnetId'] === id);
  return user && hasDependencies('subnet', id);
}

function forgetAssociations(world: World, realm: Realm, { id }: Resource): void {
  for (const type of ['AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::SubnetNetworkAclAssociation']) {
    for (const association of [...resourcesOf(world, realm, type)]) {
      if (association.properties['SubnetId'] === id) dropRecord(world, realm, association);
    }
  }
}
