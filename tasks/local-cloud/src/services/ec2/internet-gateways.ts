import type * as EC2 from '@aws-sdk/client-ec2';
import { attachmentOf, GATEWAY_ATTACHMENT, INTERNET_GATEWAY } from '../../catalog/ec2/internet-gateway.ts';
import { VPC } from '../../catalog/ec2/vpc.ts';
import { deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { create, recordOf, remove, tagsFor } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.InternetGateway> = {
  type: INTERNET_GATEWAY,
  idOf: ({ InternetGatewayId }) => InternetGatewayId,
  fields: {
    'internet-gateway-id': ({ InternetGatewayId }) => InternetGatewayId,
    'attachment.vpc-id': ({ Attachments }) => Attachments?.map(({ VpcId }) => VpcId),
    'attachment.state': ({ Attachments }) => Attachments?.map(({ State }) => State),
    'owner-id': ({ OwnerId }) => OwnerId,
  },
};

export function describeInternetGateways(
  world: World,
  input: EC2.DescribeInternetGatewaysRequest,
  { realm }: Call,
): EC2.DescribeInternetGatewaysResult {
  const views = [...resourcesOf(world, realm, INTERNET_GATEWAY)].map((record) => gatewayView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.InternetGatewayIds });
  return { InternetGateways: items, ...more };
}

export function createInternetGateway(
  world: World,
  input: EC2.CreateInternetGatewayRequest,
  { realm }: Call,
): EC2.CreateInternetGatewayResult {
  const record = create(world, realm, INTERNET_GATEWAY, {}, tagsFor(input.TagSpecifications, 'internet-gateway'));
  return { InternetGateway: gatewayView(world, realm, record) };
}

export function deleteInternetGateway(world: World, input: EC2.DeleteInternetGatewayRequest, { realm }: Call): object {
  remove(world, realm, INTERNET_GATEWAY, input.InternetGatewayId);
  return {};
}

export function attachInternetGateway(world: World, input: EC2.AttachInternetGatewayRequest, { realm }: Call): object {
  const { InternetGatewayId, VpcId } = input;
  create(world, realm, GATEWAY_ATTACHMENT, { InternetGatewayId, VpcId });
  return {};
}

export function detachInternetGateway(world: World, input: EC2.DetachInternetGatewayRequest, { realm }: Call): object {
  const gateway = recordOf(world, realm, INTERNET_GATEWAY, input.InternetGatewayId);
  const vpc = recordOf(world, realm, VPC, input.VpcId);
  const attachment = attachmentOf(world, realm, gateway.id);
  if (attachment?.properties['VpcId'] !== vpc.id) {
    throw new ServiceError('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${vpc.id}`);
  }
  deleteRecord({ world, realm, type: GATEWAY_ATTACHMENT, id: attachment.id });
  return {};
}

function gatewayView(world: World, realm: Realm, { id, tags }: Resource): EC2.InternetGateway {
  const attachment = attachmentOf(world, realm, id);
  return {
    InternetGatewayId: id,
    OwnerId: realm.account,
    // Gateways are the one thing whose attachment is called available.
    Attachments:
      attachment === undefined
        ? []
        : [{ VpcId: String(attachment.properties['VpcId']), State: 'available' as EC2.AttachmentStatus }],
    Tags: tagList(tags),
  };
}
