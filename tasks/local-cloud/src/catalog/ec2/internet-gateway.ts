import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { interfaceStates, NETWORK_INTERFACE } from '../network-interfaces.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { associationOfInterface } from './address.ts';
import { referenceRefusal } from './references.ts';
import { alreadyThere, dependencyViolation, firstOf, hasDependencies, invalid, overLimit } from './refusals.ts';
import { VPC } from './vpc.ts';

export const INTERNET_GATEWAY = 'AWS::EC2::InternetGateway';
export const GATEWAY_ATTACHMENT = 'AWS::EC2::VPCGatewayAttachment';

const QUOTA = 5;

export const internetGateway: Behaviour = {
  refuseCreate: ({ world, realm }) =>
    [...resourcesOf(world, realm, INTERNET_GATEWAY)].length >= QUOTA
      ? overLimit('InternetGatewayLimitExceeded', 'The maximum number of internet gateways has been reached.')
      : undefined,
  refuseDelete: (world, realm, { id }) => attachmentOf(world, realm, id) && hasDependencies('internetGateway', id),
};

export const gatewayAttachment: Behaviour = {
  make: (making) => ({ attributes: { AttachmentType: making.text('VpnGatewayId') === undefined ? 'IGW' : 'VGW' } }),
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'VpcId', VPC),
      () => referenceRefusal(making, 'InternetGatewayId', INTERNET_GATEWAY),
      () => takenRefusal(making),
    ),
  refuseDelete: hasPublicAddresses,
};

/** The attachment of an internet gateway; it has one at most. */
export function attachmentOf(world: World, realm: Realm, gatewayId: string): Resource | undefined {
  return resourceWith(
    ...([world, realm, GATEWAY_ATTACHMENT] as const),
    ({ properties }) => properties['InternetGatewayId'] === gatewayId,
  );
}

/** The attachment of a VPC's internet gateway. */
export function gatewayOfVpc(world: World, realm: Realm, vpcId: string): Resource | undefined {
  return resourceWith(
    ...([world, realm, GATEWAY_ATTACHMENT] as const),
    ({ properties }) => properties['VpcId'] === vpcId && properties['InternetGatewayId'] !== undefined,
  );
}

function takenRefusal({ world, realm, text }: Making): Refusal | undefined {
  const [gatewayId, vpcId = ''] = [text('InternetGatewayId'), text('VpcId')];
  if (gatewayId === undefined) return undefined;
  const own = attachmentOf(world, realm, gatewayId);
  if (own !== undefined) {
    const network = String(own.properties['VpcId']);
    return alreadyThere(
      'Resource.AlreadyAssociated',
      `resource ${gatewayId} is already attached to network ${network}`,
    );
  }
  if (gatewayOfVpc(world, realm, vpcId) === undefined) return undefined;
  return invalid('InvalidParameterValue', `Network ${vpcId} already has an internet gateway attached`);
}

function hasPublicAddresses(world: World, realm: Realm, { properties }: Resource): Refusal | undefined {
  if (properties['InternetGatewayId'] === undefined) return undefined;
  const network = String(properties['VpcId']);
  for (const { id, attributes } of resourcesOf(world, realm, NETWORK_INTERFACE)) {
    if (attributes['VpcId'] !== network) continue;
    const isMapped =
      interfaceStates(world, realm).get(id)?.publicIp !== undefined ||
      associationOfInterface(world, realm, id) !== undefined;
    if (isMapped) {
      return dependencyViolation(
        `Network ${network} has some mapped public address(es). ` +
          'Please unmap those public address(es) before detaching the gateway.',
      );
    }
  }
  return undefined;
}
