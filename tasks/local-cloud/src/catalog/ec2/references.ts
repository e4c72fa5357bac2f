import type { Realm, World } from '../../world.ts';
import type { Making, Refusal } from '../behaviour.ts';
import { findRecord } from '../stored-record.ts';

interface Wording {
  /** What ids begin with. */
  readonly prefix: string;
  readonly code: string;
  /** The first half of the code for an id that is none, where AWS spells it otherwise. */
  readonly malformed?: string;
  /** `The vpc ID '…' does not exist`, and its plural. */
  readonly noun: string;
  /** Where AWS words it otherwise. */
  readonly text?: (id: string) => string;
}

/** How EC2 says that something is not there; every service of its own words. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  'AWS::EC2::VPC': { prefix: 'vpc', code: 'InvalidVpcID', noun: 'vpc ID' },
  'AWS::EC2::Subnet': { prefix: 'subnet', code: 'InvalidSubnetID', noun: 'subnet ID' },
  'AWS::EC2::RouteTable': {
    prefix: 'rtb',
    code: 'InvalidRouteTableID',
    malformed: 'InvalidRouteTableId',
    noun: 'routeTable ID',
  },
  'AWS::EC2::InternetGateway': {
    prefix: 'igw',
    code: 'InvalidInternetGatewayID',
    malformed: 'InvalidInternetGatewayId',
    noun: 'internetGateway ID',
  },
  'AWS::EC2::EgressOnlyInternetGateway': { prefix: 'eigw', code: 'InvalidGatewayID', noun: 'gateway ID' },
  'AWS::EC2::NatGateway': {
    prefix: 'nat',
    code: 'NatGateway',
    noun: 'natGateway ID',
    text: (id) => `NatGateway ${id} was not found`,
  },
  'AWS::EC2::EIP': { prefix: 'eipalloc', code: 'InvalidAllocationID', noun: 'allocation ID' },
  'AWS::EC2::EIPAssociation': { prefix: 'eipassoc', code: 'InvalidAssociationID', noun: 'association ID' },
  'AWS::EC2::SecurityGroup': {
    prefix: 'sg',
    code: 'InvalidGroup',
    malformed: 'InvalidGroupId',
    noun: 'security group',
  },
  'AWS::EC2::SecurityGroupIngress': {
    prefix: 'sgr',
    code: 'InvalidSecurityGroupRuleId',
    noun: 'security group rule ID',
  },
  'AWS::EC2::NetworkInterface': {
    prefix: 'eni',
    code: 'InvalidNetworkInterfaceID',
    malformed: 'InvalidNetworkInterfaceId',
    noun: 'networkInterface ID',
  },
  'AWS::EC2::NetworkInterfaceAttachment': { prefix: 'eni-attach', code: 'InvalidAttachmentID', noun: 'attachment ID' },
  'AWS::EC2::VPCEndpoint': { prefix: 'vpce', code: 'InvalidVpcEndpointId', noun: 'Vpc Endpoint Id' },
  'AWS::EC2::VPCPeeringConnection': {
    prefix: 'pcx',
    code: 'InvalidVpcPeeringConnectionID',
    noun: 'vpcPeeringConnection ID',
  },
  'AWS::EC2::Instance': { prefix: 'i', code: 'InvalidInstanceID', noun: 'instance ID' },
  'AWS::EC2::Volume': {
    prefix: 'vol',
    code: 'InvalidVolume',
    malformed: 'InvalidVolumeID',
    noun: 'volume',
    text: (id) => `The volume '${id}' does not exist.`,
  },
  'AWS::EC2::Snapshot': {
    prefix: 'snap',
    code: 'InvalidSnapshot',
    malformed: 'InvalidSnapshotID',
    noun: 'snapshot',
    text: (id) => `The snapshot '${id}' does not exist.`,
  },
  'AWS::EC2::LaunchTemplate': {
    prefix: 'lt',
    code: 'InvalidLaunchTemplateId',
    noun: 'launch template ID',
    text: (id) => `The specified launch template, with template ID ${id}, does not exist.`,
  },
  'AWS::EC2::NetworkAcl': { prefix: 'acl', code: 'InvalidNetworkAclID', noun: 'networkAcl ID' },
  'AWS::EC2::FlowLog': {
    prefix: 'fl',
    code: 'InvalidFlowLogId',
    noun: 'flow log ID',
    text: (ids) => `These flow log ids in the input list are not found: [TotalCount: ${ids.split(', ').length}] ${ids}`,
  },
  'AWS::EC2::PrefixList': { prefix: 'pl', code: 'InvalidPrefixListID', noun: 'prefix list ID' },
  'AWS::EC2::TransitGateway': { prefix: 'tgw', code: 'InvalidTransitGatewayID', noun: 'transitGateway ID' },
};

/** That there is no such thing, as EC2 words it; several at once where several were asked for. */
export function missing(type: string, ...ids: readonly string[]): Refusal {
  const { code, noun, text } = WORDINGS[type] ?? { code: 'InvalidID', noun: 'ID' };
  const plural = `The ${noun}s '${ids.join(', ')}' do not exist`;
  const [only = ''] = ids;
  const said = text?.(ids.join(', ')) ?? (ids.length > 1 ? plural : `The ${noun} '${only}' does not exist`);
  // NAT gateways are the one noun without the dot.
  const suffix = type === 'AWS::EC2::NatGateway' ? 'NotFound' : '.NotFound';
  return { text: said, handlerErrorCode: 'NotFound', code: `${code}${suffix}` };
}

/** Why an id cannot be one of that type, by its looks alone. */
export function idRefusal(type: string, id: string): Refusal | undefined {
  const wording = WORDINGS[type];
  if (wording === undefined || id.startsWith(`${wording.prefix}-`)) return undefined;
  return {
    text: `Invalid id: "${id}" (expecting "${wording.prefix}-...")`,
    handlerErrorCode: 'InvalidRequest',
    code: `${wording.malformed ?? wording.code}${type === 'AWS::EC2::NatGateway' ? 'Malformed' : '.Malformed'}`,
  };
}

/** Why a property that names another thing, or a list of such, cannot be taken: one of them is not there. */
export function referenceRefusal(making: Making, property: string, type: string): Refusal | undefined {
  return absentRefusal(making.world, making.realm, type, idsIn(making.properties[property]));
}

/** That some of these ids are of nothing. */
export function absentRefusal(world: World, realm: Realm, type: string, ids: readonly string[]): Refusal | undefined {
  const absent = ids.filter((id) => findRecord(world, realm, type, id) === undefined);
  return absent.length === 0 ? undefined : missing(type, ...absent);
}

/** The ids in a property that may be one, a list, or not there. */
export function idsIn(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The type that an id is of, by what it begins with. */
export function typeOfId(id: string): string | undefined {
  const prefix = id.slice(0, id.lastIndexOf('-'));
  return Object.keys(WORDINGS).find((type) => WORDINGS[type]?.prefix === prefix);
}
