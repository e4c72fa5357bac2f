import { resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { realmOf } from './realm-of.ts';

/** Every record of a type in a realm, in order of creation. */
export function* resourcesOf(world: World, realm: Realm, type: string): Iterable<Resource> {
  for (const resource of resources(world, realmOf(type, realm)).values()) if (resource.type === type) yield resource;
}

/** The first record of a type whose property has that value. */
export function resourceWith(
  world: World,
  realm: Realm,
  type: string,
  matches: (resource: Resource) => boolean,
): Resource | undefined {
  for (const resource of resourcesOf(world, realm, type)) if (matches(resource)) return resource;
  return undefined;
}
