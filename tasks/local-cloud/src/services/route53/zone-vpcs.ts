import type * as Route53 from '@aws-sdk/client-route-53';
import { serviceError } from '../../catalog/record.ts';
import { isPrivate, vpcsOf, ZONE, zoneName } from '../../catalog/record-sets.ts';
import type { ZoneVpc } from '../../catalog/record-sets.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import { zoneVpcRefusal } from '../../catalog/zone-vpc-refusal.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { startChange } from './changes.ts';
import { hostedZone } from './zone.ts';

export function associateVpc(
  world: World,
  input: Route53.AssociateVPCWithHostedZoneRequest,
  call: Call,
): Route53.AssociateVPCWithHostedZoneResponse {
  const zone = hostedZone(world, call.realm, input.HostedZoneId);
  if (!isPrivate(zone)) {
    const text = `Hosted zone ${zone.id} is a public hosted zone; only private hosted zones can be associated with a VPC.`;
    throw new ServiceError('PublicZoneVPCAssociation', text);
  }
  const vpc = vpcInput(world, call, { Name: zoneName(zone), own: zone.id }, input.VPC ?? {});
  const others = vpcsOf(zone).filter(({ VPCId }) => VPCId !== vpc.VPCId);
  setProperties(world, call.realm, zone, { VPCs: [...others, vpc] });
  return { ChangeInfo: startChange(world, call.realm, input.Comment) };
}

export function disassociateVpc(
  world: World,
  input: Route53.DisassociateVPCFromHostedZoneRequest,
  call: Call,
): Route53.DisassociateVPCFromHostedZoneResponse {
  const zone = hostedZone(world, call.realm, input.HostedZoneId);
  const id = input.VPC?.VPCId ?? '';
  const rest = vpcsOf(zone).filter(({ VPCId }) => VPCId !== id);
  if (rest.length === vpcsOf(zone).length) {
    const text = `The VPC ${id} and the hosted zone ${zone.id} that you specified are not currently associated.`;
    throw new ServiceError('VPCAssociationNotFound', text, 404);
  }
  if (rest.length === 0) {
    const text = `The VPC ${id} is the last VPC associated with the hosted zone ${zone.id}.`;
    throw new ServiceError('LastVPCAssociation', text);
  }
  setProperties(world, call.realm, zone, { VPCs: rest });
  return { ChangeInfo: startChange(world, call.realm, input.Comment) };
}

export function listHostedZonesByVpc(
  world: World,
  input: Route53.ListHostedZonesByVPCRequest,
  call: Call,
): Route53.ListHostedZonesByVPCResponse {
  const zones = [...resourcesOf(world, call.realm, ZONE)].filter((zone) =>
    vpcsOf(zone).some(({ VPCId, VPCRegion }) => VPCId === input.VPCId && VPCRegion === input.VPCRegion),
  );
  return {
    HostedZoneSummaries: zones.map((zone) => ({
      HostedZoneId: zone.id,
      Name: zoneName(zone),
      Owner: { OwningAccount: call.realm.account },
    })),
    MaxItems: input.MaxItems ?? 100,
  };
}

/** @throws ServiceError where there is no such VPC, or another zone has the name in it */
export function vpcInput(
  world: World,
  call: Call,
  zone: { readonly Name: string; readonly own?: string },
  { VPCId = '', VPCRegion: region }: Route53.VPC,
): ZoneVpc {
  const VPCRegion: string = region ?? call.realm.region;
  const refused = zoneVpcRefusal(world, call.realm, zone, { VPCId, VPCRegion });
  if (refused !== undefined) throw serviceError(refused);
  return { VPCId, VPCRegion };
}
