import type { Behaviour } from '../behaviour.ts';
import { interfaceStates, privateAddress } from '../network-interfaces.ts';
import { findRecord } from '../stored-record.ts';
import { idsIn, referenceRefusal } from './references.ts';
import { firstOf, invalid } from './refusals.ts';
import { SECURITY_GROUP } from './security-group-rule.ts';
import { SUBNET } from './subnet.ts';
import { VPC } from './vpc.ts';

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
    ),
  refuseDelete: (world, realm, { id }) =>
    interfaceStates(world, realm).get(id)?.attachment &&
    invalid('InvalidParameterValue', `Network interface '${id}' is currently in use.`),
  gone: (world, realm, { id }) => interfaceStates(world, realm).delete(id),
};
