import type * as Route53 from '@aws-sdk/client-route-53';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { dnsName, isPrivate, ZONE, zoneName } from '../../catalog/record-sets.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { forgetZone, startChange } from './changes.ts';
import { vpcInput } from './zone-vpcs.ts';
import { callerReferences, delegationOf, describeVpcs, describeZone, hostedZone } from './zone.ts';

const PAGE_SIZE = 100;
const LABEL = /^[a-z0-9_*-]{1,63}$/i;

export function createHostedZone(
  world: World,
  input: Route53.CreateHostedZoneRequest,
  call: Call,
): Route53.CreateHostedZoneResponse {
  const name = checkedName(input.Name ?? '');
  const reference = input.CallerReference ?? '';
  const references = callerReferences(world, call.realm);
  if ([...references.values()].includes(reference)) {
    const text = `A hosted zone has already been created with the specified caller reference: ${reference}`;
    throw new ServiceError('HostedZoneAlreadyExists', text, 409);
  }
  const { Comment } = input.HostedZoneConfig ?? {};
  const vpc = input.VPC === undefined ? undefined : vpcInput(world, call, { Name: name }, input.VPC);
  const zone = createRecord(world, call.realm, {
    type: ZONE,
    properties: {
      Name: name,
      ...(Comment === undefined ? {} : { HostedZoneConfig: { Comment } }),
      ...(vpc === undefined ? {} : { VPCs: [vpc] }),
    },
  });
  references.put(zone.id, reference);
  return {
    HostedZone: describeZone(world, call.realm, zone),
    ChangeInfo: startChange(world, call.realm),
    // Private zones have none, whatever the type says.
    DelegationSet: vpc === undefined ? delegationOf(zone) : undefined,
    VPC: describeVpcs(zone)[0],
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
  };
}

export function getHostedZone(
  world: World,
  input: Route53.GetHostedZoneRequest,
  call: Call,
): Route53.GetHostedZoneResponse {
  const zone = hostedZone(world, call.realm, input.Id);
  const HostedZone = describeZone(world, call.realm, zone);
  return isPrivate(zone) ? { HostedZone, VPCs: describeVpcs(zone) } : { HostedZone, DelegationSet: delegationOf(zone) };
}

export function deleteHostedZone(
  world: World,
  input: Route53.DeleteHostedZoneRequest,
  call: Call,
): Route53.DeleteHostedZoneResponse {
  const { id } = hostedZone(world, call.realm, input.Id);
  deleteRecord({ world, realm: call.realm, type: ZONE, id });
  callerReferences(world, call.realm).delete(id);
  forgetZone(world, call.realm, id);
  return { ChangeInfo: startChange(world, call.realm) };
}

export function updateHostedZoneComment(
  world: World,
  input: Route53.UpdateHostedZoneCommentRequest,
  call: Call,
): Route53.UpdateHostedZoneCommentResponse {
  const zone = hostedZone(world, call.realm, input.Id);
  const { Comment } = input;
  const HostedZoneConfig = Comment === undefined ? undefined : { Comment };
  return { HostedZone: describeZone(world, call.realm, setProperties(world, call.realm, zone, { HostedZoneConfig })) };
}

export function getHostedZoneCount(world: World, _input: object, call: Call): Route53.GetHostedZoneCountResponse {
  return { HostedZoneCount: [...resourcesOf(world, call.realm, ZONE)].length };
}

export function listHostedZones(
  world: World,
  input: Route53.ListHostedZonesRequest,
  call: Call,
): Route53.ListHostedZonesResponse {
  const all = [...resourcesOf(world, call.realm, ZONE)];
  const start = input.Marker === undefined ? 0 : all.findIndex(({ id }) => id === input.Marker);
  if (start < 0) throw new ServiceError('InvalidInput', `Invalid marker: ${input.Marker}`);
  const size = Math.min(Number(input.MaxItems ?? PAGE_SIZE), PAGE_SIZE);
  const next = all[start + size];
  return {
    HostedZones: all.slice(start, start + size).map((zone) => describeZone(world, call.realm, zone)),
    Marker: input.Marker ?? '',
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { NextMarker: next.id }),
    MaxItems: size,
  };
}

export function listHostedZonesByName(
  world: World,
  input: Route53.ListHostedZonesByNameRequest,
  call: Call,
): Route53.ListHostedZonesByNameResponse {
  const { DNSName, HostedZoneId } = input;
  const from = DNSName === undefined ? '' : `${reversed(dnsName(DNSName))}|${HostedZoneId ?? ''}`;
  const all = [...resourcesOf(world, call.realm, ZONE)]
    .map((zone) => ({ zone, place: placeOf(zone) }))
    .filter(({ place }) => place >= from)
    .sort((left, right) => (left.place < right.place ? -1 : 1));
  const size = Math.min(Number(input.MaxItems ?? PAGE_SIZE), PAGE_SIZE);
  const next = all[size]?.zone;
  return {
    HostedZones: all.slice(0, size).map(({ zone }) => describeZone(world, call.realm, zone)),
    ...(DNSName === undefined ? {} : { DNSName }),
    ...(HostedZoneId === undefined ? {} : { HostedZoneId }),
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { NextDNSName: zoneName(next), NextHostedZoneId: next.id }),
    MaxItems: size,
  };
}

/** `com.example.www.`: Route 53 sorts by labels from the right. */
export function reversed(name: string): string {
  return `${name.replace(/\.$/, '').split('.').toReversed().join('.')}.`;
}

function placeOf(zone: Resource): string {
  return `${reversed(zoneName(zone))}|${zone.id}`;
}

function checkedName(name: string): string {
  const bare = name.replace(/\.$/, '');
  if (bare.length <= 255 && bare.split('.').every((label) => LABEL.test(label))) return dnsName(name);
  throw new ServiceError('InvalidDomainName', `${name} is not a valid domain name`);
}
