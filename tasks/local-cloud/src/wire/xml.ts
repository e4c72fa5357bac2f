import { XmlShapeDeserializer, XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { ServiceModel } from './model.ts';

type Schema = Parameters<XmlShapeSerializer['write']>[0];

/** A structure schema as the SDK has it: names and schemas of its members side by side. */
export type Struct = readonly [
  3,
  namespace: string,
  name: string,
  traits: unknown,
  names: string[],
  members: unknown[],
];

const STRING = 0;

/**
 * A structure made up for an envelope. Envelopes are the one part of AWS's XML that no model describes; written this
 * way, they still go through the SDK's own serializer.
 */
export function envelope(name: string, members: Readonly<Record<string, unknown>>): Struct {
  return [3, '', name, 0, Object.keys(members), Object.values(members)];
}

/** The same structure under another name, which becomes the name of its element. */
export function renamed(schema: NormalizedSchema, name: string): Struct {
  const [, namespace, , , names, members] = schema.getSchema() as unknown as Struct;
  return [3, namespace, name, 0, names, members];
}

/** The same structure with some of its members only. */
export function picked(schema: NormalizedSchema, only: readonly string[]): Struct {
  const [, namespace, name, , names, members] = schema.getSchema() as unknown as Struct;
  const indices = only.map((member) => names.indexOf(member));
  const element = String(schema.getMergedTraits().xmlName ?? name);
  return [3, namespace, element, 0, [...only], indices.map((index) => members[index])];
}

export const stringMembers = (...names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, STRING]));

export function writeXml(
  model: ServiceModel,
  schema: NormalizedSchema | Struct,
  value: object,
  withNamespace = true,
): string {
  const serializer = new XmlShapeSerializer({
    ...settings(model, false),
    xmlNamespace: withNamespace ? model.xmlNamespace : '',
  });
  serializer.write(schema as unknown as Schema, value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(serializer.flush())}`;
}

export function readXml(model: ServiceModel, schema: NormalizedSchema | Struct, body: Uint8Array): unknown {
  return new XmlShapeDeserializer(settings(model, true)).read(schema as unknown as Schema, body);
}

function settings(model: ServiceModel, httpBindings: boolean) {
  return {
    timestampFormat: { useTrait: true, default: 5 as const },
    httpBindings,
    xmlNamespace: model.xmlNamespace,
    serviceNamespace: model.namespace,
  };
}
