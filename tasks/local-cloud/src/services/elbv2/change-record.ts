import { behaviourOf } from '../../catalog/catalog.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** Sets properties by the service's own API; what else comes with that is the same as with CloudFormation. */
export function changeRecord(
  world: World,
  realm: Realm,
  before: Resource,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  const after = setProperties(world, realm, before, properties);
  behaviourOf(before.type).changed?.(world, realm, before, after);
  return after;
}

/** What a request gives, without what it leaves out. */
export function givenIn(input: object, ...without: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== undefined && !without.includes(name)),
  );
}
