import type * as Route53 from '@aws-sdk/client-route-53';
import { zoneOwners } from '../../catalog/linked-zones.ts';
import { isPrivate, recordSetsOf, vpcsOf, ZONE, zoneName } from '../../catalog/record-sets.ts';
import { globalRealm } from '../../catalog/realm-of.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

/** What a caller named the request that made a zone; CloudFormation's zones have their stack's. */
export const callerReferences = (world: World, realm: Realm) =>
  world.table<string>('route53.caller-reference', globalRealm(realm));

/** @throws ServiceError NoSuchHostedZone */
export function hostedZone(world: World, realm: Realm, asked: string | undefined): Resource {
  const id = (asked ?? '').replace('/hostedzone/', '');
  const zone = findRecord(world, realm, ZONE, id);
  if (zone === undefined) throw new ServiceError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
  return zone;
}

export function describeZone(world: World, realm: Realm, zone: Resource): Route53.HostedZone {
  const owner = zoneOwners(world, realm).get(zone.id);
  const { Comment } = (zone.properties['HostedZoneConfig'] ?? {}) as { Comment?: string };
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zoneName(zone),
    CallerReference:
      callerReferences(world, realm).get(zone.id) ?? `${zone.stackId ?? ''}-${zone.logicalId ?? zone.id}`,
    Config: { ...(Comment === undefined ? {} : { Comment }), PrivateZone: isPrivate(zone) },
    ResourceRecordSetCount: recordSetsOf(world, realm, zone.id).length,
    ...(owner === undefined
      ? {}
      : { LinkedService: { ServicePrincipal: 'servicediscovery.amazonaws.com', Description: owner } }),
  };
}

export function delegationOf(zone: Resource): Route53.DelegationSet {
  return { NameServers: [...(zone.attributes['NameServers'] as string[])] };
}

export function describeVpcs(zone: Resource): Route53.VPC[] {
  return vpcsOf(zone).map(({ VPCId, VPCRegion }) => ({ VPCId, VPCRegion: VPCRegion as Route53.VPCRegion }));
}
