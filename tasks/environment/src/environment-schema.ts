import type { JsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { Layer } from './environment.ts';
import { LIMITS_KEY } from './limits.ts';
import { topLevelSchema } from './top-level-schema.ts';

/**
 * The JSON schema (draft 7) of an env file, with the sections of these layers: what editors show and complete.
 * Rules that a JSON schema cannot say are left to `readEnvironment`.
 */
export async function environmentSchema(layers: readonly Layer[]): Promise<JsonSchema> {
  // Loaded here alone: no verb but the one that writes the schema needs it, and every verb pays for what it imports.
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const convert = (schema: v.GenericSchema): JsonSchema => {
    const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' });
    return rest;
  };
  const top = convert(topLevelSchema);
  const sections = layers.map((layer) => ({
    name: layer.name,
    schema: withLimits(layer, convert(layer.definition.config)),
  }));
  const needed = sections.filter(({ schema }) => (schema.required ?? []).length > 0).map(({ name }) => name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'An environment of Roundtrip',
    ...top,
    properties: { ...top.properties, ...Object.fromEntries(sections.map(({ name, schema }) => [name, schema])) },
    required: [...(top.required ?? []), ...needed],
  };
}

function withLimits({ name, definition }: Layer, schema: JsonSchema): JsonSchema {
  const description = schema.description ?? `settings of layer "${name}"`;
  if (!definition.limits) return { description, ...schema };
  const properties = Object.fromEntries(
    Object.entries(definition.limits).map(([path, limit]) => [
      path,
      {
        type: 'number',
        description: `largest value of ${path} here, in place of the layer's limit of ${limit}`,
      } as const,
    ]),
  );
  const limits = {
    type: 'object',
    description: 'raises limits of the layer, where a value beyond one is meant',
    properties,
    additionalProperties: false,
  } as const;
  return { description, ...schema, properties: { ...schema.properties, [LIMITS_KEY]: limits } };
}
