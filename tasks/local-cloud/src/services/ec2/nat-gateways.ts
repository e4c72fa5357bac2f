import type * as EC2 from '@aws-sdk/client-ec2';
import { addressOf, associationOf } from '../../catalog/ec2/address.ts';
import { lifecycles } from '../../catalog/ec2/lifecycle.ts';
import { NAT_GATEWAY } from '../../catalog/ec2/nat-gateway.ts';
import { SUBNET } from '../../catalog/ec2/subnet.ts';
import { NETWORK_INTERFACE } from '../../catalog/network-interfaces.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, removeLater, tagsFor, textOf } from './own-records.ts';
import { withRemains } from './remains.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.NatGateway> = {
  type: NAT_GATEWAY,
  idOf: ({ NatGatewayId }) => NatGatewayId,
  fields: {
    'nat-gateway-id': ({ NatGatewayId }) => NatGatewayId,
    state: ({ State }) => State,
    'subnet-id': ({ SubnetId }) => SubnetId,
    'vpc-id': ({ VpcId }) => VpcId,
  },
};

export function describeNatGateways(
  world: World,
  input: EC2.DescribeNatGatewaysRequest,
  { realm }: Call,
): EC2.DescribeNatGatewaysResult {
  const views = withRemains(world, realm, NAT_GATEWAY).map((record) => natView(world, realm, record));
  // This one operation calls its filters by the singular.
  const { items, more } = select(views, NOUN, { ...input, ids: input.NatGatewayIds, Filters: input.Filter });
  return { NatGateways: items, ...more };
}

export function createNatGateway(
  world: World,
  input: EC2.CreateNatGatewayRequest,
  { realm }: Call,
): EC2.CreateNatGatewayResult {
  const { SubnetId, AllocationId, ConnectivityType, PrivateIpAddress } = input;
  const properties = { SubnetId, AllocationId, ConnectivityType, PrivateIpAddress };
  const tags = tagsFor(input.TagSpecifications, 'natgateway');
  const [record] = madeOnce(world, realm, input, () => [create(world, realm, NAT_GATEWAY, properties, tags)]);
  return {
    ...(input.ClientToken === undefined ? {} : { ClientToken: input.ClientToken }),
    ...(record === undefined ? {} : { NatGateway: natView(world, realm, record) }),
  };
}

export function deleteNatGateway(
  world: World,
  { NatGatewayId }: EC2.DeleteNatGatewayRequest,
  { realm }: Call,
): EC2.DeleteNatGatewayResult {
  const { id } = recordOf(world, realm, NAT_GATEWAY, NatGatewayId);
  if (lifecycles(world, realm).get(id)?.state !== 'deleting') removeLater(world, realm, NAT_GATEWAY, id);
  return { NatGatewayId: id };
}

function natView(world: World, realm: Realm, record: Resource): EC2.NatGateway {
  const { state = 'available', failure, endedAt } = lifecycles(world, realm).get(record.id) ?? {};
  const subnet = findRecord(world, realm, SUBNET, textOf(record, 'SubnetId') ?? '');
  return {
    NatGatewayId: record.id,
    SubnetId: textOf(record, 'SubnetId'),
    VpcId: subnet && textOf(subnet, 'VpcId'),
    State: state as EC2.NatGatewayState,
    ConnectivityType: (textOf(record, 'ConnectivityType') ?? 'public') as EC2.ConnectivityType,
    CreateTime: new Date(record.createdAt),
    DeleteTime: endedAt === undefined ? undefined : new Date(endedAt),
    ...(failure === undefined || state === 'pending'
      ? {}
      : { FailureCode: failure.code, FailureMessage: failure.message }),
    NatGatewayAddresses: [natAddress(world, realm, record)],
    Tags: tagList(record.tags),
  };
}

function natAddress(world: World, realm: Realm, record: Resource): EC2.NatGatewayAddress {
  const allocationId = textOf(record, 'AllocationId');
  const own = findRecord(world, realm, NETWORK_INTERFACE, String(record.attributes['EniId']));
  const address = allocationId === undefined ? undefined : addressOf(world, realm, allocationId);
  const association = allocationId === undefined ? undefined : associationOf(world, realm, allocationId);
  return {
    AllocationId: allocationId,
    IsPrimary: true,
    NetworkInterfaceId: own?.id,
    PrivateIp: own && String(own.attributes['PrimaryPrivateIpAddress']),
    PublicIp: address && String(address.attributes['PublicIp']),
    AssociationId: own && association?.id,
    Status: own === undefined ? undefined : 'succeeded',
  };
}
