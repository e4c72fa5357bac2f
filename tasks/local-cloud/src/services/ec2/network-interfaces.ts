import type * as EC2 from '@aws-sdk/client-ec2';
import { interfaceStates, NETWORK_INTERFACE } from '../../catalog/network-interfaces.ts';
import type { InterfaceAttachment, InterfaceState } from '../../catalog/network-interfaces.ts';
import { idsIn } from '../../catalog/ec2/references.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
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
    ...(state.publicIp === undefined
      ? {}
      : { Association: { PublicIp: state.publicIp, IpOwnerId: state.requesterId ?? 'amazon' } }),
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

function groupName(world: World, realm: Realm, id: string): EC2.GroupIdentifier {
  const name = findRecord(world, realm, 'AWS::EC2::SecurityGroup', id)?.properties['GroupName'];
  return name === undefined ? { GroupId: id } : { GroupId: id, GroupName: String(name) };
}
