import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { addressText, isInside, rangeOf } from '../cidr.ts';
import { idsIn } from '../ec2/references.ts';
import { firstOf } from '../ec2/refusals.ts';
import { SECURITY_GROUP } from '../ec2/security-group-rule.ts';
import { SUBNET } from '../ec2/subnet.ts';
import { closeInterfaces, interfacesOf, NETWORK_INTERFACE, openInterfaces } from '../network-interfaces.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { findRecord, setProperties } from '../stored-record.ts';
import { FILE_SYSTEM, homeRefusal } from './file-system.ts';
import { lifeCycle } from './life-cycle.ts';
import { efsRefusal } from './refusal.ts';

export const MOUNT_TARGET = 'AWS::EFS::MountTarget';
const GROUPS_MAX = 5;

export const mountTarget: Behaviour = {
  ...lifeCycle,
  make,
  refuseCreate: (making) =>
    firstOf(
      () => homeRefusal(making),
      () => groupsRefusal(making.world, making.realm, idsIn(making.properties['SecurityGroups'])),
      () => placeRefusal(making),
      () => addressRefusal(making),
    ),
  changed: followGroups,
  gone(world, realm, record) {
    closeInterfaces(world, realm, record.id);
    lifeCycle.gone(world, realm, record);
  },
};

/** The interface is there from the beginning, and as long as the mount target is. */
function make(making: Making): Made {
  const { world, realm, properties, text } = making;
  const id = making.id('fsmt');
  const [subnetId, address] = [text('SubnetId'), text('IpAddress')];
  const groups = idsIn(properties['SecurityGroups']);
  const [interfaceId = ''] = openInterfaces(world, realm, {
    owner: id,
    description: `EFS mount target for ${text('FileSystemId')} (${id})`,
    subnetIds: subnetId === undefined ? [] : [subnetId],
    ...(groups.length > 0 ? { securityGroupIds: groups } : {}),
    ...(address === undefined ? {} : { privateIp: address }),
  });
  const own = findRecord(world, realm, NETWORK_INTERFACE, interfaceId);
  return {
    id,
    attributes: { Id: id, IpAddress: String(own?.attributes['PrimaryPrivateIpAddress'] ?? '') },
    properties: { SecurityGroups: own === undefined ? groups : idsIn(own.properties['GroupSet']) },
  };
}

/** Why these security groups cannot be put on a mount target. */
export function groupsRefusal(world: World, realm: Realm, ids: readonly string[]): Refusal | undefined {
  const absent = ids.find((id) => findRecord(world, realm, SECURITY_GROUP, id) === undefined);
  if (absent !== undefined) {
    return efsRefusal('SecurityGroupNotFound', `The security group '${absent}' does not exist`);
  }
  if (ids.length <= GROUPS_MAX) return undefined;
  const text = 'The maximum number of security groups per interface has been reached.';
  return efsRefusal('SecurityGroupLimitExceeded', text);
}

/** One in each zone, all of them in one VPC, and that of a One Zone file system in its zone. */
function placeRefusal({ world, realm, text }: Making): Refusal | undefined {
  const [fileSystemId, subnetId] = [text('FileSystemId'), text('SubnetId')];
  if (subnetId === undefined) return undefined;
  const subnet = findRecord(world, realm, SUBNET, subnetId);
  if (subnet === undefined) return efsRefusal('SubnetNotFound', `The subnet ID '${subnetId}' does not exist`);
  const { zone, vpcId } = placeOf(subnet);
  const home = findRecord(world, realm, FILE_SYSTEM, fileSystemId ?? '')?.properties['AvailabilityZoneName'];
  if (home !== undefined && home !== zone) {
    const text_ = `The subnet '${subnetId}' is not in the Availability Zone '${String(home)}' of the file system.`;
    return efsRefusal('AvailabilityZonesMismatch', text_);
  }
  for (const other of resourcesOf(world, realm, MOUNT_TARGET)) {
    if (other.properties['FileSystemId'] !== fileSystemId) continue;
    const its = placeOf(findRecord(world, realm, SUBNET, String(other.properties['SubnetId'])));
    if (its.vpcId !== vpcId) {
      return conflict('requested subnet for new mount target is not in the same VPC as existing mount targets');
    }
    if (its.zone === zone) return conflict('mount target already exists in this AZ');
  }
  return undefined;
}

function placeOf(subnet: Resource | undefined): { readonly zone: unknown; readonly vpcId: unknown } {
  return { zone: subnet?.attributes['AvailabilityZone'], vpcId: subnet?.properties['VpcId'] };
}

function addressRefusal({ world, realm, text }: Making): Refusal | undefined {
  const [address, subnetId] = [text('IpAddress'), text('SubnetId')];
  if (address === undefined || subnetId === undefined) return undefined;
  const wanted = rangeOf(`${address}/32`);
  const range = rangeOf(String(findRecord(world, realm, SUBNET, subnetId)?.properties['CidrBlock']));
  if (wanted === undefined || (range !== undefined && !isInside(wanted, range))) {
    return efsRefusal('BadRequest', "Address does not fall within the subnet's address range");
  }
  const user = resourceWith(
    ...([world, realm, NETWORK_INTERFACE] as const),
    ({ properties }) =>
      properties['SubnetId'] === subnetId && properties['PrivateIpAddress'] === addressText(wanted.first),
  );
  return user && efsRefusal('IpAddressInUse', `The IP address '${address}' is already in use.`);
}

function conflict(text: string): Refusal {
  return efsRefusal('MountTargetConflict', text);
}

/** Security groups are changed on the interface. */
function followGroups(world: World, realm: Realm, _before: Resource, after: Resource): void {
  const GroupSet = idsIn(after.properties['SecurityGroups']);
  for (const own of interfacesOf(world, realm, after.id)) setProperties(world, realm, own, { GroupSet });
}
