import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { RECORD_SET, recordSetId } from '../record-sets.ts';
import type { RecordSetProperties } from '../record-sets.ts';
import { putRecordSet } from '../route53.ts';
import { dropRecord } from '../stored-record.ts';
import { findNamespace, instanceId, namespaceOf, serviceName } from './types.ts';

interface DnsConfig {
  readonly RoutingPolicy?: string;
  readonly DnsRecords?: readonly { readonly Type?: string; readonly TTL?: unknown }[];
}

export type Attributes = Readonly<Record<string, string>>;

export function dnsConfigOf({ properties }: Pick<Resource, 'properties'>): DnsConfig | undefined {
  return properties['DnsConfig'] as DnsConfig | undefined;
}

export function attributesOf({ properties }: Pick<Resource, 'properties'>): Attributes {
  const given = Object.entries((properties['InstanceAttributes'] ?? {}) as Record<string, unknown>);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Puts what DNS answers for an instance into its namespace's zone; nothing where the service is without DNS. */
export function putInstanceRecords(world: World, realm: Realm, service: Resource, instance: Resource): void {
  const { zone, sets } = recordsOf(world, realm, service, instance);
  for (const set of sets) putRecordSet(world, realm, zone, set);
}

export function dropInstanceRecords(world: World, realm: Realm, service: Resource, instance: Resource): void {
  const { zone, sets } = recordsOf(world, realm, service, instance);
  for (const set of sets) dropRecord(world, realm, { type: RECORD_SET, id: recordSetId(zone, set) });
}

/** The attribute that a record's value comes from. */
const SOURCE: Readonly<Record<string, string>> = {
  A: 'AWS_INSTANCE_IPV4',
  AAAA: 'AWS_INSTANCE_IPV6',
  CNAME: 'AWS_INSTANCE_CNAME',
  SRV: 'AWS_INSTANCE_PORT',
};

/** What an instance of such a service has to say about itself. */
export function neededAttributes(service: Pick<Resource, 'properties'>): string[] {
  return (dnsConfigOf(service)?.DnsRecords ?? []).flatMap(({ Type = '' }) => SOURCE[Type] ?? []);
}

function recordsOf(
  world: World,
  realm: Realm,
  service: Resource,
  instance: Resource,
): { readonly zone: string; readonly sets: readonly RecordSetProperties[] } {
  const namespace = findNamespace(world, realm, namespaceOf(service));
  const zone = namespace?.attributes['HostedZoneId'];
  const config = dnsConfigOf(service);
  if (namespace === undefined || typeof zone !== 'string' || config === undefined) return { zone: '', sets: [] };
  const name = `${serviceName(service)}.${String(namespace.properties['Name'])}`;
  const policy = config.RoutingPolicy === 'WEIGHTED' ? { Weight: 1 } : { MultiValueAnswer: true };
  const identity = { ...policy, SetIdentifier: instanceId(instance) };
  const attributes = attributesOf(instance);
  const sets = (config.DnsRecords ?? []).flatMap(({ Type = '', TTL }) => {
    const value = attributes[SOURCE[Type] ?? ''];
    if (value === undefined) return [];
    const set = { Name: name, Type, TTL: String(TTL), ...identity, ResourceRecords: [value] };
    if (Type !== 'SRV') return [set];
    const host = `${instanceId(instance)}.${name}`;
    return [{ ...set, ResourceRecords: [`1 1 ${value} ${host}`] }, ...hostRecords(host, String(TTL), attributes)];
  });
  return { zone, sets };
}

/** An SRV record names a host; the addresses of that host stand beside it. */
function hostRecords(Name: string, TTL: string, attributes: Attributes): RecordSetProperties[] {
  return ['A', 'AAAA'].flatMap((Type) => {
    const address = attributes[SOURCE[Type] ?? ''];
    return address === undefined ? [] : [{ Name, Type, TTL, ResourceRecords: [address] }];
  });
}
