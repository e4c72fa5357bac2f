import { isIPv4, isIPv6 } from 'node:net';
import type * as Route53 from '@aws-sdk/client-route-53';
import { dnsName, isRequired, recordSetId, recordSetsOf, ZONE, zoneName } from '../../catalog/record-sets.ts';
import type { RecordSetProperties } from '../../catalog/record-sets.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** A change has either an alias or values with a time to live. */
export function shapeProblem({ Action, ResourceRecordSet: set }: Route53.Change): string | undefined {
  const isAlias = set?.AliasTarget !== undefined;
  const hasTtl = set?.TTL !== undefined;
  const hasValues = (set?.ResourceRecords ?? []).length > 0;
  if (isAlias ? !hasTtl && !hasValues : hasTtl && hasValues) return undefined;
  const found = isAlias ? 'more than one' : 'none';
  return (
    'Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ' +
    `${found} in Change with [Action=${Action}, Name=${dnsName(set?.Name ?? '')}, Type=${set?.Type}, ` +
    `SetIdentifier=${set?.SetIdentifier ?? 'null'}]`
  );
}

/** What Route 53 says against putting a record set into a zone. */
export function recordSetProblem(
  world: World,
  realm: Realm,
  zone: Resource,
  properties: RecordSetProperties,
): string | undefined {
  const name = dnsName(String(properties['Name']));
  const top = zoneName(zone);
  if (name !== top && !name.endsWith(`.${top}`)) return `RRSet with DNS name ${name} is not permitted in zone ${top}`;
  if (properties['Type'] === 'CNAME' && name === top) {
    return `RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${top}`;
  }
  return (
    conflictProblem(world, realm, zone, properties) ??
    aliasProblem(world, realm, zone, properties) ??
    valueProblem(properties)
  );
}

/** A zone cannot be without the record sets that it was made with. */
export function zoneProblems(world: World, realm: Realm, zone: Resource): string[] {
  const required = recordSetsOf(world, realm, zone.id).filter((each) => isRequired(zone, each));
  const has = (type: string): boolean => required.some(({ id }) => id.split('|')[2] === type);
  return [
    ...(has('SOA') ? [] : ['A HostedZone must contain exactly one SOA record.']),
    ...(has('NS') ? [] : ['A HostedZone must contain at least one NS record for the zone itself.']),
  ];
}

/** A CNAME stands alone under its name. */
function conflictProblem(world: World, realm: Realm, zone: Resource, properties: RecordSetProperties) {
  const name = dnsName(String(properties['Name']));
  const type = String(properties['Type']);
  const top = zoneName(zone);
  const others = recordSetsOf(world, realm, zone.id)
    .map(({ id }) => id.split('|'))
    .filter(([otherName, , otherType]) => otherName === name && otherType !== type);
  if (type === 'CNAME' && others.length > 0) {
    return (
      `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with other records with the ` +
      `same DNS name in zone ${top}`
    );
  }
  if (!others.some(([, , otherType]) => otherType === 'CNAME')) return undefined;
  return (
    `RRSet of type ${type} with DNS name ${name} is not permitted because a conflicting RRSet of type CNAME with the ` +
    `same DNS name already exists in zone ${top}`
  );
}

/** Only targets in zones of this account can be looked at; those of load balancers and buckets are AWS's own. */
function aliasProblem(world: World, realm: Realm, zone: Resource, properties: RecordSetProperties) {
  const target = properties['AliasTarget'] as Route53.AliasTarget | undefined;
  if (target === undefined) return undefined;
  const { HostedZoneId = '', DNSName = '' } = target;
  const aliased = findRecord(world, realm, ZONE, HostedZoneId);
  if (aliased === undefined) return undefined;
  const type = String(properties['Type']);
  const words = `Tried to create an alias that targets ${dnsName(DNSName)}, type ${type} in zone ${HostedZoneId}, but`;
  const top = zoneName(aliased);
  if (dnsName(DNSName) !== top && !dnsName(DNSName).endsWith(`.${top}`)) {
    return `${words} the alias target name does not lie within the target zone`;
  }
  if (aliased.id !== zone.id) return undefined;
  const id = recordSetId(aliased.id, { Name: DNSName, Type: type });
  const exists = recordSetsOf(world, realm, aliased.id).some((each) => each.id.startsWith(id));
  return exists ? undefined : `${words} that target was not found`;
}

function valueProblem({ Type, ResourceRecords }: RecordSetProperties): string | undefined {
  for (const value of (ResourceRecords ?? []) as readonly string[]) {
    const fault = faultOf(String(Type), value);
    if (fault !== undefined) return `Invalid Resource Record: 'FATAL problem: ${fault} encountered with '${value}''`;
  }
  return undefined;
}

function faultOf(type: string, value: string): string | undefined {
  if (type === 'A' && !isIPv4(value)) return 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)';
  if (type === 'AAAA' && !isIPv6(value)) return 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)';
  if (type === 'TXT' && !/^"[^]*"$/.test(value)) {
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)';
  }
  return undefined;
}
