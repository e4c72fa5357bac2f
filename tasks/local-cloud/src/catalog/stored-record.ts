import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { realmOf } from './realm-of.ts';

/** The record of a type with that primary identifier, wherever its type's records are kept. */
export function findRecord(world: World, realm: Realm, type: string, id: string): Resource | undefined {
  return resources(world, realmOf(type, realm)).get(resourceKey(type, id));
}

/** Replaces the whole record, without asking the type's behaviour: for what a service's API sets by itself. */
export function putRecord(world: World, realm: Realm, record: Resource): void {
  resources(world, realmOf(record.type, realm)).put(resourceKey(record.type, record.id), record);
}

/** Forgets a record without asking the type's behaviour. */
export function dropRecord(world: World, realm: Realm, record: Pick<Resource, 'type' | 'id'>): void {
  resources(world, realmOf(record.type, realm)).delete(resourceKey(record.type, record.id));
}

/** Puts properties on top of a record's own; those given as undefined go. */
export function setProperties(
  world: World,
  realm: Realm,
  record: Resource,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  const all = Object.entries({ ...record.properties, ...properties }).filter(([, value]) => value !== undefined);
  const changed = { ...record, properties: Object.fromEntries(all) };
  putRecord(world, realm, changed);
  return changed;
}

/** Adds tags to a record, and takes away those named in `without`. */
export function changeTags(
  world: World,
  realm: Realm,
  record: Resource,
  change: { readonly add?: Readonly<Record<string, string>>; readonly without?: readonly string[] },
): void {
  const kept = Object.entries(record.tags).filter(([key]) => !change.without?.includes(key));
  putRecord(world, realm, { ...record, tags: { ...Object.fromEntries(kept), ...change.add } });
}
