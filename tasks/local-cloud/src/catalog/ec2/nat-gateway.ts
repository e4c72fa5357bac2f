import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Readiness, Refusal } from '../behaviour.ts';
import { closeInterfaces, openInterfaces } from '../network-interfaces.ts';
import { resourcesOf } from '../resources-of.ts';
import { drawSeconds, durationOf } from '../seconds.ts';
import { findRecord } from '../stored-record.ts';
import { allocationRefusal, associationOf } from './address.ts';
import { end, enter, lifecycles, turnLater } from './lifecycle.ts';
import type { Lifecycle } from './lifecycle.ts';
import { gatewayOfVpc } from './internet-gateway.ts';
import { referenceRefusal } from './references.ts';
import { firstOf, invalid, overLimit } from './refusals.ts';
import { SUBNET } from './subnet.ts';

export const NAT_GATEWAY = 'AWS::EC2::NatGateway';
/** Gateways in each zone. */
const QUOTA = 5;
const FAIL_SECONDS = 10;
export const natGateway: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'SubnetId', SUBNET),
      () => allocationMissing(making),
      () => allocationRefusal(making),
      () => quotaRefusal(making),
    ),
  made: becomeAvailableLater,
  readiness,
  deleting: (world, realm, { id }) => enter(world, realm, id, 'deleting'),
  gone,
};

/** The interface is there from the beginning; why the gateway will fail is known then, too. */
function make(making: Making): Made {
  const { world, realm, text } = making;
  const id = making.id('nat');
  const subnetId = text('SubnetId');
  const failure = failureOf(making);
  const [interfaceId = making.id('eni')] =
    subnetId === undefined || failure !== undefined
      ? []
      : openInterfaces(world, realm, {
          ...{ owner: id, subnetIds: [subnetId], securityGroupIds: [] },
          description: `Interface for NAT Gateway ${id}`,
          interfaceType: 'nat_gateway',
        });
  enter(world, realm, id, 'pending', failure === undefined ? {} : { failure });
  return { id, attributes: { NatGatewayId: id, EniId: interfaceId } };
}

function failureOf({ world, realm, text }: Making): Lifecycle['failure'] {
  const allocationId = text('AllocationId');
  if (allocationId !== undefined && associationOf(world, realm, allocationId) !== undefined) {
    return {
      code: 'Resource.AlreadyAssociated',
      message: `Elastic IP address [${allocationId}] is already associated`,
    };
  }
  const subnet = findRecord(world, realm, SUBNET, text('SubnetId') ?? '');
  const network = String(subnet?.properties['VpcId']);
  if (subnet === undefined || isPrivate(text) || gatewayOfVpc(world, realm, network) !== undefined) return undefined;
  return { code: 'Gateway.NotAttached', message: `Network ${network} has no Internet gateway attached` };
}

function allocationMissing({ text }: Making): Refusal | undefined {
  // Without a subnet it is no request that a client could have sent.
  if (text('SubnetId') === undefined || text('AllocationId') !== undefined || isPrivate(text)) return undefined;
  return invalid('MissingParameter', 'The request must contain the parameter AllocationId');
}

function quotaRefusal({ world, realm, text }: Making): Refusal | undefined {
  const zoneOf = (subnetId: unknown): unknown =>
    findRecord(world, realm, SUBNET, String(subnetId))?.attributes['AvailabilityZone'];
  const zone = zoneOf(text('SubnetId'));
  const others = [...resourcesOf(world, realm, NAT_GATEWAY)].filter(
    ({ id, properties }) =>
      lifecycles(world, realm).get(id)?.state !== 'failed' && zoneOf(properties['SubnetId']) === zone,
  );
  if (zone === undefined || others.length < QUOTA) return undefined;
  const text_ = `Performing this operation would exceed the limit of ${QUOTA} NAT gateways`;
  return overLimit('NatGatewayLimitExceeded', text_);
}

function isPrivate(text: Making['text']): boolean {
  return text('ConnectivityType') === 'private';
}

function becomeAvailableLater(world: World, realm: Realm, { id }: Resource, takesMs?: number): void {
  const failure = lifecycles(world, realm).get(id)?.failure;
  const seconds = failure === undefined ? drawSeconds(durationOf(NAT_GATEWAY).create, world.random()) : FAIL_SECONDS;
  const to = failure === undefined ? 'available' : 'failed';
  turnLater(world, realm, { id, from: 'pending', to, afterMs: takesMs ?? seconds * 1000 });
}

/** When CloudFormation's own time for it is over, so is the gateway's. */
function readiness(world: World, realm: Realm, { id }: Resource): Readiness {
  const { state, failure } = lifecycles(world, realm).get(id) ?? {};
  if (state === 'pending') enter(world, realm, id, failure === undefined ? 'available' : 'failed');
  if (failure === undefined) return 'ready';
  const text =
    `NatGateway ${id} is in state failed and hence failed to stabilize. ` +
    `Detailed failure message: ${failure.message}`;
  return { text, handlerErrorCode: 'NotStabilized' };
}

function gone(world: World, realm: Realm, record: Resource): void {
  closeInterfaces(world, realm, record.id);
  end(world, realm, record, 'deleted');
}
