import { service } from '../../catalog/servicediscovery/services.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** Puts changed properties on a service, and with them the records of its instances. */
export function changeService(
  world: World,
  realm: Realm,
  before: Resource,
  properties: Readonly<Record<string, unknown>>,
): void {
  const after = setProperties(world, realm, before, properties);
  service.changed?.(world, realm, before, after);
}
