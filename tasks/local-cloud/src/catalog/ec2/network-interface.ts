import type { Realm, World } from '../../world.ts';
import type { Behaviour, Refusal } from '../behaviour.ts';
import { isInside, rangeOf } from '../cidr.ts';
import { interfaceStates, NETWORK_INTERFACE, privateAddress } from '../network-interfaces.ts';
import { resourcesOf } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { idsIn, referenceRefusal } from './references.ts';
import { firstOf, invalid } from './refusals.ts';
import { SECURITY_GROUP } from './security-group-rule.ts';
import { SUBNET } from './subnet.ts';
import { VPC } from './vpc.ts';

/** The first four addresses of a subnet and its last are AWS's own. */
const RESERVED = 5;

/** Interfaces that a template or a caller makes; those of services are opened for them. */
export const networkInterface: Behaviour = {
  make(making) {
    const { world, realm, properties } = making;
    const subnetId = making.text('SubnetId') ?? '';
    const network = String(findRecord(world, realm, SUBNET, subnetId)?.properties['VpcId'] ?? '');
    const address = making.text('PrivateIpAddress') ?? privateAddress(world, realm, subnetId);
    const group = findRecord(world, realm, VPC, network)?.attributes['DefaultSecurityGroup'];
    const groups = idsIn(properties['GroupSet']);
    return {
      attributes: { PrimaryPrivateIpAddress: address, SecondaryPrivateIpAddresses: [], VpcId: network },
      properties: { PrivateIpAddress: address, GroupSet: groups.length > 0 ? groups : idsIn(group) },
    };
  },
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'SubnetId', SUBNET),
      () => referenceRefusal(making, 'GroupSet', SECURITY_GROUP),
      () => groupsElsewhere(making.world, making.realm, making.text('SubnetId'), idsIn(making.properties['GroupSet'])),
      () => addressRefusal(making.world, making.realm, making.text('SubnetId'), making.text('PrivateIpAddress')),
    ),
  refuseDelete: (world, realm, { id }) =>
    interfaceStates(world, realm).get(id)?.attachment &&
    invalid('InvalidParameterValue', `Network interface '${id}' is currently in use.`),
  gone: (world, realm, { id }) => interfaceStates(world, realm).delete(id),
};

/** A subnet's interfaces take groups of the subnet's own VPC alone. */
export function groupsElsewhere(
  world: World,
  realm: Realm,
  subnetId: string | undefined,
  groupIds: readonly string[],
): Refusal | undefined {
  const network = findRecord(world, realm, SUBNET, subnetId ?? '')?.properties['VpcId'];
  if (network === undefined) return undefined;
  const foreign = groupIds.find((id) => {
    const own = findRecord(world, realm, SECURITY_GROUP, id)?.properties['VpcId'];
    return own !== undefined && own !== network;
  });
  if (foreign === undefined) return undefined;
  return invalid('InvalidParameter', `Security group ${foreign} and subnet ${subnetId} belong to different networks.`);
}

/** Why an address cannot be taken in a subnet; without one, why there is none left. */
export function addressRefusal(
  world: World,
  realm: Realm,
  subnetId: string | undefined,
  address: string | undefined,
): Refusal | undefined {
  const range = rangeOf(String(findRecord(world, realm, SUBNET, subnetId ?? '')?.properties['CidrBlock']));
  if (range === undefined) return undefined;
  const taken = new Set<unknown>();
  for (const { properties } of resourcesOf(world, realm, NETWORK_INTERFACE)) {
    if (properties['SubnetId'] === subnetId) taken.add(properties['PrivateIpAddress']);
  }
  if (address === undefined) {
    if (taken.size < range.size - RESERVED) return undefined;
    const text = 'The specified subnet does not have enough free addresses to satisfy the request.';
    return invalid('InsufficientFreeAddressesInSubnet', text);
  }
  const wanted = rangeOf(`${address}/32`);
  if (wanted === undefined || !isInside(wanted, range)) {
    return invalid('InvalidParameterValue', "Address does not fall within the subnet's address range");
  }
  const place = wanted.first - range.first;
  if (place < RESERVED - 1 || place === range.size - 1) {
    return invalid('InvalidParameterValue', "Address is in subnet's reserved address range");
  }
  return taken.has(address) ? invalid('InvalidIPAddress.InUse', `Address ${address} is in use.`) : undefined;
}
