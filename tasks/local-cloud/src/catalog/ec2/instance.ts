import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import {
  closeInterfaces,
  interfacesOf,
  interfaceStates,
  openInterfaces,
  publicAddress,
} from '../network-interfaces.ts';
import { drawSeconds, durationOf } from '../seconds.ts';
import { findRecord } from '../stored-record.ts';
import { isTrue } from './is-true.ts';
import { end, enter, lifecycles, turnLater } from './lifecycle.ts';
import { idsIn, referenceRefusal } from './references.ts';
import { firstOf, invalid } from './refusals.ts';
import { SECURITY_GROUP } from './security-group-rule.ts';
import { SUBNET } from './subnet.ts';

export const INSTANCE = 'AWS::EC2::Instance';

export const instance: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'SubnetId', SUBNET),
      () => referenceRefusal(making, 'SecurityGroupIds', SECURITY_GROUP),
    ),
  made(world, realm, { id }, takesMs) {
    enter(world, realm, id, 'pending');
    const afterMs = takesMs ?? drawSeconds(durationOf(INSTANCE).create, world.random()) * 1000;
    turnLater(world, realm, { id, from: 'pending', to: 'running', afterMs });
  },
  readiness(world, realm, { id }) {
    if (lifecycles(world, realm).get(id)?.state === 'pending') enter(world, realm, id, 'running');
    return 'ready';
  },
  refuseDelete: protectedRefusal,
  deleting: (world, realm, { id }) => enter(world, realm, id, 'shutting-down'),
  gone(world, realm, record) {
    closeInterfaces(world, realm, record.id);
    end(world, realm, record, 'terminated');
  },
};

function protectedRefusal(_world: World, _realm: Realm, { id, properties }: Resource): Refusal | undefined {
  if (!isTrue(properties['DisableApiTermination'])) return undefined;
  const text = `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`;
  return invalid('OperationNotPermitted', text);
}

function make(making: Making): Made {
  const { world, realm } = making;
  const id = making.id('i');
  const subnetId = making.text('SubnetId');
  const subnet = findRecord(world, realm, SUBNET, subnetId ?? '');
  const isPublic = isTrue(subnet?.properties['MapPublicIpOnLaunch']);
  const address = subnet === undefined ? undefined : openOwn(making, id, subnet, isPublic);
  const privateIp = address ?? `172.31.${1 + Math.floor(world.random() * 253)}.${1 + Math.floor(world.random() * 253)}`;
  const publicIp = isPublic || subnet === undefined ? publicAddress(world) : '';
  return {
    id,
    attributes: {
      InstanceId: id,
      AvailabilityZone:
        making.text('AvailabilityZone') ?? String(subnet?.attributes['AvailabilityZone'] ?? `${realm.region}a`),
      PrivateIp: privateIp,
      PrivateDnsName: `ip-${privateIp.replaceAll('.', '-')}.${realm.region}.compute.internal`,
      PublicIp: ownPublicIp(world, realm, id) ?? publicIp,
      VpcId: String(subnet?.properties['VpcId'] ?? ''),
      State: 'running',
    },
  };
}

/** Out: the instance's own address. */
function openOwn({ world, realm, properties }: Making, id: string, subnet: Resource, hasPublicIp: boolean): string {
  const groups = idsIn(properties['SecurityGroupIds']);
  openInterfaces(world, realm, {
    ...{ owner: id, description: '', subnetIds: [subnet.id], hasPublicIp },
    ...(groups.length > 0 ? { securityGroupIds: groups } : {}),
  });
  const [own] = interfacesOf(world, realm, id);
  return String(own?.properties['PrivateIpAddress']);
}

function ownPublicIp(world: World, realm: Realm, id: string): string | undefined {
  const [own] = interfacesOf(world, realm, id);
  return own && interfaceStates(world, realm).get(own.id)?.publicIp;
}
