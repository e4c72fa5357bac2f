import type { ResourceType } from '@roundtrip/spec';

/** Tags of the template's property, whether it is a list of Key and Value or a map, under the tags of the stack. */
export function tagsOf(
  type: ResourceType,
  properties: Readonly<Record<string, unknown>>,
  stackTags: Readonly<Record<string, string>>,
): Record<string, string> {
  if (type.tagProperty === undefined) return {};
  return { ...stackTags, ...ownTags(properties[type.tagProperty]) };
}

function ownTags(value: unknown): Record<string, string> {
  const tags: Record<string, string> = {};
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      const { Key, Value } = (item ?? {}) as { Key?: unknown; Value?: unknown };
      if (typeof Key === 'string') tags[Key] = String(Value ?? '');
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) tags[key] = String(item);
  }
  return tags;
}
