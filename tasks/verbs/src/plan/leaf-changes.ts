import { asIntrinsic, isRecord, scalarText } from '@roundtrip/template';
import type { PropertyChange } from './resource-change.ts';

/**
 * Where exactly two values differ, so that a person reads `ContainerDefinitions[0].Image` and not two whole lists.
 * Items with a name of their own (`Name` or `Key`) are held against the item of the same name.
 */
export function leafChanges(before: unknown, after: unknown, path: string): PropertyChange[] {
  if (isSame(before, after)) return [];
  const inside = changesInside(before, after, path);
  // None inside: only the order differs, which is a change all the same.
  return inside === undefined || inside.length === 0 ? [{ path, before, after }] : inside;
}

/** As CloudFormation compares: 10 and '10' are the same, '1.1' and '1.10' are not. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => isSame(item, right[at]));
  }
  if (isRecord(left) && isRecord(right)) {
    const keys = Object.keys(left);
    const isKnown = (key: string) => Object.hasOwn(right, key) && isSame(left[key], right[key]);
    return keys.length === Object.keys(right).length && keys.every(isKnown);
  }
  const text = scalarText(left);
  return text === undefined ? left === right : text === scalarText(right);
}

/** Undefined where the two cannot be taken apart alike. */
function changesInside(before: unknown, after: unknown, path: string): PropertyChange[] | undefined {
  if (asIntrinsic(before) !== undefined || asIntrinsic(after) !== undefined) return undefined;
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => leafChanges(before[key], after[key], `${path}.${key}`));
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const named = [byName(before), byName(after)] as const;
  if (named[0] !== undefined && named[1] !== undefined) return namedChanges(named[0], named[1], path);
  if (before.length !== after.length) return undefined;
  return before.flatMap((item, at) => leafChanges(item, after[at], `${path}[${at}]`));
}

function namedChanges(before: Map<string, unknown>, after: Map<string, unknown>, path: string): PropertyChange[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => leafChanges(before.get(name), after.get(name), `${path}[${name}]`));
}

/** Undefined unless every item has a name and no two have the same. */
function byName(list: readonly unknown[]): Map<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const item of list) {
    const name = isRecord(item) ? (item['Name'] ?? item['Key']) : undefined;
    if (typeof name !== 'string' || named.has(name)) return undefined;
    named.set(name, item);
  }
  return named.size > 0 ? named : undefined;
}
