import type * as EFS from '@aws-sdk/client-efs';
import { behaviourOf } from '../../catalog/catalog.ts';
import { idsIn } from '../../catalog/ec2/references.ts';
import { SUBNET } from '../../catalog/ec2/subnet.ts';
import { stateOf } from '../../catalog/efs/life-cycle.ts';
import { groupsRefusal, MOUNT_TARGET } from '../../catalog/efs/mount-target.ts';
import { interfacesOf } from '../../catalog/network-interfaces.ts';
import { serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { create, removeLater, textOf } from '../ec2/own-records.ts';
import { markerPage } from './efs-page.ts';
import { accessPointOf, badRequest, bareId, fileSystemOf, mountTargetOf } from './find.ts';

export function createMountTarget(
  world: World,
  input: EFS.CreateMountTargetRequest,
  { realm }: Call,
): EFS.MountTargetDescription {
  const { FileSystemId, SubnetId, IpAddress, SecurityGroups, IpAddressType = 'IPV4_ONLY' } = input;
  if (IpAddressType !== 'IPV4_ONLY' || input.Ipv6Address !== undefined) {
    throw new ServiceError('NotImplemented', 'The local cloud does not simulate IPv6 addresses of mount targets', 501);
  }
  const properties = { FileSystemId: bareId(FileSystemId), SubnetId, IpAddress, SecurityGroups };
  return mountTargetView(world, realm, create(world, realm, MOUNT_TARGET, properties));
}

export function describeMountTargets(
  world: World,
  input: EFS.DescribeMountTargetsRequest,
  { realm }: Call,
): EFS.DescribeMountTargetsResponse {
  const { items, markers } = markerPage(chosen(world, realm, input), input);
  return { ...markers, MountTargets: items.map((record) => mountTargetView(world, realm, record)) };
}

export function deleteMountTarget(world: World, input: EFS.DeleteMountTargetRequest, { realm }: Call): object {
  const { id } = mountTargetOf(world, realm, input.MountTargetId);
  if (stateOf(world, realm, id) !== 'deleting') removeLater(world, realm, MOUNT_TARGET, id);
  return {};
}

export function describeMountTargetSecurityGroups(
  world: World,
  input: EFS.DescribeMountTargetSecurityGroupsRequest,
  { realm }: Call,
): EFS.DescribeMountTargetSecurityGroupsResponse {
  const record = usable(world, realm, input.MountTargetId);
  return { SecurityGroups: idsIn(record.properties['SecurityGroups']) };
}

export function modifyMountTargetSecurityGroups(
  world: World,
  input: EFS.ModifyMountTargetSecurityGroupsRequest,
  { realm }: Call,
): object {
  const before = usable(world, realm, input.MountTargetId);
  const { SecurityGroups = [] } = input;
  const refused = groupsRefusal(world, realm, SecurityGroups);
  if (refused !== undefined) throw serviceError(refused);
  const after = setProperties(world, realm, before, { SecurityGroups });
  behaviourOf(MOUNT_TARGET).changed?.(world, realm, before, after);
  return {};
}

function chosen(world: World, realm: Realm, input: EFS.DescribeMountTargetsRequest): readonly Resource[] {
  const { FileSystemId, MountTargetId, AccessPointId } = input;
  if ([FileSystemId, MountTargetId, AccessPointId].filter((id) => id !== undefined).length !== 1) {
    throw badRequest('Must specify exactly one mutually exclusive parameter.');
  }
  if (MountTargetId !== undefined) return [mountTargetOf(world, realm, MountTargetId)];
  const home =
    AccessPointId === undefined
      ? fileSystemOf(world, realm, FileSystemId).id
      : accessPointOf(world, realm, AccessPointId).properties['FileSystemId'];
  return [...resourcesOf(world, realm, MOUNT_TARGET)].filter(({ properties }) => properties['FileSystemId'] === home);
}

/** @throws ServiceError MountTargetNotFound, or IncorrectMountTargetState where it is on its way */
function usable(world: World, realm: Realm, id: string | undefined): Resource {
  const record = mountTargetOf(world, realm, id);
  const state = stateOf(world, realm, record.id);
  if (state === 'available') return record;
  throw new ServiceError('IncorrectMountTargetState', `Mount target is not available. It is ${state}.`, 409);
}

function mountTargetView(world: World, realm: Realm, record: Resource): EFS.MountTargetDescription {
  const subnet = findRecord(world, realm, SUBNET, textOf(record, 'SubnetId') ?? '');
  const [own] = interfacesOf(world, realm, record.id);
  return {
    OwnerId: realm.account,
    MountTargetId: record.id,
    FileSystemId: textOf(record, 'FileSystemId'),
    SubnetId: textOf(record, 'SubnetId'),
    LifeCycleState: stateOf(world, realm, record.id) as EFS.LifeCycleState,
    IpAddress: String(record.attributes['IpAddress']),
    NetworkInterfaceId: own?.id,
    AvailabilityZoneId: subnet && String(subnet.attributes['AvailabilityZoneId']),
    AvailabilityZoneName: subnet && String(subnet.attributes['AvailabilityZone']),
    VpcId: subnet && textOf(subnet, 'VpcId'),
  };
}
