import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { dropInstanceRecords, putInstanceRecords } from './instance-records.ts';
import {
  HTTP_NAMESPACE,
  bareId,
  findNamespace,
  instancesIn,
  namespaceOf,
  serviceId,
  serviceName,
  servicesIn,
} from './types.ts';

export const service: Behaviour = {
  make: (making) => {
    const name = making.name('Name');
    const given = making.text('NamespaceId');
    return {
      id: serviceId(making.world),
      attributes: { Name: name },
      properties: { Name: name, ...(given === undefined ? {} : { NamespaceId: bareId(given) }) },
    };
  },
  refuseCreate,
  refuseDelete: serviceInUse,
  changed(world, realm, before, after) {
    for (const instance of instancesIn(world, realm, after.id)) {
      dropInstanceRecords(world, realm, before, instance);
      putInstanceRecords(world, realm, after, instance);
    }
  },
};

export function noNamespace(id: string): Refusal {
  return { text: `Namespace ${id} not found.`, handlerErrorCode: 'NotFound', code: 'NamespaceNotFound' };
}

function refuseCreate(making: Making): Refusal | undefined {
  const { world, realm, properties } = making;
  const id = namespaceOf(making);
  if (id === '') return invalid('NamespaceId must be specified.');
  const namespace = findNamespace(world, realm, id);
  if (namespace === undefined) return noNamespace(id);
  const isHttp = namespace.type === HTTP_NAMESPACE || properties['Type'] === 'HTTP';
  if (isHttp && properties['DnsConfig'] !== undefined) {
    return invalid("When you specify an HTTP service, you can't include a DnsConfig element.");
  }
  if (properties['HealthCheckConfig'] !== undefined && properties['HealthCheckCustomConfig'] !== undefined) {
    return invalid('You can specify either HealthCheckConfig or HealthCheckCustomConfig, but not both.');
  }
  return takenRefusal(making, namespace);
}

/** Names that can be asked of DNS differ by more than capital letters. */
function takenRefusal(making: Making, namespace: Resource): Refusal | undefined {
  const name = making.text('Name');
  if (name === undefined) return undefined;
  const form = (text: string) => (namespace.type === HTTP_NAMESPACE ? text : text.toLowerCase());
  const others = servicesIn(making.world, making.realm, namespace.id);
  if (!others.some((other) => form(serviceName(other)) === form(name))) return undefined;
  return { text: 'Service already exists.', handlerErrorCode: 'AlreadyExists', code: 'ServiceAlreadyExists' };
}

function serviceInUse(world: World, realm: Realm, { id }: Resource): Refusal | undefined {
  if (instancesIn(world, realm, id).length === 0) return undefined;
  return {
    text: 'Service contains registered instances; delete the instances before deleting the service',
    handlerErrorCode: 'ResourceConflict',
    code: 'ResourceInUse',
  };
}

function invalid(text: string): Refusal {
  return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidInput' };
}
