import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { resourcesOf } from './resources-of.ts';
import { findRecord } from './stored-record.ts';

export const ZONE = 'AWS::Route53::HostedZone';
export const RECORD_SET = 'AWS::Route53::RecordSet';

/** A record set in the words of CloudFormation's properties. */
export type RecordSetProperties = Readonly<Record<string, unknown>>;

/** Lower case, with the dot at its end, and `*` escaped: the form in which Route 53 keeps every name. */
export function dnsName(name: string): string {
  const escaped = name.toLowerCase().replace(/[^a-z0-9._\\-]/g, (letter) => {
    return [...Buffer.from(letter, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  });
  return escaped.endsWith('.') ? escaped : `${escaped}.`;
}

/** `<name>|<zone>|<type>|<set identifier>`: what Cloud Control takes. */
export function recordSetId(zoneId: string, properties: RecordSetProperties): string {
  const { Name, Type, SetIdentifier } = properties;
  return [dnsName(text(Name)), zoneId, text(Type), text(SetIdentifier)].join('|');
}

/** How Route 53 names a record set in what it says. */
export function recordSetWords({ Name, Type, SetIdentifier }: RecordSetProperties): string {
  const identifier = SetIdentifier === undefined ? '' : `, set identifier='${text(SetIdentifier)}'`;
  return `resource record set [name='${dnsName(text(Name))}', type='${text(Type)}'${identifier}]`;
}

/** By id, or by name where a template gives that: the zone, or undefined. */
export function zoneOf(world: World, realm: Realm, properties: RecordSetProperties): Resource | undefined {
  const { HostedZoneId, HostedZoneName } = properties;
  if (HostedZoneId !== undefined) return findRecord(world, realm, ZONE, text(HostedZoneId).replace('/hostedzone/', ''));
  const name = dnsName(text(HostedZoneName));
  for (const zone of resourcesOf(world, realm, ZONE)) if (zoneName(zone) === name) return zone;
  return undefined;
}

export function zoneName(zone: Resource): string {
  return dnsName(text(zone.properties['Name']));
}

export function isPrivate(zone: Resource): boolean {
  return vpcsOf(zone).length > 0;
}

export interface ZoneVpc {
  readonly VPCId: string;
  readonly VPCRegion: string;
}

export function vpcsOf(zone: Resource): readonly ZoneVpc[] {
  return (zone.properties['VPCs'] ?? []) as readonly ZoneVpc[];
}

/** The record sets of a zone, in no particular order. */
export function recordSetsOf(world: World, realm: Realm, zoneId: string): Resource[] {
  return [...resourcesOf(world, realm, RECORD_SET)].filter(({ id }) => id.split('|')[1] === zoneId);
}

/** The name servers' and the authority's record sets at a zone's top: they come and go with the zone. */
export function isRequired(zone: Resource, recordSet: Resource): boolean {
  const [name, , type] = recordSet.id.split('|');
  return name === zoneName(zone) && (type === 'NS' || type === 'SOA');
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
