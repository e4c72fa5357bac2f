import type { Problem } from '@roundtrip/problem';
import type { Layer } from './environment.ts';
import { LIMITS_KEY, checkLimits } from './limits.ts';
import { nearest } from './nearest.ts';
import { judge } from './schema-problems.ts';
import { keysAt } from './schema-walk.ts';
import { TOP_LEVEL_KEYS } from './top-level-schema.ts';
import { list } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

/**
 * Judges one layer's section. A section that is left out or empty is one that says nothing: fine where the layer has a
 * default for everything.
 *
 * @returns the configuration after defaults, and every problem; with a problem the configuration means nothing
 */
export function checkSection(
  source: YamlSource,
  section: unknown,
  layer: Layer,
): { config?: unknown; problems: Problem[] } {
  const { name, definition } = layer;
  const { limits } = definition;
  const given = section ?? {};
  const isMap = typeof given === 'object' && !Array.isArray(given);
  const { [LIMITS_KEY]: raised, ...own } = isMap ? (given as Record<string, unknown>) : {};
  const value = isMap && limits ? own : given;
  const { output, problems } = judge({ schema: definition.config, source, at: [name] }, value);
  if (problems.length > 0 && section === undefined) return { problems: [missingSection(source, layer, problems)] };
  if (limits) problems.push(...checkLimits({ layer: name, limits, source }, output ?? value, raised));
  return { config: output, problems };
}

/** Keys of the file that are neither the environment's own nor the name of a layer. */
export function checkUnknownSections(
  source: YamlSource,
  value: Readonly<Record<string, unknown>>,
  layers: readonly Layer[],
): Problem[] {
  const names = layers.map((layer) => layer.name);
  const accepted = [...TOP_LEVEL_KEYS, ...names];
  return Object.keys(value)
    .filter((key) => !accepted.includes(key))
    .map((key) => {
      const place = source.placeOfKey([key]);
      const near = nearest(key, accepted);
      const section = typeof value[key] === 'object' && value[key] !== null;
      if (near) return { code: 'unknown-key', place, what: `unknown key "${key}"`, next: `did you mean "${near}"?` };
      if (section) return unknownLayer(key, place, names);
      return { code: 'unknown-key', place, what: `unknown key "${key}"`, next: `the keys here are ${list(accepted)}` };
    });
}

function unknownLayer(key: string, place: Problem['place'], names: readonly string[]): Problem {
  return {
    code: 'unknown-layer',
    ...(place && { place }),
    what: `section "${key}" is of no layer`,
    why: `the layers in packages/ are ${list(names)}`,
    next: `take it out, or make the layer: npx nx g @roundtrip/nx-plugin:layer ${key}`,
  };
}

function missingSection(source: YamlSource, { name, definition }: Layer, problems: readonly Problem[]): Problem {
  const keys = keysAt(definition.config, []).filter((key) =>
    problems.some(({ what }) => what === `${name}.${key} is missing`),
  );
  return {
    code: 'missing-section',
    place: { file: source.file },
    what: `section "${name}" is missing`,
    ...(keys.length > 0 && { why: `layer "${name}" has no default for ${list(keys)}` }),
    next: `add "${name}:" with ${keys.length > 0 ? list(keys) : 'its keys'} under it`,
  };
}
