import type { Resource } from '../../resource.ts';
import type { Due, Realm, Table, World } from '../../world.ts';
import type { Behaviour, Made, Making, Readiness, Refusal } from '../behaviour.ts';
import { closeInterfaces, openInterfaces } from '../network-interfaces.ts';
import { resourcesOf } from '../resources-of.ts';
import { drawSeconds, durationOf } from '../seconds.ts';
import { findRecord } from '../stored-record.ts';
import { allocationRefusal, associationOf } from './address.ts';
import { gatewayOfVpc } from './internet-gateway.ts';
import { referenceRefusal } from './references.ts';
import { firstOf, invalid, overLimit } from './refusals.ts';
import { SUBNET } from './subnet.ts';

export const NAT_GATEWAY = 'AWS::EC2::NatGateway';
/** Gateways in each zone. */
const QUOTA = 5;
/** Deleted gateways stay visible for about an hour. */
const VISIBLE_MS = 3_600_000;

export const NAT_AVAILABLE = 'ec2.nat-gateway-available';
export const NAT_FORGOTTEN = 'ec2.nat-gateway-forgotten';

/** What EC2 keeps of a gateway beside its record, by its id. */
export interface NatState {
  readonly state: 'pending' | 'failed' | 'available' | 'deleting' | 'deleted';
  readonly failure?: { readonly code: string; readonly message: string };
  readonly deletedAt?: number;
  /** The record as it was last, once it is gone. */
  readonly remains?: Resource;
}

export function natStates(world: World, realm: Realm): Table<NatState> {
  return world.table<NatState>('ec2.nat-gateway', realm);
}

export const natGateway: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'SubnetId', SUBNET),
      () => allocationMissing(making),
      () => allocationRefusal(making),
      () => quotaRefusal(making),
    ),
  made: (world, realm, { id }) => becomeAvailableLater(world, realm, id),
  readiness,
  deleting: (world, realm, { id }) => change(world, realm, id, { state: 'deleting' }),
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
  natStates(world, realm).put(id, { state: 'pending', ...(failure === undefined ? {} : { failure }) });
  return { id, attributes: { NatGatewayId: id, EniId: interfaceId } };
}

function failureOf({ world, realm, text }: Making): NatState['failure'] {
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
      natStates(world, realm).get(id)?.state !== 'failed' && zoneOf(properties['SubnetId']) === zone,
  );
  if (zone === undefined || others.length < QUOTA) return undefined;
  const text_ = `Performing this operation would exceed the limit of ${QUOTA} NAT gateways`;
  return overLimit('NatGatewayLimitExceeded', text_);
}

function isPrivate(text: Making['text']): boolean {
  return text('ConnectivityType') === 'private';
}

function becomeAvailableLater(world: World, realm: Realm, id: string): void {
  const { failure } = natStates(world, realm).get(id) ?? {};
  const seconds = failure === undefined ? drawSeconds(durationOf(NAT_GATEWAY).create, world.random()) : 10;
  world.later(Math.round(seconds * 1000), { kind: NAT_AVAILABLE, realm, payload: { id } });
}

/** Handles the end of a gateway's making. */
export function becomeAvailable(world: World, { realm, payload }: Due): void {
  const id = String(payload['id']);
  const known = natStates(world, realm).get(id);
  if (known?.state === 'pending') change(world, realm, id, { state: known.failure ? 'failed' : 'available' });
}

/** When CloudFormation's own time for it is over, so is the gateway's. */
function readiness(world: World, realm: Realm, { id }: Resource): Readiness {
  becomeAvailable(world, { kind: NAT_AVAILABLE, realm, payload: { id } });
  const known = natStates(world, realm).get(id);
  if (known?.failure === undefined) return 'ready';
  const text =
    `NatGateway ${id} is in state failed and hence failed to stabilize. ` +
    `Detailed failure message: ${known.failure.message}`;
  return { text, handlerErrorCode: 'NotStabilized' };
}

function gone(world: World, realm: Realm, record: Resource): void {
  closeInterfaces(world, realm, record.id);
  change(world, realm, record.id, { state: 'deleted', deletedAt: world.now, remains: record });
  world.later(VISIBLE_MS, { kind: NAT_FORGOTTEN, realm, payload: { id: record.id } });
}

/** Handles the end of the hour for which a deleted gateway is still shown. */
export function forget(world: World, { realm, payload }: Due): void {
  natStates(world, realm).delete(String(payload['id']));
}

function change(world: World, realm: Realm, id: string, to: Partial<NatState>): void {
  natStates(world, realm).put(id, { state: 'available', ...natStates(world, realm).get(id), ...to });
}
