import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { dropRecord, findRecord, putRecord } from '../stored-record.ts';
import { attributesOf, dropInstanceRecords, neededAttributes, putInstanceRecords } from './instance-records.ts';
import type { Attributes } from './instance-records.ts';
import { INSTANCE, SERVICE, bareId } from './types.ts';

export const instance: Behaviour = {
  make: (making) => {
    const ServiceId = bareId(making.text('ServiceId'));
    const InstanceId = making.name('InstanceId', { maxLength: 64 });
    return { id: `${ServiceId}|${InstanceId}`, ref: InstanceId, properties: { ServiceId, InstanceId } };
  },
  refuseCreate: ({ world, realm, properties }: Making) => registrationRefusal(world, realm, properties),
  made: (world, realm, made) => withService(world, realm, made, putInstanceRecords),
  changed(world, realm, before, after) {
    withService(world, realm, before, dropInstanceRecords);
    withService(world, realm, after, putInstanceRecords);
  },
  gone(world, realm, gone) {
    withService(world, realm, gone, dropInstanceRecords);
    instanceHealth(world, realm).delete(gone.id);
  },
};

/** What whoever watches an instance of a service with custom health checks has last said; by the record's id. */
export const instanceHealth = (world: World, realm: Realm) =>
  world.table<'HEALTHY' | 'UNHEALTHY'>('servicediscovery.health', realm);

export function noService(id: string): Refusal {
  return { text: `Service ${id} not found.`, handlerErrorCode: 'NotFound', code: 'ServiceNotFound' };
}

/** Why an instance cannot be registered: no such service, or what DNS is to answer is missing. */
export function registrationRefusal(
  world: World,
  realm: Realm,
  properties: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  const id = bareId(properties['ServiceId']);
  const service = findRecord(world, realm, SERVICE, id);
  if (service === undefined) return noService(id);
  const given = attributesOf({ properties });
  if (given['AWS_ALIAS_DNS_NAME'] !== undefined) return undefined;
  const missing = neededAttributes(service).find((name) => given[name] === undefined);
  if (missing === undefined) return undefined;
  const text = `The attribute ${missing} is required by the DNS records of service ${id}.`;
  return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidInput' };
}

/** Registers an instance whatever stands there, as registering the same one again does. */
export function putInstance(
  world: World,
  realm: Realm,
  of: { ServiceId: string; InstanceId: string },
  given: Attributes,
) {
  const id = `${of.ServiceId}|${of.InstanceId}`;
  const known = findRecord(world, realm, INSTANCE, id);
  if (known !== undefined) withService(world, realm, known, dropInstanceRecords);
  const fresh = { type: INSTANCE, id, ref: of.InstanceId, attributes: {}, tags: {}, createdAt: world.now };
  const record: Resource = { ...(known ?? fresh), properties: { ...of, InstanceAttributes: given } };
  putRecord(world, realm, record);
  withService(world, realm, record, putInstanceRecords);
}

/** Deregisters an instance; nothing where it is gone already. */
export function dropInstance(world: World, realm: Realm, id: string): void {
  const known = findRecord(world, realm, INSTANCE, id);
  if (known === undefined) return;
  dropRecord(world, realm, known);
  instance.gone?.(world, realm, known);
}

function withService(
  world: World,
  realm: Realm,
  of: Resource,
  act: (world: World, realm: Realm, service: Resource, instance: Resource) => void,
): void {
  const service = findRecord(world, realm, SERVICE, String(of.properties['ServiceId']));
  if (service !== undefined) act(world, realm, service, of);
}
