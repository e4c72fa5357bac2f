import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { interfacesOf, publicAddress } from '../network-interfaces.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { dropRecord, findRecord } from '../stored-record.ts';
import { missing, referenceRefusal } from './references.ts';
import { alreadyThere, firstOf, invalid, overLimit } from './refusals.ts';

export const ADDRESS = 'AWS::EC2::EIP';
export const ADDRESS_ASSOCIATION = 'AWS::EC2::EIPAssociation';
const NAT_GATEWAY = 'AWS::EC2::NatGateway';
const QUOTA = 5;

export const address: Behaviour = {
  make(making) {
    const ip = publicAddress(making.world);
    return { ref: ip, attributes: { PublicIp: ip, AllocationId: making.id('eipalloc') } };
  },
  refuseCreate: (making) =>
    firstOf(
      () => quotaRefusal(making),
      () => referenceRefusal(making, 'InstanceId', 'AWS::EC2::Instance'),
      () => gatewayRefusal(making),
    ),
  refuseDelete: inUse,
  gone: forgetAssociation,
};

export const addressAssociation: Behaviour = {
  make: (making) => ({ id: making.id('eipassoc') }),
  refuseCreate: (making) =>
    firstOf(
      () => allocationRefusal(making),
      () => referenceRefusal(making, 'NetworkInterfaceId', 'AWS::EC2::NetworkInterface'),
      () => referenceRefusal(making, 'InstanceId', 'AWS::EC2::Instance'),
      () => takenRefusal(making),
      () => gatewayRefusal(making),
    ),
};

function quotaRefusal({ world, realm }: Making): Refusal | undefined {
  const isFull = [...resourcesOf(world, realm, ADDRESS)].length >= QUOTA;
  return isFull ? overLimit('AddressLimitExceeded', 'The maximum number of addresses has been reached.') : undefined;
}

/** What an address is mapped to. */
export interface Association {
  readonly id: string;
  readonly allocationId: string;
  readonly interfaceId?: string;
  readonly instanceId?: string;
  /** A NAT gateway's addresses are AWS's to let go of. */
  readonly isManaged: boolean;
}

/** The address with that allocation id. */
export function addressOf(world: World, realm: Realm, allocationId: string): Resource | undefined {
  return resourceWith(
    ...([world, realm, ADDRESS] as const),
    ({ attributes }) => attributes['AllocationId'] === allocationId,
  );
}

/** What the address with that allocation id is mapped to: by an association of its own, a NAT gateway or a property. */
export function associationOf(world: World, realm: Realm, allocationId: string): Association | undefined {
  const nat = resourceWith(
    ...([world, realm, NAT_GATEWAY] as const),
    ({ id, properties }) => properties['AllocationId'] === allocationId && interfacesOf(world, realm, id).length > 0,
  );
  if (nat !== undefined) {
    const interfaceId = String(nat.attributes['EniId']);
    return { id: `eipassoc-${nat.id.slice(-17)}`, allocationId, interfaceId, isManaged: true };
  }
  const own = resourceWith(
    ...([world, realm, ADDRESS_ASSOCIATION] as const),
    ({ properties }) => properties['AllocationId'] === allocationId,
  );
  if (own !== undefined) return associationTo(world, realm, own.id, allocationId, own.properties);
  const record = addressOf(world, realm, allocationId);
  if (record?.properties['InstanceId'] === undefined) return undefined;
  return associationTo(world, realm, `eipassoc-${allocationId.slice(-17)}`, allocationId, record.properties);
}

/** The address that is mapped to an interface. */
export function associationOfInterface(world: World, realm: Realm, interfaceId: string): Association | undefined {
  for (const { attributes } of resourcesOf(world, realm, ADDRESS)) {
    const association = associationOf(world, realm, String(attributes['AllocationId']));
    if (association?.interfaceId === interfaceId) return association;
  }
  return undefined;
}

function takenRefusal({ world, realm, text }: Making): Refusal | undefined {
  const allocationId = text('AllocationId');
  const association = allocationId === undefined ? undefined : associationOf(world, realm, allocationId);
  if (association === undefined) return undefined;
  return alreadyThere(
    'Resource.AlreadyAssociated',
    `resource ${allocationId} is already associated with associate-id ${association.id}`,
  );
}

/** Nothing in a VPC without an internet gateway can have a public address. */
function gatewayRefusal({ world, realm, text }: Making): Refusal | undefined {
  const own = findRecord(world, realm, 'AWS::EC2::NetworkInterface', text('NetworkInterfaceId') ?? '');
  const instance = findRecord(world, realm, 'AWS::EC2::Instance', text('InstanceId') ?? '');
  const network = String((own ?? instance)?.attributes['VpcId'] ?? '');
  const attachment = resourceWith(
    ...([world, realm, 'AWS::EC2::VPCGatewayAttachment'] as const),
    ({ properties }) => properties['VpcId'] === network && properties['InternetGatewayId'] !== undefined,
  );
  if (network === '' || attachment !== undefined) return undefined;
  const refusal = invalid('Gateway.NotAttached', `Network ${network} is not attached to any internet gateway`);
  return { ...refusal, handlerErrorCode: 'GeneralServiceException' };
}

/** That there is no address with the allocation id that a property names. */
export function allocationRefusal({ world, realm, text }: Making): Refusal | undefined {
  const id = text('AllocationId');
  return id === undefined || addressOf(world, realm, id) !== undefined ? undefined : missing(ADDRESS, id);
}

function associationTo(
  world: World,
  realm: Realm,
  id: string,
  allocationId: string,
  { InstanceId, NetworkInterfaceId }: Readonly<Record<string, unknown>>,
): Association {
  const instanceId = typeof InstanceId === 'string' ? InstanceId : undefined;
  const interfaceId =
    typeof NetworkInterfaceId === 'string'
      ? NetworkInterfaceId
      : instanceId && interfacesOf(world, realm, instanceId)[0]?.id;
  return {
    ...{ id, allocationId, isManaged: false },
    ...(interfaceId === undefined || interfaceId === '' ? {} : { interfaceId }),
    ...(instanceId === undefined ? {} : { instanceId }),
  };
}

/** CloudFormation unmaps an address of an instance before it releases it; a NAT gateway's it cannot. */
function inUse(world: World, realm: Realm, { attributes, stackId }: Resource): Refusal | undefined {
  const association = associationOf(world, realm, String(attributes['AllocationId']));
  if (association?.isManaged) {
    const refusal = invalid('AuthFailure', 'You do not have permission to access the specified resource.');
    return { ...refusal, handlerErrorCode: 'AccessDenied' };
  }
  if (association === undefined || stackId !== undefined) return undefined;
  return invalid('InvalidIPAddress.InUse', `Address ${String(attributes['PublicIp'])} is in use.`);
}

function forgetAssociation(world: World, realm: Realm, { attributes }: Resource): void {
  for (const association of [...resourcesOf(world, realm, ADDRESS_ASSOCIATION)]) {
    if (association.properties['AllocationId'] === attributes['AllocationId']) dropRecord(world, realm, association);
  }
}
