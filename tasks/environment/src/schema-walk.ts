import type * as v from 'valibot';
import type { Path } from './yaml-source.ts';

/** What valibot's schemas have in common as far as a walk needs it. */
interface AnySchema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly wrapped?: v.GenericSchema;
  readonly item?: v.GenericSchema;
  readonly items?: readonly v.GenericSchema[];
  readonly value?: v.GenericSchema;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly pipe?: readonly {
    readonly type: string;
    readonly kind: string;
    readonly metadata?: { description?: string };
  }[];
}

/** The schemas that a path may lead to: several where a union leaves it open, none where the path leads nowhere. */
export function schemasAt(schema: v.GenericSchema, path: Path): v.GenericSchema[] {
  let current = unwrap(schema);
  for (const step of path) current = current.flatMap((one) => child(one, step)).flatMap(unwrap);
  return current;
}

/** The keys that a map at this path may have; empty where any key goes. */
export function keysAt(schema: v.GenericSchema, path: Path): string[] {
  return [...new Set(schemasAt(schema, path).flatMap((one) => Object.keys(inside(one).entries ?? {})))];
}

/** The literal values that are accepted at this path; empty where the values are not a list. */
export function choicesAt(schema: v.GenericSchema, path: Path): unknown[] {
  return schemasAt(schema, path).flatMap((one) => {
    const { type, options, literal } = inside(one);
    if (type === 'picklist' || type === 'enum') return options ?? [];
    return type === 'literal' ? [literal] : [];
  });
}

/** What is expected at this path, in words: `a number`, `text or a list`. */
export function expectedAt(schema: v.GenericSchema, path: Path): string {
  const words = schemasAt(schema, path).map((one) => WORDS[one.type] ?? `a ${one.type.replaceAll('_', ' ')}`);
  return [...new Set(words)].join(' or ') || 'something else';
}

/** The description that the schema's author gave the value at this path. */
export function descriptionAt(schema: v.GenericSchema, path: Path): string | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  for (const parent of schemasAt(schema, path.slice(0, -1))) {
    for (let one = child(parent, last)[0]; one; one = inside(one).wrapped) {
      const found = inside(one).pipe?.findLast((part) => part.metadata?.description !== undefined);
      if (found) return found.metadata?.description;
    }
  }
  return undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  strict_tuple: 'a list',
  loose_tuple: 'a list',
  object: 'a map of keys',
  strict_object: 'a map of keys',
  loose_object: 'a map of keys',
  record: 'a map of keys',
  null: 'null',
};

const inside = (schema: v.GenericSchema) => schema as unknown as AnySchema;

/** Optional, nullable and union schemas are looked through to what they stand for. */
function unwrap(schema: v.GenericSchema): v.GenericSchema[] {
  const { type, wrapped, options } = inside(schema);
  if (wrapped) return unwrap(wrapped);
  if (type === 'union' || type === 'variant') return (options as v.GenericSchema[]).flatMap(unwrap);
  return [schema];
}

function child(schema: v.GenericSchema, step: string | number): v.GenericSchema[] {
  const { type, entries, item, items, value } = inside(schema);
  const found = entries
    ? entries[String(step)]
    : (item ?? items?.[Number(step)] ?? (type === 'record' ? value : undefined));
  return found ? [found] : [];
}
