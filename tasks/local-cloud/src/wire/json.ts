import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from '../world.ts';
import { bufferOf } from './http.ts';
import type { ServiceModel } from './model.ts';
import type { Protocol } from './protocol.ts';
import { queryErrorHeader } from './query-error.ts';
import type { Struct } from './xml.ts';

type Schema = Parameters<ReturnType<JsonCodec2['createSerializer']>['write']>[0];

/** Shapes to JSON and back. */
export interface JsonForm {
  read(schema: NormalizedSchema | Struct, value: object): object;
  write(schema: NormalizedSchema | Struct, value: object): Uint8Array;
}

/** REST-JSON honours the trait jsonName, JSON-RPC does not. */
export const restForm = jsonForm(true);
const rpcForm = jsonForm(false);

/** awsJson 1.0 and 1.1: JSON both ways. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const json: Protocol = {
  operationName: (_model, request) => request.headers['x-amz-target']?.split('.').at(-1),
  read: (_model, operation, request) => rpcForm.read(operation.input, parseBody(request.body)),
  write(model, operation, output, requestId) {
    if (operation.output.isUnitSchema()) return { status: 200, headers: headers(model, requestId), body: '{}' };
    return { status: 200, headers: headers(model, requestId), body: rpcForm.write(operation.output, output) };
  },
  writeError(model, error, requestId) {
    const body = JSON.stringify({ __type: error.code, message: error.message, ...error.members });
    return { status: error.status, headers: { ...headers(model, requestId), ...queryErrorHeader(model, error) }, body };
  },
};

function jsonForm(jsonName: boolean): JsonForm {
  const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName });
  const serializer = codec.createSerializer();
  const deserializer = codec.createDeserializer() as unknown as { readObject(schema: unknown, value: unknown): object };
  return {
    read: (schema, value) =>
      NormalizedSchema.of(schema as never).isUnitSchema() ? {} : deserializer.readObject(schema, value),
    write(schema, value) {
      serializer.write(schema as unknown as Schema, value);
      return bufferOf(serializer.flush());
    },
  };
}

function headers(model: ServiceModel, requestId: string): Record<string, string> {
  const version = model.protocol === 'awsJson1_0' ? '1.0' : '1.1';
  return { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId };
}

/** @throws ServiceError SerializationException, as AWS has it, where the body is not a JSON object */
export function parseBody(body: Uint8Array): object {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(bufferOf(body).toString('utf8'));
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ServiceError('SerializationException', 'The request body is not a JSON object');
}
