import { serviceError } from '../../catalog/record.ts';
import { noService } from '../../catalog/servicediscovery/instances.ts';
import { noNamespace } from '../../catalog/servicediscovery/services.ts';
import { INSTANCE, SERVICE, bareId, findNamespace } from '../../catalog/servicediscovery/types.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

/** @throws ServiceError NamespaceNotFound */
export function namespaceWith(world: World, realm: Realm, idOrArn: string | undefined): Resource {
  const namespace = findNamespace(world, realm, idOrArn);
  if (namespace === undefined) throw serviceError(noNamespace(bareId(idOrArn)));
  return namespace;
}

/** @throws ServiceError ServiceNotFound */
export function serviceWith(world: World, realm: Realm, idOrArn: string | undefined): Resource {
  const id = bareId(idOrArn);
  const service = findRecord(world, realm, SERVICE, id);
  if (service === undefined) throw serviceError(noService(id));
  return service;
}

/** @throws ServiceError InstanceNotFound */
export function instanceWith(world: World, realm: Realm, service: Resource, id: string | undefined): Resource {
  const instance = findRecord(world, realm, INSTANCE, `${service.id}|${id ?? ''}`);
  if (instance !== undefined) return instance;
  throw new ServiceError('InstanceNotFound', `Instance ${id ?? ''} not found in service ${service.id}.`);
}

export function invalidInput(text: string): ServiceError {
  return new ServiceError('InvalidInput', text);
}

export function invalidToken(): ServiceError {
  return invalidInput('Invalid NextToken.');
}

/** @param what the API's name of it: `DeleteNamespace` */
export function duplicate(what: string, operationId: string): ServiceError {
  const text = `Another operation of type ${what} and id ${operationId} is in progress`;
  return new ServiceError('DuplicateRequest', text);
}
