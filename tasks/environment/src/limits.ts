import type { Problem } from '@roundtrip/problem';
import { nearest } from './nearest.ts';
import { dotted, echo, list } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

interface Limited {
  readonly layer: string;
  /** The layer's limits by dotted path. */
  readonly limits: Readonly<Record<string, number>>;
  readonly source: YamlSource;
}

/** The key of a section that raises its layer's limits; it is no part of the layer's own configuration. */
export const LIMITS_KEY = 'limits';

/**
 * Refuses values beyond a layer's limits, which is where a typed extra zero ends, unless the section raises the limit.
 *
 * @param config the section after defaults
 * @param raised the section's `limits`, as the file has it
 */
export function checkLimits({ layer, limits, source }: Limited, config: unknown, raised: unknown): Problem[] {
  const problems = raised === undefined ? [] : checkRaised({ layer, limits, source }, raised);
  const own = (problems.length === 0 && raised ? raised : {}) as Readonly<Record<string, number>>;
  for (const [path, layersLimit] of Object.entries(limits)) {
    const limit = own[path] ?? layersLimit;
    const value = valueAt(config, path);
    if (typeof value !== 'number' || value <= limit) continue;
    problems.push({
      code: 'beyond-limit',
      place: source.placeOf([layer, ...path.split('.')]),
      what: `${layer}.${path} is ${value}, more than ${path in own ? 'the' : "this layer's"} limit of ${limit}`,
      next: raiseWords(layer, path, value, raised !== undefined, path in own),
    });
  }
  return problems;
}

function raiseWords(layer: string, path: string, value: number, hasLimits: boolean, hasPath: boolean): string {
  if (hasPath) return `if that is meant, raise "${path}" under ${layer}.${LIMITS_KEY} to ${value}`;
  if (hasLimits) return `if that is meant, add "${path}: ${value}" under ${layer}.${LIMITS_KEY}`;
  return `if that is meant, add "${LIMITS_KEY}: { ${path}: ${value} }" under ${layer}`;
}

function checkRaised({ layer, limits, source }: Limited, raised: unknown): Problem[] {
  const at = [layer, LIMITS_KEY];
  if (typeof raised !== 'object' || raised === null || Array.isArray(raised)) {
    const what = `${dotted(at)} is ${raised === null ? 'empty' : echo(raised)}, not a map of keys`;
    return [{ code: 'wrong-value', place: source.placeOf(at), what, next: `write it as "${exampleOf(limits)}"` }];
  }
  return Object.entries(raised).flatMap(([path, value]): Problem[] => {
    if (!(path in limits)) return [unknownLimit(layer, path, limits, source)];
    if (typeof value === 'number') return [];
    const what = `${dotted([...at, path])} is ${value === null ? 'empty' : echo(value)}, not a number`;
    return [
      { code: 'wrong-value', place: source.placeOf([...at, path]), what, next: 'write the new limit as a number' },
    ];
  });
}

function unknownLimit(layer: string, path: string, limits: Limited['limits'], source: YamlSource): Problem {
  const near = nearest(path, Object.keys(limits));
  return {
    code: 'unknown-limit',
    place: source.placeOfKey([layer, LIMITS_KEY, path]),
    what: `layer "${layer}" has no limit for "${path}"`,
    next: near ? `did you mean "${near}"?` : `the limits here are ${list(Object.keys(limits))}`,
  };
}

const exampleOf = (limits: Limited['limits']) => {
  const [path = 'key', limit = 0] = Object.entries(limits)[0] ?? [];
  return `${LIMITS_KEY}: { ${path}: ${limit} }`;
};

function valueAt(config: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], config);
}
