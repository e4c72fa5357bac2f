import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { ServiceError } from '../world.ts';
import type { WireRequest } from './http.ts';
import type { ServiceModel } from './model.ts';
import type { Protocol } from './protocol.ts';

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });
const serializer = codec.createSerializer();
const deserializer = codec.createDeserializer() as unknown as { readObject(schema: unknown, value: unknown): object };

/** awsJson 1.0 and 1.1: JSON both ways. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const json: Protocol = {
  operationName: (_model, request) => request.headers['x-amz-target']?.split('.').at(-1),
  read(_model, operation, request) {
    const value = parseBody(request);
    return operation.input.isUnitSchema() ? {} : deserializer.readObject(operation.input, value);
  },
  write(model, operation, output, requestId) {
    if (operation.output.isUnitSchema()) return { status: 200, headers: headers(model, requestId), body: '{}' };
    serializer.write(operation.output, output);
    return { status: 200, headers: headers(model, requestId), body: serializer.flush() };
  },
  writeError(model, error, requestId) {
    const body = JSON.stringify({ __type: error.code, message: error.message });
    return { status: error.status, headers: headers(model, requestId), body };
  },
};

function headers(model: ServiceModel, requestId: string): Record<string, string> {
  const version = model.protocol === 'awsJson1_0' ? '1.0' : '1.1';
  return { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId };
}

/** @throws ServiceError SerializationException, as AWS has it, where the body is not a JSON object */
export function parseBody(request: WireRequest): object {
  if (request.body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(request.body).toString('utf8'));
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ServiceError('SerializationException', 'The request body is not a JSON object');
}
