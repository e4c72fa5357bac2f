import type { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from '../world.ts';
import type { ServiceModel } from './model.ts';
import type { Struct } from './xml.ts';

/**
 * Holds an input against its schema before any behaviour sees it: behaviour may then trust the SDK's types.
 *
 * @throws ServiceError in AWS's words: SerializationException where a value has another type than its shape,
 * ValidationError or ValidationException where required members are missing, all of them at once; MissingParameter and
 * the first one of them from EC2
 */
export function checkInput(model: ServiceModel, schema: NormalizedSchema, input: object): void {
  const missing: string[] = [];
  checkValue(schema, input, '', missing);
  const [first] = missing;
  if (first === undefined) return;
  if (model.protocol === 'ec2Query') {
    throw new ServiceError('MissingParameter', `The request must contain the parameter ${first}`);
  }
  const problems = missing.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${missing.length} validation error${missing.length === 1 ? '' : 's'} detected`;
  throw new ServiceError(
    model.protocol === 'awsQuery' ? 'ValidationError' : 'ValidationException',
    `${count}: ${problems.join('; ')}`,
  );
}

function checkValue(schema: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (schema.isStructSchema()) checkStruct(schema, value, path, missing);
  else if (schema.isListSchema()) checkList(schema, value, path, missing);
  else if (schema.isMapSchema()) checkMap(schema, value, path, missing);
  else checkScalar(schema, value);
}

function checkStruct(schema: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (!isObject(value)) throw mistyped('Unexpected value where a structure was expected');
  const required = (schema.getSchema() as unknown as Struct & { readonly 6?: number })[6] ?? 0;
  let index = 0;
  for (const [name, member] of schema.structIterator()) {
    const at = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
    const given = value[name];
    if (given !== undefined && given !== null) checkValue(member, given, at, missing);
    else if (index < required && !member.isIdempotencyToken()) missing.push(at);
    index += 1;
  }
}

function checkList(schema: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (!Array.isArray(value)) throw mistyped('Expected list or null');
  value.forEach((item: unknown, index) => {
    // Sparse lists are none of the simulated services' business, so null is refused like any wrong type.
    checkValue(schema.getValueSchema(), item, `${path}.${index + 1}.member`, missing);
  });
}

function checkMap(schema: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (!isObject(value)) throw mistyped('Expected map or null');
  for (const [key, item] of Object.entries(value)) {
    checkValue(schema.getValueSchema(), item, `${path}.${key}.member`, missing);
  }
}

function checkScalar(schema: NormalizedSchema, value: unknown): void {
  const given = typeof value;
  // Text with a media type comes as an object that behaves like text.
  if (schema.isStringSchema() && given !== 'string' && !(value instanceof String)) throw notA('String', value);
  if (schema.isNumericSchema() && given !== 'number') throw notA('Number', value);
  if (schema.isBooleanSchema() && given !== 'boolean') throw notA('Boolean', value);
  if (schema.isTimestampSchema() && !(value instanceof Date && !Number.isNaN(value.getTime()))) {
    throw notA('Timestamp', value);
  }
  if (schema.isBlobSchema() && !(value instanceof Uint8Array)) throw notA('Blob', value);
}

function notA(wanted: string, value: unknown): ServiceError {
  const given = Array.isArray(value) || isObject(value) ? 'Start of structure or list' : `${typeof value} value`;
  const kind = given.replace(/^(\w+) value$/, (_, type: string) => `${type.toUpperCase()}_VALUE`);
  return mistyped(`${kind} can not be converted to a ${wanted}`);
}

function mistyped(message: string): ServiceError {
  return new ServiceError('SerializationException', message);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
