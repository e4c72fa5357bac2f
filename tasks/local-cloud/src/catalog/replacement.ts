import type { Property, ResourceType } from '@roundtrip/spec';
import { isDeepStrictEqual } from 'node:util';
import { behaviourOf } from './catalog.ts';
import { changedProperties } from './changed-properties.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Whether a change needs a new physical resource: what the specification marks as replacing, also inside of nested
 * shapes. What it marks as `maybe` does not, unless the type's behaviour says so.
 */
export function needsReplacement(type: ResourceType, before: Properties, after: Properties): boolean {
  const decided = behaviourOf(type.name).replaces?.(before, after);
  if (decided !== undefined) return decided;
  return changedProperties(before, after).some((name) =>
    replaces(type, type.properties[name], before[name], after[name]),
  );
}

function replaces(type: ResourceType, property: Property | undefined, before: unknown, after: unknown): boolean {
  if (property === undefined || isDeepStrictEqual(before, after)) return false;
  if (property.causesReplacement !== undefined) return property.causesReplacement === 'yes';
  if (property.type.type !== 'ref' || !isRecord(before) || !isRecord(after)) return false;
  const shape = type.definitions[property.type.definition] ?? {};
  return changedProperties(before, after).some((name) => replaces(type, shape[name], before[name], after[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
