import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Readiness, Refusal } from '../behaviour.ts';
import { closeInterfaces, interfacesOf, LINGER, openInterfaces } from '../network-interfaces.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { drawSeconds, durationOf, GATEWAY_ENDPOINT } from '../seconds.ts';
import { findRecord, setProperties } from '../stored-record.ts';
import { isTrue } from './is-true.ts';
import { enter, lifecycles, turnLater } from './lifecycle.ts';
import { groupsElsewhere } from './network-interface.ts';
import { idsIn, referenceRefusal } from './references.ts';
import { alreadyThere, firstOf, invalid } from './refusals.ts';
import { managedPrefixLists } from './prefix-list.ts';
import { ROUTE_TABLE } from './route-table.ts';
import { SECURITY_GROUP } from './security-group-rule.ts';
import { SUBNET } from './subnet.ts';
import { VPC } from './vpc.ts';

export const VPC_ENDPOINT = 'AWS::EC2::VPCEndpoint';

export const vpcEndpoint: Behaviour = {
  make,
  seconds: ({ VpcEndpointType }) => (VpcEndpointType === 'Interface' ? undefined : GATEWAY_ENDPOINT),
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'VpcId', VPC),
      () => serviceRefusal(making),
      () => placeRefusal(making),
      () => (isInterface(making.properties) ? interfaceRefusal(making) : routesRefusal(making)),
    ),
  made: becomeAvailableLater,
  readiness,
  changed: followChanges,
  deleting,
  gone: (world, realm, { id }) => lifecycles(world, realm).delete(id),
};

export function isInterface({ VpcEndpointType }: Readonly<Record<string, unknown>>): boolean {
  return VpcEndpointType === 'Interface' || VpcEndpointType === 'GatewayLoadBalancer';
}

function make(making: Making): Made {
  const { world, realm, properties } = making;
  const id = making.id('vpce');
  const isOwnInterface = isInterface(properties);
  const interfaces = isOwnInterface ? openIn(making, id, idsIn(properties['SubnetIds'])) : [];
  const service = making.text('ServiceName')?.split('.').at(-1) ?? 'service';
  const host = `${id}-${world.hex(8)}.${service}.${realm.region}.vpce.amazonaws.com`;
  return {
    attributes: {
      Id: id,
      NetworkInterfaceIds: interfaces,
      DnsEntries: isOwnInterface ? [`Z38GZ743OKFT7T:${host}`] : [],
      CreationTimestamp: new Date(world.now).toISOString(),
    },
  };
}

function becomeAvailableLater(world: World, realm: Realm, { id, properties }: Resource, takesMs?: number): void {
  if (!isInterface(properties)) return enter(world, realm, id, 'available');
  enter(world, realm, id, 'pending');
  const afterMs = takesMs ?? drawSeconds(durationOf(VPC_ENDPOINT).create, world.random()) * 1000;
  turnLater(world, realm, { id, from: 'pending', to: 'available', afterMs });
}

/** When CloudFormation's own time for it is over, so is the endpoint's. */
function readiness(world: World, realm: Realm, { id }: Resource): Readiness {
  enter(world, realm, id, 'available');
  return 'ready';
}

function deleting(world: World, realm: Realm, { id }: Resource): void {
  if (lifecycles(world, realm).get(id)?.state === 'deleting') return;
  enter(world, realm, id, 'deleting');
  closeInterfaces(world, realm, id, LINGER.interfaceEndpoint);
}

interface Place {
  readonly world: World;
  readonly realm: Realm;
  readonly properties: Readonly<Record<string, unknown>>;
}

function openIn({ world, realm, properties }: Place, id: string, subnetIds: readonly string[]): string[] {
  const groups = idsIn(properties['SecurityGroupIds']);
  return openInterfaces(world, realm, {
    owner: id,
    description: `VPC Endpoint Interface ${id}`,
    subnetIds,
    ...(groups.length > 0 ? { securityGroupIds: groups } : {}),
    interfaceType: 'vpc_endpoint',
  });
}

/** A new subnet gets an interface, one that is left loses its own after a while, and groups are those of all of them. */
function followChanges(world: World, realm: Realm, before: Resource, after: Resource): void {
  if (!isInterface(after.properties)) return;
  const [old, now] = [idsIn(before.properties['SubnetIds']), idsIn(after.properties['SubnetIds'])];
  const left = old.filter((id) => !now.includes(id));
  closeInterfaces(world, realm, after.id, LINGER.interfaceEndpoint, left);
  const added = now.filter((id) => !old.includes(id));
  openIn({ world, realm, properties: after.properties }, after.id, added);
  const groups = idsIn(after.properties['SecurityGroupIds']);
  if (groups.length === 0) return;
  for (const own of interfacesOf(world, realm, after.id)) setProperties(world, realm, own, { GroupSet: groups });
}

/** Why an endpoint cannot be in a place where it is to be: its service, subnets, groups or tables. */
function placeRefusal(making: Making): Refusal | undefined {
  const { world, realm, properties } = making;
  const groups = idsIn(properties['SecurityGroupIds']);
  return firstOf(
    () => referenceRefusal(making, 'SubnetIds', SUBNET),
    () => referenceRefusal(making, 'SecurityGroupIds', SECURITY_GROUP),
    () => referenceRefusal(making, 'RouteTableIds', ROUTE_TABLE),
    () => firstOf(...idsIn(properties['SubnetIds']).map((id) => () => groupsElsewhere(world, realm, id, groups))),
  );
}

function serviceRefusal({ text }: Making): Refusal | undefined {
  const name = text('ServiceName');
  if (name === undefined || /^(com\.amazonaws|aws)\./.test(name)) return undefined;
  return invalid('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
}

function interfaceRefusal(making: Making): Refusal | undefined {
  return firstOf(
    () => zonesRefusal(making),
    () => privateNameRefusal(making),
  );
}

function zonesRefusal({ world, realm, properties }: Making): Refusal | undefined {
  const zones = new Set<unknown>();
  for (const id of idsIn(properties['SubnetIds'])) {
    const zone = findRecord(world, realm, SUBNET, id)?.attributes['AvailabilityZone'];
    if (zones.has(zone)) {
      return invalid(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${id}. VPC endpoint subnets should be in ` +
          'different availability zones supported by the VPC endpoint service.',
      );
    }
    zones.add(zone);
  }
  return undefined;
}

function privateNameRefusal({ world, realm, properties }: Making): Refusal | undefined {
  if (!isTrue(properties['PrivateDnsEnabled'])) return undefined;
  const { VpcId: vpcId, ServiceName: service } = properties;
  const network = findRecord(world, realm, VPC, String(vpcId));
  // Support is on unless it is switched off; host names the other way round.
  const { EnableDnsSupport = true, EnableDnsHostnames = false } = network?.properties ?? {};
  if (network !== undefined && !(isTrue(EnableDnsSupport) && isTrue(EnableDnsHostnames))) {
    return invalid(
      'InvalidParameter',
      'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ' +
        String(vpcId),
    );
  }
  const other = resourceWith(
    ...([world, realm, VPC_ENDPOINT] as const),
    ({ properties: its }) =>
      its['VpcId'] === vpcId && its['ServiceName'] === service && isTrue(its['PrivateDnsEnabled']),
  );
  const name = String(service).split('.').slice(3).reverse().join('.');
  return (
    other &&
    invalid(
      'InvalidParameter',
      'private-dns-enabled cannot be set because there is already a conflicting DNS domain for ' +
        `${name}.${realm.region}.amazonaws.com in the VPC ${String(vpcId)}`,
    )
  );
}

/** A route table takes one route to a service. */
function routesRefusal({ world, realm, properties }: Making): Refusal | undefined {
  const wanted = idsIn(properties['RouteTableIds']);
  for (const other of resourcesOf(world, realm, VPC_ENDPOINT)) {
    if (other.properties['ServiceName'] !== properties['ServiceName']) continue;
    const table = idsIn(other.properties['RouteTableIds']).find((id) => wanted.includes(id));
    if (table === undefined) continue;
    const list = managedPrefixLists(realm.region).find(({ name }) => name === properties['ServiceName'])?.id ?? '';
    return alreadyThere(
      'RouteAlreadyExists',
      `route table ${table} already has a route with destination-prefix-list-id ${list}`,
    );
  }
  return undefined;
}
