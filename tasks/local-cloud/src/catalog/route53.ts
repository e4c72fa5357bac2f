import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';
import { managedByAnother } from './linked-zones.ts';
import { randomSuffix } from './names.ts';
import { RECORD_SET, isRequired, recordSetId, recordSetWords, recordSetsOf, zoneName, zoneOf } from './record-sets.ts';
import type { RecordSetProperties } from './record-sets.ts';
import { dropRecord, findRecord, putRecord } from './stored-record.ts';

/** Zones and the record sets in them, whoever makes them. */
export const route53: Behaviours = {
  'AWS::Route53::HostedZone': { make: makeZone, made: addRequired, refuseDelete: zoneInUse, gone: dropRequired },
  [RECORD_SET]: {
    make(making) {
      const zone = zoneOf(making.world, making.realm, making.properties)?.id ?? '';
      const name = making.text('Name') ?? '';
      return {
        id: recordSetId(zone, making.properties),
        ref: name.replace(/\.$/, ''),
        properties: { HostedZoneId: zone },
      };
    },
    refuseCreate: ({ world, realm, properties }) => refuseRecordSets(world, realm, properties, [properties]),
    refuseDelete: recordSetRequired,
  },
  'AWS::Route53::RecordSetGroup': {
    make: (making) => ({ id: making.name('Id') }),
    refuseCreate: ({ world, realm, properties }) => refuseRecordSets(world, realm, properties, setsOf(properties)),
    made: (world, realm, group) => putRecordSets(world, realm, group, setsOf(group.properties)),
    changed(world, realm, before, after) {
      const kept = new Set(recordIds(world, realm, after));
      for (const id of recordIds(world, realm, before)) {
        if (!kept.has(id)) dropRecord(world, realm, { type: RECORD_SET, id });
      }
      putRecordSets(world, realm, after, setsOf(after.properties));
    },
    gone(world, realm, group) {
      for (const id of recordIds(world, realm, group)) dropRecord(world, realm, { type: RECORD_SET, id });
    },
  },
};

export function zoneId(world: World): string {
  return `Z${randomSuffix(world, 20)}`;
}

/** Stores one record set as it is, over the one that may be there. */
export function putRecordSet(world: World, realm: Realm, zone: string, properties: RecordSetProperties): void {
  const id = recordSetId(zone, properties);
  const known = findRecord(world, realm, RECORD_SET, id);
  const name = String(properties['Name']).replace(/\.$/, '');
  const fresh = { type: RECORD_SET, id, ref: name, attributes: {}, tags: {}, createdAt: world.now };
  putRecord(world, realm, { ...(known ?? fresh), properties: { ...properties, HostedZoneId: zone } });
}

/** What a new zone is beside its properties. */
export function makeZone({ world, properties }: Pick<Making, 'world' | 'properties'>) {
  const isPrivate = Array.isArray(properties['VPCs']) && properties['VPCs'].length > 0;
  const id = zoneId(world);
  return {
    id,
    arn: `arn:aws:route53:::hostedzone/${id}`,
    attributes: { Id: id, NameServers: [0, 1, 2, 3].map((index) => nameServer(world, index, isPrivate)) },
  } satisfies Made;
}

const TOP_LEVELS = ['com', 'net', 'org', 'co.uk'];

/** Route 53 has 2,048 of them, 512 under each of four domains, eight a number; every private zone has the first ones. */
function nameServer(world: World, domain: number, isPrivate: boolean): string {
  const place = isPrivate ? 0 : Math.floor(world.random() * 512);
  const group = String(Math.floor(place / 8)).padStart(2, '0');
  return `ns-${domain * 512 + place}.awsdns-${group}.${TOP_LEVELS[domain]}`;
}

/** The record sets that every zone has. */
export function addRequired(world: World, realm: Realm, zone: Resource): void {
  const servers = zone.attributes['NameServers'] as readonly string[];
  const authority = `${servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  const Name = zoneName(zone);
  const values = servers.map((server) => `${server}.`);
  putRecordSet(world, realm, zone.id, { Name, Type: 'NS', TTL: '172800', ResourceRecords: values });
  putRecordSet(world, realm, zone.id, { Name, Type: 'SOA', TTL: '900', ResourceRecords: [authority] });
}

/** A zone that goes takes what is left in it along. */
export function dropRequired(world: World, realm: Realm, zone: Resource): void {
  for (const each of recordSetsOf(world, realm, zone.id)) dropRecord(world, realm, each);
}

function zoneInUse(world: World, realm: Realm, zone: Resource): Refusal | undefined {
  const managed = managedByAnother(world, realm, zone.id);
  if (managed !== undefined) return managed;
  if (recordSetsOf(world, realm, zone.id).every((each) => isRequired(zone, each))) return undefined;
  return {
    text: 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    handlerErrorCode: 'InvalidRequest',
    code: 'HostedZoneNotEmpty',
  };
}

function refuseRecordSets(
  world: World,
  realm: Realm,
  owner: RecordSetProperties,
  sets: readonly RecordSetProperties[],
): Refusal | undefined {
  const zone = zoneOf(world, realm, owner);
  if (zone === undefined) return noZone(owner);
  const managed = managedByAnother(world, realm, zone.id);
  if (managed !== undefined) return managed;
  const taken = sets.filter((set) => findRecord(world, realm, RECORD_SET, recordSetId(zone.id, set)) !== undefined);
  if (taken.length === 0) return undefined;
  const texts = taken.map((set) => `Tried to create ${recordSetWords(set)} but it already exists`);
  return { text: `[${texts.join(', ')}]`, handlerErrorCode: 'AlreadyExists', code: 'InvalidChangeBatch' };
}

function noZone({ HostedZoneId, HostedZoneName }: RecordSetProperties): Refusal {
  const text =
    HostedZoneId === undefined
      ? `No hosted zones named ${String(HostedZoneName)} found`
      : `No hosted zone found with ID: ${String(HostedZoneId)}`;
  return { text, handlerErrorCode: 'NotFound', code: 'NoSuchHostedZone', status: 404 };
}

/** Whoever took over the zone's own name servers cannot delete them either. */
function recordSetRequired(world: World, realm: Realm, recordSet: Resource): Refusal | undefined {
  const zone = zoneOf(world, realm, { HostedZoneId: recordSet.id.split('|')[1] });
  const managed = zone && managedByAnother(world, realm, zone.id);
  if (managed !== undefined) return managed;
  if (zone === undefined || !isRequired(zone, recordSet)) return undefined;
  const text = recordSet.id.includes('|SOA|')
    ? 'A HostedZone must contain exactly one SOA record.'
    : 'A HostedZone must contain at least one NS record for the zone itself.';
  return { text: `[${text}]`, handlerErrorCode: 'InvalidRequest', code: 'InvalidChangeBatch' };
}

function setsOf(properties: RecordSetProperties): RecordSetProperties[] {
  return (properties['RecordSets'] ?? []) as RecordSetProperties[];
}

function putRecordSets(world: World, realm: Realm, group: Resource, sets: readonly RecordSetProperties[]): void {
  const zone = zoneOf(world, realm, group.properties);
  if (zone !== undefined) for (const set of sets) putRecordSet(world, realm, zone.id, set);
}

function recordIds(world: World, realm: Realm, group: Resource): string[] {
  const zone = zoneOf(world, realm, group.properties);
  return zone === undefined ? [] : setsOf(group.properties).map((set) => recordSetId(zone.id, set));
}
