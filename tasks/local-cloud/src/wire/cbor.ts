import { CborCodec } from '@smithy/core/cbor';
import { envelope } from './xml.ts';
import { bufferOf } from './http.ts';
import { queryErrorHeader } from './query-error.ts';
import type { Protocol } from './protocol.ts';

type Schema = Parameters<ReturnType<CborCodec['createSerializer']>['write']>[0];

const codec = new CborCodec();
const PATH = /^\/service\/[^/]+\/operation\/(\w+)$/;
const ERROR = envelope('Error', { __type: 0, message: 0 });

/** rpcv2Cbor: binary JSON, the operation in the path. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export const cbor: Protocol = {
  operationName: (_model, request) => PATH.exec(request.path)?.[1],
  read(_model, operation, request) {
    if (request.body.length === 0 || operation.input.isUnitSchema()) return {};
    return codec.createDeserializer().read(operation.input, request.body) as object;
  },
  write(_model, operation, output, requestId) {
    const body = operation.output.isUnitSchema() ? new Uint8Array([0xa0]) : encoded(operation.output, output);
    return { status: 200, headers: headers(requestId), body };
  },
  writeError(model, error, requestId) {
    const body = encoded(ERROR, { __type: `${model.namespace}#${error.code}`, message: error.message });
    return { status: error.status, headers: { ...headers(requestId), ...queryErrorHeader(model, error) }, body };
  },
};

function encoded(schema: unknown, value: object): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema as Schema, value);
  return bufferOf(serializer.flush());
}

function headers(requestId: string): Record<string, string> {
  return {
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
    'x-amzn-requestid': requestId,
  };
}
