import type { Resource } from '../resource.ts';
import type { Due, Realm, Table, World } from '../world.ts';
import { addressText, rangeOf } from './cidr.ts';
import { resourcesOf } from './resources-of.ts';
import { drawSeconds } from './seconds.ts';
import type { Seconds } from './seconds.ts';
import { dropRecord, findRecord, putRecord } from './stored-record.ts';

export const NETWORK_INTERFACE = 'AWS::EC2::NetworkInterface';

/** What EC2 keeps of an interface beside what CloudFormation has words for. By the interface's id. */
export interface InterfaceState {
  /** ARN or id of what put it there; absent where somebody made it by itself. */
  readonly owner?: string;
  readonly requesterId?: string;
  readonly interfaceType: string;
  readonly attachment?: InterfaceAttachment;
  /** An address of Amazon's own pool. Elastic IPs are kept with their association. */
  readonly publicIp?: string;
}

export interface InterfaceAttachment {
  readonly id: string;
  readonly at: number;
  /** `amazon-elb` and the like, or the account of the instance. */
  readonly instanceOwnerId: string;
  readonly instanceId?: string;
  readonly deviceIndex: number;
  readonly deleteOnTermination: boolean;
}

export interface InterfacesWanted {
  /** ARN or id of what they belong to; they are closed by it. */
  readonly owner: string;
  /** As AWS words it: `ELB app/web/0123456789abcdef`, `RDSNetworkInterface`, `Interface for NAT Gateway nat-…`. */
  readonly description: string;
  /** One interface in each. */
  readonly subnetIds: readonly string[];
  /** The VPC's default group where left out; an empty list is none at all, as NAT gateways have it. */
  readonly securityGroupIds?: readonly string[];
  /** `interface` unless said: `nat_gateway`, `vpc_endpoint`, `network_load_balancer`, `lambda`. */
  readonly interfaceType?: string;
  /** `amazon-elb`, `amazon-rds`, or the number of an account of AWS's, which is the default. */
  readonly requesterId?: string;
  /** The instance whose own interface it is, from its beginning to its end; then there is no requester. */
  readonly instanceId?: string;
  /** The address in the only subnet; a free one unless said. */
  readonly privateIp?: string;
  /** Given a public address of Amazon's: an internet-facing load balancer, a task with assignPublicIp. */
  readonly hasPublicIp?: boolean;
}

/** How long interfaces stay behind when their owner is gone. */
export const LINGER = {
  fargateTask: [20, 45, 90],
  interfaceEndpoint: [30, 90, 300],
  loadBalancer: [15, 40, 150],
  lambda: [900, 1200, 2700],
} as const satisfies Readonly<Record<string, Seconds>>;

export const RELEASE_INTERFACE = 'ec2.release-interface';

/** The account that most of AWS's managed interfaces are asked for by. */
const AWS_ACCOUNT = '727180483921';

export function interfaceStates(world: World, realm: Realm): Table<InterfaceState> {
  return world.table<InterfaceState>('ec2.interface', realm);
}

/**
 * Puts one network interface into each subnet, managed by a service on the account's behalf. While they exist neither
 * the subnets nor the security groups can be deleted.
 *
 * @returns their ids, in the order of the subnets
 */
export function openInterfaces(world: World, realm: Realm, wanted: InterfacesWanted): string[] {
  const { owner, interfaceType = 'interface', instanceId } = wanted;
  const requesterId = instanceId === undefined ? (wanted.requesterId ?? AWS_ACCOUNT) : undefined;
  return wanted.subnetIds.map((subnetId) => {
    const record = putInterface(world, realm, {
      subnetId,
      description: wanted.description,
      securityGroupIds: wanted.securityGroupIds,
      interfaceType,
      privateIp: wanted.privateIp,
    });
    interfaceStates(world, realm).put(record.id, {
      ...{ owner, interfaceType },
      ...(requesterId === undefined ? {} : { requesterId }),
      ...(wanted.hasPublicIp ? { publicIp: publicAddress(world) } : {}),
      attachment: {
        id: `${interfaceType === 'interface' ? 'eni-attach' : 'ela-attach'}-${world.hex(17)}`,
        at: world.now,
        ...attachedTo(realm, instanceId, requesterId),
      },
    });
    return record.id;
  });
}

type AttachedTo = Omit<InterfaceAttachment, 'id' | 'at'>;

/** An instance's first interface goes with it; what a service has attached only the service lets go of. */
function attachedTo(realm: Realm, instanceId: string | undefined, requesterId = ''): AttachedTo {
  if (instanceId !== undefined) {
    return { instanceOwnerId: realm.account, instanceId, deviceIndex: 0, deleteOnTermination: true };
  }
  const instanceOwnerId = /^\d+$/.test(requesterId) ? 'amazon-aws' : requesterId;
  return { instanceOwnerId, deviceIndex: 1, deleteOnTermination: false };
}

/**
 * Lets go of an owner's interfaces: at once, or after a time drawn between minimum and maximum, as AWS takes it. Does
 * nothing where the owner has none.
 *
 * @param inSubnets where only those in some subnets are meant
 */
export function closeInterfaces(
  world: World,
  realm: Realm,
  owner: string,
  lingerSeconds?: Seconds,
  inSubnets?: readonly string[],
): void {
  const ids = interfacesOf(world, realm, owner)
    .filter(({ properties }) => inSubnets?.includes(String(properties['SubnetId'])) ?? true)
    .map(({ id }) => id);
  if (ids.length === 0) return;
  const payload = { ids };
  if (lingerSeconds === undefined) return releaseInterfaces(world, { kind: RELEASE_INTERFACE, realm, payload });
  const afterMs = Math.round(drawSeconds(lingerSeconds, world.random()) * 1000);
  world.later(afterMs, { kind: RELEASE_INTERFACE, realm, payload });
}

/** The interfaces that belong to an owner, those that only linger among them. */
export function interfacesOf(world: World, realm: Realm, owner: string): Resource[] {
  const states = interfaceStates(world, realm);
  return [...resourcesOf(world, realm, NETWORK_INTERFACE)].filter(({ id }) => states.get(id)?.owner === owner);
}

/** Handles what `closeInterfaces` has put off. */
export function releaseInterfaces(world: World, { realm, payload }: Due): void {
  for (const id of payload['ids'] as readonly string[]) {
    dropRecord(world, realm, { type: NETWORK_INTERFACE, id });
    interfaceStates(world, realm).delete(id);
  }
}

interface InterfaceSketch {
  readonly subnetId: string;
  readonly description: string;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly interfaceType: string;
  readonly privateIp: string | undefined;
}

function putInterface(world: World, realm: Realm, sketch: InterfaceSketch): Resource {
  const id = `eni-${world.hex(17)}`;
  const subnet = findRecord(world, realm, 'AWS::EC2::Subnet', sketch.subnetId);
  const vpc = subnet && findRecord(world, realm, 'AWS::EC2::VPC', String(subnet.properties['VpcId']));
  const defaultGroup = vpc?.attributes['DefaultSecurityGroup'];
  const address = sketch.privateIp ?? privateAddress(world, realm, sketch.subnetId);
  const record: Resource = {
    type: NETWORK_INTERFACE,
    id,
    ref: id,
    arn: `arn:aws:ec2:${realm.region}:${realm.account}:network-interface/${id}`,
    attributes: { Id: id, PrimaryPrivateIpAddress: address, SecondaryPrivateIpAddresses: [], VpcId: vpc?.id ?? '' },
    properties: {
      SubnetId: sketch.subnetId,
      Description: sketch.description,
      GroupSet: [...(sketch.securityGroupIds ?? (defaultGroup === undefined ? [] : [defaultGroup]))],
      InterfaceType: sketch.interfaceType,
      PrivateIpAddress: address,
      SourceDestCheck: sketch.interfaceType === 'interface',
    },
    tags: {},
    createdAt: world.now,
  };
  putRecord(world, realm, record);
  return record;
}

/** The first four addresses of a subnet and its last are AWS's own. */
const RESERVED_FIRST = 4;

/** A free address of a subnet, drawn; its first free one where the draw is taken. */
export function privateAddress(world: World, realm: Realm, subnetId: string): string {
  const subnet = findRecord(world, realm, 'AWS::EC2::Subnet', subnetId);
  const range = rangeOf(String(subnet?.properties['CidrBlock'] ?? '10.0.0.0/24'));
  if (range === undefined) return '10.0.0.4';
  const taken = new Set<unknown>();
  for (const { properties } of resourcesOf(world, realm, NETWORK_INTERFACE)) {
    if (properties['SubnetId'] === subnetId) taken.add(properties['PrivateIpAddress']);
  }
  const hosts = Math.max(1, range.size - RESERVED_FIRST - 1);
  const drawn = Math.floor(world.random() * hosts);
  for (let step = 0; step < hosts; step += 1) {
    const address = addressText(range.first + RESERVED_FIRST + ((drawn + step) % hosts));
    if (!taken.has(address)) return address;
  }
  return addressText(range.first + RESERVED_FIRST);
}

/** An address of a block that most public addresses come from. */
export function publicAddress(world: World): string {
  const octet = (): number => 1 + Math.floor(world.random() * 253);
  return `52.${octet()}.${octet()}.${octet()}`;
}
