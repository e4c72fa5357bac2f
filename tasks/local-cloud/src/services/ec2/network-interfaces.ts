import type * as EC2 from '@aws-sdk/client-ec2';
import { interfaceStates, NETWORK_INTERFACE } from '../../catalog/network-interfaces.ts';
import type { InterfaceAttachment, InterfaceState } from '../../catalog/network-interfaces.ts';
import { addressOf, associationOfInterface } from '../../catalog/ec2/address.ts';
import { groupsElsewhere } from '../../catalog/ec2/network-interface.ts';
import { absentRefusal, idsIn, missing } from '../../catalog/ec2/references.ts';
import { SECURITY_GROUP } from '../../catalog/ec2/security-group-rule.ts';
import { serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, remove, tagsFor } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.NetworkInterface> = {
  type: NETWORK_INTERFACE,
  idOf: ({ NetworkInterfaceId }) => NetworkInterfaceId,
  fields: {
    'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
    'subnet-id': ({ SubnetId }) => SubnetId,
    'vpc-id': ({ VpcId }) => VpcId,
    'group-id': ({ Groups }) => Groups?.map(({ GroupId }) => GroupId),
    'group-name': ({ Groups }) => Groups?.map(({ GroupName }) => GroupName),
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    description: ({ Description }) => Description,
    status: ({ Status }) => Status,
    'interface-type': ({ InterfaceType }) => InterfaceType,
    'requester-id': ({ RequesterId }) => RequesterId,
    'requester-managed': ({ RequesterManaged }) => RequesterManaged,
    'owner-id': ({ OwnerId }) => OwnerId,
    'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'addresses.private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'association.public-ip': ({ Association }) => Association?.PublicIp,
    'association.allocation-id': ({ Association }) => Association?.AllocationId,
    'attachment.attachment-id': ({ Attachment }) => Attachment?.AttachmentId,
    'attachment.instance-id': ({ Attachment }) => Attachment?.InstanceId,
    'attachment.instance-owner-id': ({ Attachment }) => Attachment?.InstanceOwnerId,
    'attachment.status': ({ Attachment }) => Attachment?.Status,
  },
};

export function describeNetworkInterfaces(
  world: World,
  input: EC2.DescribeNetworkInterfacesRequest,
  { realm }: Call,
): EC2.DescribeNetworkInterfacesResult {
  const views = [...resourcesOf(world, realm, NETWORK_INTERFACE)].map((record) => interfaceView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.NetworkInterfaceIds });
  return { NetworkInterfaces: items, ...more };
}

export function createNetworkInterface(
  world: World,
  input: EC2.CreateNetworkInterfaceRequest,
  { realm }: Call,
): EC2.CreateNetworkInterfaceResult {
  const { SubnetId, Description, PrivateIpAddress, Groups } = input;
  const properties = { SubnetId, Description, PrivateIpAddress, GroupSet: Groups };
  const tags = tagsFor(input.TagSpecifications, 'network-interface');
  const [record] = madeOnce(world, realm, input, () => [create(world, realm, NETWORK_INTERFACE, properties, tags)]);
  return record === undefined ? {} : { NetworkInterface: interfaceView(world, realm, record) };
}

export function deleteNetworkInterface(
  world: World,
  { NetworkInterfaceId }: EC2.DeleteNetworkInterfaceRequest,
  { realm }: Call,
): object {
  remove(world, realm, NETWORK_INTERFACE, NetworkInterfaceId);
  return {};
}

/** What a service of AWS's has attached, it alone detaches. */
export function detachNetworkInterface(
  world: World,
  { AttachmentId = '' }: EC2.DetachNetworkInterfaceRequest,
  { realm }: Call,
): object {
  for (const { id } of resourcesOf(world, realm, NETWORK_INTERFACE)) {
    const state = interfaceStates(world, realm).get(id);
    if (state?.attachment?.id !== AttachmentId) continue;
    if (state.requesterId !== undefined) {
      throw new ServiceError('AuthFailure', 'You do not have permission to access the specified resource.');
    }
    if (state.attachment.deviceIndex === 0) {
      const text = 'The network interface at device index 0 cannot be detached.';
      throw new ServiceError('OperationNotPermitted', text);
    }
    const { attachment: _attachment, ...rest } = state;
    interfaceStates(world, realm).put(id, rest);
    return {};
  }
  throw serviceError(missing('AWS::EC2::NetworkInterfaceAttachment', AttachmentId));
}

export function modifyNetworkInterfaceAttribute(
  world: World,
  input: EC2.ModifyNetworkInterfaceAttributeRequest,
  { realm }: Call,
): object {
  const record = recordOf(world, realm, NETWORK_INTERFACE, input.NetworkInterfaceId);
  const { Groups = [] } = input;
  if (Groups.length > 0 && interfaceStates(world, realm).get(record.id)?.requesterId !== undefined) {
    throw new ServiceError('AuthFailure', 'You do not have permission to access the specified resource.');
  }
  const refused =
    absentRefusal(world, realm, SECURITY_GROUP, Groups) ??
    groupsElsewhere(world, realm, String(record.properties['SubnetId']), Groups);
  if (refused !== undefined) throw serviceError(refused);
  setProperties(world, realm, record, {
    ...(input.Description === undefined ? {} : { Description: input.Description.Value }),
    ...(input.SourceDestCheck === undefined ? {} : { SourceDestCheck: input.SourceDestCheck.Value }),
    ...(input.Groups === undefined ? {} : { GroupSet: input.Groups }),
  });
  return {};
}

function interfaceView(world: World, realm: Realm, record: Resource): EC2.NetworkInterface {
  const { properties, attributes } = record;
  const state: InterfaceState = interfaceStates(world, realm).get(record.id) ?? { interfaceType: 'interface' };
  const subnet = findRecord(world, realm, 'AWS::EC2::Subnet', String(properties['SubnetId']));
  const address = String(attributes['PrimaryPrivateIpAddress']);
  return {
    NetworkInterfaceId: record.id,
    SubnetId: String(properties['SubnetId']),
    VpcId: String(attributes['VpcId']),
    ...(subnet === undefined ? {} : { AvailabilityZone: String(subnet.attributes['AvailabilityZone']) }),
    Description: String(properties['Description'] ?? ''),
    OwnerId: realm.account,
    InterfaceType: state.interfaceType as EC2.NetworkInterfaceType,
    ...(state.requesterId === undefined ? {} : { RequesterId: state.requesterId }),
    RequesterManaged: state.requesterId !== undefined,
    Status: state.attachment === undefined ? 'available' : 'in-use',
    SourceDestCheck: properties['SourceDestCheck'] !== false,
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true }],
    Ipv6Addresses: [],
    Groups: idsIn(properties['GroupSet']).map((id) => groupName(world, realm, id)),
    TagSet: tagList(record.tags),
    ...(state.attachment === undefined ? {} : { Attachment: attachmentView(state.attachment) }),
    Association: publicView(world, realm, record, state),
  };
}

/** The public address of an interface: an Elastic IP, or one of Amazon's. */
function publicView(
  world: World,
  realm: Realm,
  { id }: Resource,
  state: InterfaceState,
): EC2.NetworkInterfaceAssociation | undefined {
  const association = associationOfInterface(world, realm, id);
  if (association === undefined) {
    return state.publicIp === undefined ? undefined : { PublicIp: state.publicIp, IpOwnerId: 'amazon' };
  }
  const address = addressOf(world, realm, association.allocationId);
  return {
    AllocationId: association.allocationId,
    AssociationId: association.id,
    PublicIp: address?.ref,
    IpOwnerId: realm.account,
  };
}

function attachmentView(attachment: InterfaceAttachment): EC2.NetworkInterfaceAttachment {
  return {
    AttachmentId: attachment.id,
    AttachTime: new Date(attachment.at),
    DeleteOnTermination: attachment.deleteOnTermination,
    DeviceIndex: attachment.deviceIndex,
    InstanceOwnerId: attachment.instanceOwnerId,
    ...(attachment.instanceId === undefined ? {} : { InstanceId: attachment.instanceId }),
    Status: 'attached',
  };
}

/** A group as other things name it. */
export function groupName(world: World, realm: Realm, id: string): EC2.GroupIdentifier {
  const name = findRecord(world, realm, 'AWS::EC2::SecurityGroup', id)?.properties['GroupName'];
  return name === undefined ? { GroupId: id } : { GroupId: id, GroupName: String(name) };
}
