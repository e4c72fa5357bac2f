import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { randomSuffix } from '../names.ts';
import { resourcesOf } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';

export const HTTP_NAMESPACE = 'AWS::ServiceDiscovery::HttpNamespace';
export const PRIVATE_NAMESPACE = 'AWS::ServiceDiscovery::PrivateDnsNamespace';
export const PUBLIC_NAMESPACE = 'AWS::ServiceDiscovery::PublicDnsNamespace';
export const SERVICE = 'AWS::ServiceDiscovery::Service';
export const INSTANCE = 'AWS::ServiceDiscovery::Instance';
export const NAMESPACE_TYPES = [HTTP_NAMESPACE, PRIVATE_NAMESPACE, PUBLIC_NAMESPACE] as const;

export function namespaceId(world: World): string {
  return `ns-${randomSuffix(world, 16).toLowerCase()}`;
}

export function serviceId(world: World): string {
  return `srv-${randomSuffix(world, 16).toLowerCase()}`;
}

/** The last part where an ARN stands for an id: namespaces and services can be shared. */
export function bareId(idOrArn: unknown): string {
  return typeof idOrArn === 'string' ? (idOrArn.split('/').at(-1) ?? '') : '';
}

export function findNamespace(world: World, realm: Realm, idOrArn: unknown): Resource | undefined {
  const id = bareId(idOrArn);
  for (const type of NAMESPACE_TYPES) {
    const found = findRecord(world, realm, type, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All namespaces of a realm, those without DNS first. */
export function namespacesIn(world: World, realm: Realm): Resource[] {
  return NAMESPACE_TYPES.flatMap((type) => [...resourcesOf(world, realm, type)]);
}

/** Which namespace a service is in; older callers say so in DnsConfig. */
export function namespaceOf({ properties }: Pick<Resource, 'properties'>): string {
  const { NamespaceId } = (properties['DnsConfig'] ?? {}) as { readonly NamespaceId?: unknown };
  return bareId(properties['NamespaceId'] ?? NamespaceId);
}

export function servicesIn(world: World, realm: Realm, namespace: string): Resource[] {
  return [...resourcesOf(world, realm, SERVICE)].filter((service) => namespaceOf(service) === namespace);
}

export function serviceName({ attributes, properties }: Resource): string {
  return String(properties['Name'] ?? attributes['Name']);
}

export function instancesIn(world: World, realm: Realm, service: string): Resource[] {
  return [...resourcesOf(world, realm, INSTANCE)].filter(({ properties }) => properties['ServiceId'] === service);
}

export function instanceId({ properties }: Resource): string {
  return String(properties['InstanceId']);
}
