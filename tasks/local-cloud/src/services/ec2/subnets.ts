import type * as EC2 from '@aws-sdk/client-ec2';
import { rangeOf } from '../../catalog/cidr.ts';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { SUBNET, zoneId } from '../../catalog/ec2/subnet.ts';
import { NETWORK_INTERFACE } from '../../catalog/network-interfaces.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { zonesOf } from '../../catalog/zones.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { create, recordOf, remove, required, tagsFor } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.Subnet> = {
  type: SUBNET,
  idOf: ({ SubnetId }) => SubnetId,
  fields: {
    'subnet-id': ({ SubnetId }) => SubnetId,
    'subnet-arn': ({ SubnetArn }) => SubnetArn,
    'vpc-id': ({ VpcId }) => VpcId,
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    availabilityZone: ({ AvailabilityZone }) => AvailabilityZone,
    'availability-zone-id': ({ AvailabilityZoneId }) => AvailabilityZoneId,
    availabilityZoneId: ({ AvailabilityZoneId }) => AvailabilityZoneId,
    'available-ip-address-count': ({ AvailableIpAddressCount }) => AvailableIpAddressCount,
    cidr: ({ CidrBlock }) => CidrBlock,
    'cidr-block': ({ CidrBlock }) => CidrBlock,
    cidrBlock: ({ CidrBlock }) => CidrBlock,
    'default-for-az': ({ DefaultForAz }) => DefaultForAz,
    defaultForAz: ({ DefaultForAz }) => DefaultForAz,
    'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
    'owner-id': ({ OwnerId }) => OwnerId,
    state: ({ State }) => State,
  },
};

export function describeSubnets(
  world: World,
  input: EC2.DescribeSubnetsRequest,
  { realm }: Call,
): EC2.DescribeSubnetsResult {
  const views = [...resourcesOf(world, realm, SUBNET)].map((record) => subnetView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.SubnetIds });
  return { Subnets: items, ...more };
}

export function createSubnet(world: World, input: EC2.CreateSubnetRequest, { realm }: Call): EC2.CreateSubnetResult {
  const properties = {
    VpcId: input.VpcId,
    CidrBlock: required(input.CidrBlock, 'cidrBlock'),
    AvailabilityZone: input.AvailabilityZone ?? zoneNamed(realm, input.AvailabilityZoneId),
  };
  const record = create(world, realm, SUBNET, properties, tagsFor(input.TagSpecifications, 'subnet'));
  return { Subnet: subnetView(world, realm, record) };
}

function zoneNamed({ region }: Realm, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const found = zonesOf(region).find((zone) => zoneId(zone) === id);
  if (found !== undefined) return found;
  const text = `Value (${id}) for parameter availabilityZoneId is invalid.`;
  throw new ServiceError('InvalidParameterValue', text);
}

export function deleteSubnet(world: World, { SubnetId }: EC2.DeleteSubnetRequest, { realm }: Call): object {
  remove(world, realm, SUBNET, SubnetId);
  return {};
}

export function modifySubnetAttribute(world: World, input: EC2.ModifySubnetAttributeRequest, { realm }: Call): object {
  const record = recordOf(world, realm, SUBNET, input.SubnetId);
  const { MapPublicIpOnLaunch, AssignIpv6AddressOnCreation, EnableDns64 } = input;
  const changes = Object.entries({ MapPublicIpOnLaunch, AssignIpv6AddressOnCreation, EnableDns64 });
  setProperties(world, realm, record, {
    ...Object.fromEntries(changes.flatMap(([name, value]) => (value === undefined ? [] : [[name, value.Value]]))),
    ...namesOnLaunch(record, input),
  });
  return {};
}

function namesOnLaunch(record: Resource, input: EC2.ModifySubnetAttributeRequest): Record<string, unknown> {
  const given = {
    HostnameType: input.PrivateDnsHostnameTypeOnLaunch,
    EnableResourceNameDnsARecord: input.EnableResourceNameDnsARecordOnLaunch?.Value,
    EnableResourceNameDnsAAAARecord: input.EnableResourceNameDnsAAAARecordOnLaunch?.Value,
  };
  const changes = Object.entries(given).filter(([, value]) => value !== undefined);
  if (changes.length === 0) return {};
  return { PrivateDnsNameOptionsOnLaunch: { ...nameOptions(record), ...Object.fromEntries(changes) } };
}

function nameOptions({ properties }: Resource): EC2.PrivateDnsNameOptionsOnLaunch {
  const given = (properties['PrivateDnsNameOptionsOnLaunch'] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    HostnameType: (given['HostnameType'] ?? 'ip-name') as EC2.HostnameType,
    EnableResourceNameDnsARecord: isTrue(given['EnableResourceNameDnsARecord']),
    EnableResourceNameDnsAAAARecord: isTrue(given['EnableResourceNameDnsAAAARecord']),
  };
}

/** AWS keeps five addresses of every subnet. */
const RESERVED = 5;

function subnetView(world: World, realm: Realm, record: Resource): EC2.Subnet {
  const { id, properties, attributes, tags } = record;
  const cidr = String(properties['CidrBlock']);
  let taken = RESERVED;
  for (const one of resourcesOf(world, realm, NETWORK_INTERFACE)) if (one.properties['SubnetId'] === id) taken += 1;
  return {
    SubnetId: id,
    ...(record.arn === undefined ? {} : { SubnetArn: record.arn }),
    OwnerId: realm.account,
    VpcId: String(properties['VpcId']),
    CidrBlock: cidr,
    State: 'available',
    AvailabilityZone: String(attributes['AvailabilityZone']),
    AvailabilityZoneId: String(attributes['AvailabilityZoneId']),
    AvailableIpAddressCount: Math.max(0, (rangeOf(cidr)?.size ?? 0) - taken),
    DefaultForAz: false,
    MapPublicIpOnLaunch: isTrue(properties['MapPublicIpOnLaunch']),
    AssignIpv6AddressOnCreation: isTrue(properties['AssignIpv6AddressOnCreation']),
    EnableDns64: isTrue(properties['EnableDns64']),
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    PrivateDnsNameOptionsOnLaunch: nameOptions(record),
    Ipv6CidrBlockAssociationSet: [],
    Tags: tagList(tags),
  };
}
