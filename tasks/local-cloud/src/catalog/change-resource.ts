import type { ResourceType } from '@roundtrip/spec';
import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { behaviourOf } from './catalog.ts';
import { livingRecord } from './living-record.ts';
import { realmOf } from './realm-of.ts';

export interface ChangeInput {
  readonly world: World;
  readonly realm: Realm;
  readonly type: ResourceType;
  readonly id: string;
  /** The template's properties before and after, with references resolved. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** How long CloudFormation will wait for it at least; absent where it does not wait. */
  readonly takesMs?: number;
}

/** Changes a resource in place. Out: its new record; undefined where somebody else has deleted it. */
export function changeResource(input: ChangeInput): Resource | undefined {
  const { world, type, id, before, after } = input;
  const table = resources(world, realmOf(type.name, input.realm));
  const key = resourceKey(type.name, id);
  const old = livingRecord(world, input.realm, type.name, id);
  if (old === undefined) return undefined;
  // What the service keeps beside the template's properties stays: generated names, secrets, counts.
  const kept = Object.entries(old.properties).filter(([name]) => !(name in before));
  const attributes = Object.fromEntries(
    Object.entries(old.attributes).map(([name, value]) => [name, name in before ? (after[name] ?? value) : value]),
  );
  const changed: Resource = {
    ...old,
    attributes,
    properties: { ...Object.fromEntries(kept), ...after },
    tags: input.tags,
  };
  table.put(key, changed);
  behaviourOf(type.name).changed?.(world, input.realm, old, changed, input.takesMs);
  return changed;
}
