import type { Realm, World } from '../world.ts';
import type { Refusal } from './behaviour.ts';
import { ZONE, vpcsOf, zoneName } from './record-sets.ts';
import type { ZoneVpc } from './record-sets.ts';
import { resourcesOf } from './resources-of.ts';
import { findRecord } from './stored-record.ts';

/** Why a private zone cannot be looked up from a VPC: there is none, or another zone has the name in it. */
export function zoneVpcRefusal(
  world: World,
  realm: Realm,
  /** `own` is the zone's id where it is there already. */
  zone: { readonly Name: string; readonly own?: string },
  { VPCId, VPCRegion }: ZoneVpc,
): Refusal | undefined {
  if (findRecord(world, { ...realm, region: VPCRegion }, 'AWS::EC2::VPC', VPCId) === undefined) {
    const text = `The VPC: ${VPCId} that you provided does not exist in ${VPCRegion}.`;
    return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidVPCId' };
  }
  for (const other of resourcesOf(world, realm, ZONE)) {
    if (other.id === zone.own || zoneName(other) !== zone.Name) continue;
    if (!vpcsOf(other).some((vpc) => vpc.VPCId === VPCId)) continue;
    const text =
      `The VPC ${VPCId} in region ${VPCRegion} has already been associated with the hosted zone ${other.id} ` +
      'with the same domain name.';
    return { text, handlerErrorCode: 'InvalidRequest', code: 'ConflictingDomainExists' };
  }
  return undefined;
}
