import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { zoneOwners } from '../linked-zones.ts';
import { ZONE, dnsName } from '../record-sets.ts';
import { resourceWith } from '../resources-of.ts';
import { addRequired, dropRequired, makeZone, putRecordSet } from '../route53.ts';
import { dropRecord, findRecord, putRecord } from '../stored-record.ts';
import { zoneVpcRefusal } from '../zone-vpc-refusal.ts';
import { HTTP_NAMESPACE, namespaceId, servicesIn } from './types.ts';

export const httpNamespace: Behaviour = {
  make: (making) => ({ id: making.text('Id') ?? namespaceId(making.world) }),
  refuseCreate: ({ world, realm, properties }) => httpNamespaceTaken(world, realm, properties['Name']),
  refuseDelete: namespaceInUse,
};

/** A namespace with DNS has a zone of Route 53 of its own, in the same account. */
export const dnsNamespace: Behaviour = {
  make: makeNamespace,
  refuseCreate: zoneRefusal,
  refuseDelete: namespaceInUse,
  changed(world, realm, _before, after) {
    const zone = findRecord(world, realm, ZONE, zoneIdOf(after));
    if (zone !== undefined) putAuthority(world, realm, zone, after.properties);
  },
  gone(world, realm, namespace) {
    const id = zoneIdOf(namespace);
    const zone = findRecord(world, realm, ZONE, id);
    zoneOwners(world, realm).delete(id);
    if (zone === undefined) return;
    dropRequired(world, realm, zone);
    dropRecord(world, realm, zone);
  },
};

/** Names are all that namespaces without DNS are found by. */
export function httpNamespaceTaken(world: World, realm: Realm, name: unknown): Refusal | undefined {
  const other = resourceWith(world, realm, HTTP_NAMESPACE, ({ properties }) => properties['Name'] === name);
  if (name === undefined || other === undefined) return undefined;
  return { text: 'Namespace already exists.', handlerErrorCode: 'AlreadyExists', code: 'NamespaceAlreadyExists' };
}

export function zoneIdOf({ attributes }: Resource): string {
  return String(attributes['HostedZoneId'] ?? '');
}

/** Seconds for which resolvers may remember that a name is not there, as whoever made the namespace wants it. */
export function authorityTtl(properties: Readonly<Record<string, unknown>>): number | undefined {
  const { DnsProperties } = (properties['Properties'] ?? {}) as {
    readonly DnsProperties?: { readonly SOA?: { readonly TTL?: unknown } };
  };
  const ttl = DnsProperties?.SOA?.TTL;
  return ttl === undefined ? undefined : Number(ttl);
}

function makeNamespace(making: Making): Made {
  const { world, realm } = making;
  const id = making.text('Id') ?? namespaceId(world);
  const vpc = vpcOf(making);
  const properties = { Name: dnsName(making.text('Name') ?? ''), ...(vpc === undefined ? {} : { VPCs: [vpc] }) };
  const made = makeZone({ world, properties });
  const zone: Resource = { ...made, type: ZONE, ref: made.id, properties, tags: {}, createdAt: world.now };
  putRecord(world, realm, zone);
  addRequired(world, realm, zone);
  putAuthority(world, realm, zone, making.properties);
  zoneOwners(world, realm).put(zone.id, making.arn('servicediscovery', `namespace/${id}`));
  return { id, attributes: { HostedZoneId: zone.id } };
}

function putAuthority(world: World, realm: Realm, zone: Resource, given: Making['properties']): void {
  const ttl = authorityTtl(given);
  if (ttl === undefined) return;
  const [server] = zone.attributes['NameServers'] as readonly string[];
  const value = `${server}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 ${ttl}`;
  const Name = String(zone.properties['Name']);
  putRecordSet(world, realm, zone.id, { Name, Type: 'SOA', TTL: String(ttl), ResourceRecords: [value] });
}

/** Route 53 says it, and Cloud Map passes it on. */
function zoneRefusal(making: Making): Refusal | undefined {
  const vpc = vpcOf(making);
  if (vpc === undefined) return undefined;
  const zone = { Name: dnsName(making.text('Name') ?? '') };
  const refused = zoneVpcRefusal(making.world, making.realm, zone, vpc);
  if (refused === undefined) return undefined;
  const details =
    `(Service: AmazonRoute53; Status Code: 400; Error Code: ${refused.code}; ` +
    `Request ID: ${making.world.uuid()}; Proxy: null)`;
  return { ...refused, text: `${refused.text} ${details}`, code: 'CANNOT_CREATE_HOSTED_ZONE' };
}

function vpcOf(making: Making) {
  const VPCId = making.text('Vpc');
  return VPCId === undefined ? undefined : { VPCId, VPCRegion: making.realm.region };
}

function namespaceInUse(world: World, realm: Realm, { id }: Resource): Refusal | undefined {
  if (servicesIn(world, realm, id).length === 0) return undefined;
  return {
    text: 'Namespace has associated services; delete the services before deleting the namespace',
    handlerErrorCode: 'ResourceConflict',
    code: 'ResourceInUse',
  };
}
