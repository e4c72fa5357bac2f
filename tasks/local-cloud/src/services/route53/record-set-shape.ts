import type * as Route53 from '@aws-sdk/client-route-53';
import type { RecordSetProperties } from '../../catalog/record-sets.ts';
import { dnsName } from '../../catalog/record-sets.ts';
import type { Resource } from '../../resource.ts';

/** What a record set has besides name, type and values, named alike in the API and in templates. */
const SAME = [
  'SetIdentifier',
  'Weight',
  'Region',
  'GeoLocation',
  'Failover',
  'MultiValueAnswer',
  'HealthCheckId',
  'CidrRoutingConfig',
] as const;

/** From the API's words to those of CloudFormation. */
export function propertiesOf(set: Route53.ResourceRecordSet): RecordSetProperties {
  const { Name = '', Type, TTL, ResourceRecords, AliasTarget } = set;
  return defined({
    Name: dnsName(Name),
    Type,
    TTL: TTL === undefined ? undefined : String(TTL),
    ResourceRecords: ResourceRecords?.map(({ Value }) => Value),
    AliasTarget: AliasTarget && { ...AliasTarget, DNSName: dnsName(AliasTarget.DNSName ?? '') },
    ...Object.fromEntries(SAME.map((name) => [name, set[name]])),
  });
}

/** The other way round; templates may give numbers and truth as text. */
export function describeRecordSet({ id, properties }: Resource): Route53.ResourceRecordSet {
  const { Type, TTL, ResourceRecords, AliasTarget, Weight, MultiValueAnswer } = properties;
  const alias = AliasTarget as Record<string, unknown> | undefined;
  return defined({
    ...Object.fromEntries(SAME.map((name) => [name, properties[name]])),
    Name: id.split('|')[0],
    Type,
    TTL: TTL === undefined ? undefined : Number(TTL),
    Weight: Weight === undefined ? undefined : Number(Weight),
    MultiValueAnswer: MultiValueAnswer === undefined ? undefined : String(MultiValueAnswer) === 'true',
    ResourceRecords: (ResourceRecords as readonly unknown[] | undefined)?.map((Value) => ({ Value: String(Value) })),
    AliasTarget: alias && {
      HostedZoneId: String(alias['HostedZoneId']),
      DNSName: dnsName(String(alias['DNSName'])),
      EvaluateTargetHealth: String(alias['EvaluateTargetHealth'] ?? false) === 'true',
    },
  }) as unknown as Route53.ResourceRecordSet;
}

function defined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
