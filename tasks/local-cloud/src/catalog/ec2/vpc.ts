import type { Resource } from '../../resource.ts';
import type { Realm, Table, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { cidrText, rangeOf } from '../cidr.ts';
import type { Range } from '../cidr.ts';
import { resourcesOf } from '../resources-of.ts';
import { dropRecord, findRecord, putRecord } from '../stored-record.ts';
import { firstOf, hasDependencies, invalid, overLimit } from './refusals.ts';

export const VPC = 'AWS::EC2::VPC';
const QUOTA = 5;

/** What EC2 keeps of a VPC beside its record, by the VPC's id. */
export interface VpcState {
  readonly mainRouteTableId: string;
  readonly mainAssociationId: string;
  readonly dhcpOptionsId: string;
}

export function vpcStates(world: World, realm: Realm): Table<VpcState> {
  return world.table<VpcState>('ec2.vpc', realm);
}

export const vpc: Behaviour = {
  make: (making) => ({
    attributes: {
      CidrBlock: normalCidr(making.text('CidrBlock') ?? '10.0.0.0/16'),
      CidrBlockAssociations: [making.id('vpc-cidr-assoc')],
      DefaultNetworkAcl: making.id('acl'),
      DefaultSecurityGroup: making.id('sg'),
      Ipv6CidrBlocks: [],
    },
  }),
  refuseCreate: (making) =>
    firstOf(
      () => cidrRefusal(making, 'InvalidVpc.Range'),
      () => quotaRefusal(making),
    ),
  made: makeDefaults,
  refuseDelete: inUse,
  gone: forgetDefaults,
};

/** Why a range cannot be a VPC's or a subnet's: both take /16 to /28. */
export function cidrRefusal(making: Making, code: string): Refusal | undefined {
  const cidr = making.text('CidrBlock');
  if (cidr === undefined) return undefined;
  const range = rangeOf(cidr);
  if (range === undefined) {
    const text = `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`;
    return invalid('InvalidParameterValue', text);
  }
  if (range.prefix < 16 || range.prefix > 28) return invalid(code, `The CIDR '${cidr}' is invalid.`);
  return undefined;
}

/** Every IPv4 range of a VPC, its first one and those that were added. */
export function rangesOf(world: World, realm: Realm, record: Resource): Range[] {
  const added = [...resourcesOf(world, realm, 'AWS::EC2::VPCCidrBlock')].filter(
    ({ properties }) => properties['VpcId'] === record.id,
  );
  return [record.attributes['CidrBlock'], ...added.map(({ properties }) => properties['CidrBlock'])].flatMap((cidr) => {
    const range = typeof cidr === 'string' ? rangeOf(cidr) : undefined;
    return range === undefined ? [] : [range];
  });
}

function normalCidr(cidr: string): string {
  const range = rangeOf(cidr);
  return range === undefined ? cidr : cidrText(range);
}

function quotaRefusal({ world, realm }: Making): Refusal | undefined {
  const isFull = [...resourcesOf(world, realm, VPC)].length >= QUOTA;
  return isFull ? overLimit('VpcLimitExceeded', 'The maximum number of VPCs has been reached.') : undefined;
}

/** A VPC is never without a group, an access list and a route table; they come and go with it. */
function makeDefaults(world: World, realm: Realm, record: Resource): void {
  const state: VpcState = {
    mainRouteTableId: `rtb-${world.hex(17)}`,
    mainAssociationId: `rtbassoc-${world.hex(17)}`,
    dhcpOptionsId: `dopt-${world.hex(8)}`,
  };
  vpcStates(world, realm).put(record.id, state);
  const group = {
    GroupName: 'default',
    GroupDescription: 'default VPC security group',
    SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: record.attributes['DefaultSecurityGroup'] }],
  };
  for (const [type, id, properties, idAttribute] of defaultsOf(record, state)) {
    putRecord(world, realm, {
      ...{ type, id, ref: id, tags: {}, createdAt: world.now },
      arn: `arn:aws:ec2:${realm.region}:${realm.account}:${properties}/${id}`,
      attributes: { [idAttribute]: id, ...(type === 'AWS::EC2::SecurityGroup' ? { Id: id, VpcId: record.id } : {}) },
      properties: { VpcId: record.id, ...(type === 'AWS::EC2::SecurityGroup' ? group : {}) },
    });
  }
}

/** Type, id, the ARN's word, and the attribute that the id is. */
function defaultsOf({ attributes }: Resource, state: VpcState | undefined): [string, string, string, string][] {
  return [
    ['AWS::EC2::SecurityGroup', String(attributes['DefaultSecurityGroup']), 'security-group', 'GroupId'],
    ['AWS::EC2::NetworkAcl', String(attributes['DefaultNetworkAcl']), 'network-acl', 'Id'],
    ['AWS::EC2::RouteTable', state?.mainRouteTableId ?? '', 'route-table', 'RouteTableId'],
  ];
}

function forgetDefaults(world: World, realm: Realm, record: Resource): void {
  const defaults = defaultsOf(record, vpcStates(world, realm).get(record.id));
  for (const [type, id] of defaults) dropRecord(world, realm, { type, id });
  const ids = new Set(defaults.map(([, id]) => id));
  const parts = ['RouteTableId', 'GroupId', 'NetworkAclId'];
  for (const type of ['AWS::EC2::Route', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']) {
    for (const part of [...resourcesOf(world, realm, type)]) {
      if (parts.some((property) => ids.has(String(part.properties[property])))) dropRecord(world, realm, part);
    }
  }
  vpcStates(world, realm).delete(record.id);
}

/** What has to go before its VPC can. */
const INSIDE: ReadonlySet<string> = new Set([
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::NetworkAcl',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::VPCPeeringConnection',
]);

function inUse(world: World, realm: Realm, record: Resource): Refusal | undefined {
  const own = new Set(defaultsOf(record, vpcStates(world, realm).get(record.id)).map(([, id]) => id));
  for (const type of INSIDE) {
    for (const { id, properties } of resourcesOf(world, realm, type)) {
      const isInside = properties['VpcId'] === record.id || properties['PeerVpcId'] === record.id;
      if (isInside && !own.has(id)) return hasDependencies('vpc', record.id);
    }
  }
  return undefined;
}

/** Whether it came with its VPC. */
export function isDefault(world: World, realm: Realm, { id, properties }: Resource): boolean {
  const owner = findRecord(world, realm, VPC, String(properties['VpcId']));
  return owner !== undefined && defaultsOf(owner, vpcStates(world, realm).get(owner.id)).some(([, one]) => one === id);
}
