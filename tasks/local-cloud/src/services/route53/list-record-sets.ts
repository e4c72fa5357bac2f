import type * as Route53 from '@aws-sdk/client-route-53';
import { dnsName, recordSetsOf } from '../../catalog/record-sets.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { describeRecordSet } from './record-set-shape.ts';
import { hostedZone } from './zone.ts';
import { reversed } from './zones.ts';

const PAGE_SIZE = 300;

/** By name with its labels from the right, then by type, then by set identifier. */
export function listRecordSets(
  world: World,
  input: Route53.ListResourceRecordSetsRequest,
  call: Call,
): Route53.ListResourceRecordSetsResponse {
  const zone = hostedZone(world, call.realm, input.HostedZoneId);
  const from = startOf(input);
  const all = recordSetsOf(world, call.realm, zone.id)
    .map((record) => ({ record, place: placeOf(record) }))
    .filter(({ place }) => place >= from)
    .sort((left, right) => (left.place < right.place ? -1 : 1));
  const size = Math.max(1, Math.min(Number(input.MaxItems ?? PAGE_SIZE), PAGE_SIZE));
  const next = all[size]?.record;
  return {
    ResourceRecordSets: all.slice(0, size).map(({ record }) => describeRecordSet(record)),
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : nextOf(next)),
    MaxItems: size,
  };
}

function startOf({ StartRecordName, StartRecordType, StartRecordIdentifier }: Route53.ListResourceRecordSetsRequest) {
  if (StartRecordName === undefined) {
    if (StartRecordType === undefined) return '';
    throw new ServiceError('InvalidInput', 'The request must specify a start record name with a start record type');
  }
  return [reversed(dnsName(StartRecordName)), StartRecordType ?? '', StartRecordIdentifier ?? ''].join(' ').trimEnd();
}

function placeOf({ id }: Resource): string {
  const [name = '', , type = '', identifier = ''] = id.split('|');
  return [reversed(name), type, identifier].join(' ').trimEnd();
}

function nextOf({ id }: Resource) {
  const [NextRecordName, , type, identifier = ''] = id.split('|');
  return {
    NextRecordName,
    NextRecordType: type as Route53.RRType,
    ...(identifier === '' ? {} : { NextRecordIdentifier: identifier }),
  };
}
