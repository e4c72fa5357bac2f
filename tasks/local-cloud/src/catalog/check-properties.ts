import type { Property, PropertyType, ResourceType } from '@roundtrip/spec';

/**
 * What CloudFormation says before it calls a handler: required and unknown keys and the kind of each value, at any
 * depth. Out: undefined where all is well.
 */
export function propertiesProblem(
  type: ResourceType,
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
): string | undefined {
  const problems = recordProblems(type, type.properties, properties, '#');
  if (problems.length === 0) return undefined;
  return `Properties validation failed for resource ${logicalId} with message:\n[${problems.join(', ')}]`;
}

type Shape = Readonly<Record<string, Property>>;

function recordProblems(
  type: ResourceType,
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  at: string,
): string[] {
  const missing = Object.entries(shape)
    .filter(([name, property]) => property.required === true && value[name] === undefined)
    .map(([name]) => `${at}: required key [${name}] not found`);
  const wrong = Object.entries(value).flatMap(([name, item]) => {
    const property = shape[name];
    if (property === undefined) return [`${at}: extraneous key [${name}] is not permitted`];
    return valueProblems(type, property.type, item, `${at}/${name}`);
  });
  return [...missing, ...wrong];
}

function valueProblems(type: ResourceType, expected: PropertyType, value: unknown, at: string): string[] {
  switch (expected.type) {
    case 'array':
      // One value where a list is meant is taken as a list of one.
      if (!Array.isArray(value)) return kindOf(value) === 'JSONObject' ? wrongKind('JSONArray', value, at) : [];
      return value.flatMap((item: unknown, index) => valueProblems(type, expected.element, item, `${at}/${index}`));
    case 'map':
      if (!isRecord(value)) return wrongKind('JSONObject', value, at);
      return Object.entries(value).flatMap(([key, item]) =>
        valueProblems(type, expected.element, item, `${at}/${key}`),
      );
    case 'ref': {
      const shape = type.definitions[expected.definition];
      if (shape === undefined) return [];
      if (!isRecord(value)) return wrongKind('JSONObject', value, at);
      return recordProblems(type, shape, value, at);
    }
    case 'union': {
      const each = expected.types.map((one) => valueProblems(type, one, value, at));
      return each.some((problems) => problems.length === 0) ? [] : (each[0] ?? []);
    }
    default:
      return scalarProblems(expected.type, value, at);
  }
}

const SCALARS: Readonly<Record<string, { name: string; fits(text: string): boolean }>> = {
  string: { name: 'String', fits: () => true },
  integer: { name: 'Integer', fits: (text) => /^[+-]?\d+$/.test(text) },
  number: { name: 'Number', fits: (text) => text.trim() !== '' && Number.isFinite(Number(text)) },
  boolean: { name: 'Boolean', fits: (text) => /^(true|false)$/i.test(text) },
};

/** CloudFormation turns text into numbers and booleans and back, as long as it reads as one. */
function scalarProblems(type: string, value: unknown, at: string): string[] {
  const scalar = SCALARS[type];
  if (scalar === undefined) return [];
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  if (isScalar && (scalar.fits(String(value)) || String(value).includes('{{resolve:'))) return [];
  return wrongKind(scalar.name, value, at);
}

function wrongKind(expected: string, value: unknown, at: string): string[] {
  return [`${at}: expected type: ${expected}, found: ${kindOf(value)}`];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'JSONArray';
  if (isRecord(value)) return 'JSONObject';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Double';
  return typeof value === 'boolean' ? 'Boolean' : 'String';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
