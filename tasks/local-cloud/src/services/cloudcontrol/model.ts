import { resourceType } from '@roundtrip/spec';
import type { Resource } from '../../resource.ts';
import { tagList } from '../tag-list.ts';

/** What no reader gets to see: secret values, and what is kept beside CloudFormation's properties. */
const HIDDEN: ReadonlySet<string> = new Set(['SecretString', 'DeletedDate']);

/** A record's properties as Cloud Control gives them, tags among them in the form of the type. */
export function modelOf({ type, properties, tags }: Resource): Record<string, unknown> {
  const known = resourceType(type);
  const name = known?.tagProperty ?? 'Tags';
  const isMap = ['map', 'json'].includes(known?.properties[name]?.type.type ?? '');
  const shown = Object.entries(properties).filter(([property]) => !HIDDEN.has(property) && property !== name);
  const tagged = Object.keys(tags).length === 0 ? {} : { [name]: isMap ? { ...tags } : tagList(tags) };
  return { ...Object.fromEntries(shown), ...tagged };
}
