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
import { resourcesOf } from '../resources-of.ts';
import { dropRecord, findRecord } from '../stored-record.ts';
import { isTrue } from './is-true.ts';
import { end, enter, lifecycles, turnLater } from './lifecycle.ts';
import { instanceSettings } from './instance-settings.ts';
import type { InstanceSettings } from './instance-settings.ts';
import { addressRefusal, groupsElsewhere } from './network-interface.ts';
import { absentRefusal } from './references.ts';
import { firstOf, invalid } from './refusals.ts';
import { SECURITY_GROUP } from './security-group-rule.ts';
import { SUBNET } from './subnet.ts';
import { VOLUME_ATTACHMENT } from './volume.ts';

export const INSTANCE = 'AWS::EC2::Instance';

export const instance: Behaviour = {
  make,
  refuseCreate: placeRefusal,
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
    detachVolumes(world, realm, record.id);
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
  const settings = instanceSettings(world, realm, making.properties);
  const subnet = findRecord(world, realm, SUBNET, settings.subnetId ?? '');
  const own = subnet === undefined ? undefined : openOwn(making, id, subnet, settings);
  const octet = (): number => 1 + Math.floor(world.random() * 253);
  const privateIp = own?.privateIp ?? settings.privateIp ?? `172.31.${octet()}.${octet()}`;
  return {
    id,
    attributes: {
      InstanceId: id,
      AvailabilityZone:
        making.text('AvailabilityZone') ?? String(subnet?.attributes['AvailabilityZone'] ?? `${realm.region}a`),
      PrivateIp: privateIp,
      PrivateDnsName: `ip-${privateIp.replaceAll('.', '-')}.${realm.region}.compute.internal`,
      PublicIp: (own === undefined ? publicAddress(world) : own.publicIp) ?? '',
      VpcId: String(subnet?.properties['VpcId'] ?? ''),
      State: 'running',
    },
    properties: {
      ...settings.inherited,
      ...(subnet === undefined ? {} : { SubnetId: subnet.id }),
    },
  };
}

function detachVolumes(world: World, realm: Realm, id: string): void {
  for (const attachment of [...resourcesOf(world, realm, VOLUME_ATTACHMENT)]) {
    if (attachment.properties['InstanceId'] === id) dropRecord(world, realm, attachment);
  }
}

interface OwnAddresses {
  readonly privateIp: string;
  readonly publicIp: string | undefined;
}

function openOwn({ world, realm }: Making, id: string, subnet: Resource, settings: InstanceSettings): OwnAddresses {
  const { groupIds, privateIp, wantsPublicIp } = settings;
  openInterfaces(world, realm, {
    ...{ owner: id, instanceId: id, description: '', subnetIds: [subnet.id] },
    hasPublicIp: wantsPublicIp ?? isTrue(subnet.properties['MapPublicIpOnLaunch']),
    ...(privateIp === undefined ? {} : { privateIp }),
    ...(groupIds.length > 0 ? { securityGroupIds: groupIds } : {}),
  });
  const [own] = interfacesOf(world, realm, id);
  const publicIp = own && interfaceStates(world, realm).get(own.id)?.publicIp;
  return { privateIp: String(own?.properties['PrivateIpAddress']), publicIp };
}

function placeRefusal({ world, realm, properties }: Making): Refusal | undefined {
  const { subnetId, groupIds, privateIp } = instanceSettings(world, realm, properties);
  return firstOf(
    () => absentRefusal(world, realm, SUBNET, subnetId === undefined ? [] : [subnetId]),
    () => absentRefusal(world, realm, SECURITY_GROUP, groupIds),
    () => groupsElsewhere(world, realm, subnetId, groupIds),
    () => addressRefusal(world, realm, subnetId, privateIp),
    () => profileRefusal(world, realm, properties['IamInstanceProfile']),
  );
}

function profileRefusal(world: World, realm: Realm, name: unknown): Refusal | undefined {
  if (name === undefined || findRecord(world, realm, 'AWS::IAM::InstanceProfile', String(name))) return undefined;
  const text = `Value (${String(name)}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`;
  return invalid('InvalidParameterValue', text);
}
