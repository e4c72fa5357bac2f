import type { PropertyType, ResourceType } from '@roundtrip/spec';
import type { Realm, World } from '../world.ts';
import type { Made, Making } from './behaviour.ts';
import { ANY_NAME, NAME_RULES, generatedName } from './names.ts';
import type { NameRule } from './names.ts';

export interface MakingInput {
  readonly world: World;
  readonly realm: Realm;
  readonly type: ResourceType;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly logicalId: string;
  /** The stack that owns it; absent where a service's own API makes it. */
  readonly stackId?: string;
  /** How long CloudFormation will wait for it at least; absent where it does not wait. */
  readonly takesMs?: number;
}

/** Gives a behaviour its hands: names, ids and ARNs in the shapes of this realm. */
export function makingOf(input: MakingInput): Making {
  const { world, realm, type, properties } = input;
  const names = new Map<string, string>();
  const text = (property: string): string | undefined => {
    const value = properties[property];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  return {
    ...input,
    text,
    name(property: string, rule: NameRule = NAME_RULES[type.name] ?? ANY_NAME): string {
      const given = text(property) ?? names.get(property);
      if (given !== undefined) return given;
      const name = generatedName(world, input.stackName, input.logicalId, rule);
      names.set(property, name);
      return name;
    },
    arn: (service, rest) => `arn:aws:${service}:${realm.region}:${realm.account}:${rest}`,
    id: (prefix) => `${prefix}-${world.hex(17)}`,
  };
}

export interface Whole {
  readonly id: string;
  readonly ref: string;
  readonly arn?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * The rule for every type of the specification: its primary identifier, ARN template and attributes, with what the
 * type's own behaviour has already decided put on top.
 */
export function wholeOf(making: Making, made: Made): Whole {
  const { type } = making;
  const parts = new Map<string, string>();
  for (const name of type.primaryIdentifier) parts.set(name, identifierPart(making, name, made));
  const id = made.id ?? ([...parts.values()].join('|') || making.name('Name'));
  const own = [...parts.values()][0] ?? id;
  const arn = made.arn ?? (own.startsWith('arn:') ? own : arnOf(making, id, made));
  const attributes: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(type.attributes)) {
    attributes[name] = made.attributes?.[name] ?? parts.get(name) ?? attributeOf(making, { name, shape, id, arn });
  }
  return { id, ref: made.ref ?? id, ...(arn === undefined ? {} : { arn }), attributes };
}

function identifierPart(making: Making, name: string, made: Made): string {
  const { type, world } = making;
  const decided = made.attributes?.[name] ?? making.text(name);
  if (decided !== undefined) return String(decided);
  // A lone identifier that the behaviour has given stands for its property too.
  if (type.primaryIdentifier.length === 1 && made.id !== undefined) return made.id;
  if (!(name in type.attributes)) return isIdLike(name) ? world.hex(12) : making.name(name);
  if (/arn$/i.test(name))
    return arnOf(making, `${shortType(type)}/${making.name('Name')}`, made) ?? making.name('Name');
  if (/(uuid|guid)$/i.test(name)) return world.uuid();
  if (/name$/i.test(name)) return making.name(name);
  return type.name.startsWith('AWS::EC2::') ? making.id(ec2Prefix(type)) : world.hex(12);
}

function isIdLike(name: string): boolean {
  return /(^|[a-z])Id$/.test(name);
}

/** Fills the published ARN template; without one, the form that most services share. */
export function arnOf(making: Making, id: string, made: Made): string | undefined {
  const { type, realm } = making;
  const service = type.name.split('::')[1]?.toLowerCase() ?? 'cloudformation';
  const template = type.arnTemplate;
  if (template === undefined) return `arn:aws:${service}:${realm.region}:${realm.account}:${id.replaceAll('|', '/')}`;
  const bare = id.startsWith(`${shortType(type)}/`) ? id.slice(shortType(type).length + 1) : id;
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    if (name === 'Partition') return 'aws';
    if (name === 'Region') return realm.region;
    if (name === 'Account') return realm.account;
    const known = made.attributes?.[name] ?? making.text(name);
    return known === undefined ? bare : String(known);
  });
}

function attributeOf(
  making: Making,
  attribute: { name: string; shape: PropertyType; id: string; arn: string | undefined },
): unknown {
  const { name, shape, id, arn } = attribute;
  const given = valueAt(making.properties, name.split('.'));
  if (given !== undefined) return given;
  switch (shape.type) {
    case 'array':
      return [];
    case 'map':
    case 'json':
    case 'ref':
      return {};
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    case 'date-time':
      return new Date(making.world.now).toISOString();
    default:
      return textAttribute(making, name, id, arn);
  }
}

function textAttribute(making: Making, name: string, id: string, arn: string | undefined): string {
  const { type, realm, world } = making;
  const service = type.name.split('::')[1]?.toLowerCase() ?? '';
  const last = name.split('.').at(-1) ?? name;
  if (last === 'Arn' || last === `${lastPart(type)}Arn`) return arn ?? id;
  if (last.endsWith('Arn'))
    return `arn:aws:${service}:${realm.region}:${realm.account}:${kebab(last.slice(0, -3))}/${world.hex(12)}`;
  if (last === `${lastPart(type)}Name` || last === 'Name') return id.split(/[/|:]/).at(-1) ?? id;
  if (last === `${lastPart(type)}Id` || last === 'Id') return id;
  if (/Id$/.test(last)) return world.hex(12);
  if (/(Status|State)$/.test(last)) return 'ACTIVE';
  if (/(Ur[li])$/.test(last)) return `https://${dnsLabel(id)}.${service}.${realm.region}.amazonaws.com`;
  if (/(Endpoint|Address|DomainName|DNS|DnsName|DNSName|Host)$/.test(last)) {
    return `${dnsLabel(id)}.${service}.${realm.region}.amazonaws.com`;
  }
  if (/(Time|Date|Timestamp|At)$/.test(last)) return new Date(world.now).toISOString();
  return `${dnsLabel(id)}-${kebab(last)}`;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function lastPart(type: ResourceType): string {
  return type.name.split('::').at(-1) ?? type.name;
}

function shortType(type: ResourceType): string {
  return kebab(lastPart(type));
}

function kebab(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

function dnsLabel(id: string): string {
  return (id.split(/[/|:]/).at(-1) ?? id).toLowerCase().replace(/[^a-z0-9-]/g, '-');
}

const EC2_PREFIXES: Readonly<Record<string, string>> = {
  VPC: 'vpc',
  Subnet: 'subnet',
  RouteTable: 'rtb',
  SecurityGroup: 'sg',
  SecurityGroupIngress: 'sgr',
  SecurityGroupEgress: 'sgr',
  InternetGateway: 'igw',
  EgressOnlyInternetGateway: 'eigw',
  NatGateway: 'nat',
  VPCEndpoint: 'vpce',
  VPCEndpointService: 'vpce-svc',
  FlowLog: 'fl',
  NetworkAcl: 'acl',
  NetworkInterface: 'eni',
  NetworkInterfaceAttachment: 'eni-attach',
  Instance: 'i',
  LaunchTemplate: 'lt',
  Volume: 'vol',
  SubnetRouteTableAssociation: 'rtbassoc',
  GatewayRouteTableAssociation: 'rtbassoc',
  SubnetNetworkAclAssociation: 'aclassoc',
  SubnetCidrBlock: 'subnet-cidr-assoc',
  VPCCidrBlock: 'vpc-cidr-assoc',
  DHCPOptions: 'dopt',
  KeyPair: 'key',
  TransitGateway: 'tgw',
  TransitGatewayAttachment: 'tgw-attach',
  TransitGatewayVpcAttachment: 'tgw-attach',
  TransitGatewayRouteTable: 'tgw-rtb',
  VPCPeeringConnection: 'pcx',
  VPNGateway: 'vgw',
  VPNConnection: 'vpn',
  CustomerGateway: 'cgw',
  PrefixList: 'pl',
  CapacityReservation: 'cr',
  Host: 'h',
  IPAM: 'ipam',
  IPAMPool: 'ipam-pool',
  ClientVpnEndpoint: 'cvpn-endpoint',
};

function ec2Prefix(type: ResourceType): string {
  return EC2_PREFIXES[lastPart(type)] ?? shortType(type);
}
