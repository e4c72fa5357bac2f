import { bufferOf } from './http.ts';
import type { WireRequest, WireResponse } from './http.ts';
import type { Protocol, WireError } from './protocol.ts';
import type { OperationModel, ServiceModel } from './model.ts';
import { queryError } from './query-error.ts';
import { readForm } from './query-form.ts';
import { envelope, renamed, stringMembers, writeXml } from './xml.ts';

/** awsQuery: a form in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const query: Protocol = {
  operationName,
  read: (_model, operation, request) => readForm(formOf(request), operation.input, false),
  write(model, operation, output, requestId) {
    const members: Record<string, unknown> = { ResponseMetadata: () => METADATA };
    const value: Record<string, unknown> = { ResponseMetadata: { RequestId: requestId } };
    // The result comes first; an operation that answers nothing has no element for it.
    const result = `${operation.name}Result`;
    if (operation.output.isUnitSchema()) return xml(model, 200, operation, members, value, requestId);
    const schema = renamed(operation.output, result);
    return xml(
      model,
      200,
      operation,
      { [result]: () => schema, ...members },
      { [result]: output, ...value },
      requestId,
    );
  },
  writeError(model, error, requestId) {
    const said = queryError(model, error);
    const schema = envelope('ErrorResponse', { Error: () => ERROR, RequestId: 0 });
    const value = { Error: errorValue(said), RequestId: requestId };
    return response(said.status, writeXml(model, schema, value), requestId);
  },
};

/** ec2Query: as above, with its own names of lists and its own envelopes. */
export const ec2Query: Protocol = {
  operationName,
  read: (_model, operation, request) => readForm(formOf(request), operation.input, true),
  write(model, operation, output, requestId) {
    const [, , , , names, members] = operation.output.isUnitSchema()
      ? envelope('', {})
      : renamed(operation.output, operation.name);
    const named = Object.fromEntries(names.map((name, index) => [name, members[index]]));
    return xml(model, 200, operation, { requestId: 0, ...named }, { requestId, ...output }, requestId);
  },
  writeError(model, error, requestId) {
    const errors = envelope('Errors', { Error: () => ERROR });
    const schema = envelope('Response', { Errors: () => errors, RequestID: 0 });
    const value = { Errors: { Error: errorValue(error) }, RequestID: requestId };
    return response(error.status, writeXml(model, schema, value, false), requestId);
  },
};

const METADATA = envelope('ResponseMetadata', stringMembers('RequestId'));
const ERROR = envelope('Error', stringMembers('Type', 'Code', 'Message'));

function operationName(_model: ServiceModel, request: WireRequest): string | undefined {
  return formOf(request).get('Action') ?? undefined;
}

const forms = new WeakMap<WireRequest, URLSearchParams>();

/** Parameters may come in the body or, with GET, in the query; parsed once a request. */
function formOf(request: WireRequest): URLSearchParams {
  let form = forms.get(request);
  if (form === undefined) {
    const text = bufferOf(request.body).toString('utf8').trim();
    forms.set(request, (form = new URLSearchParams(text === '' ? request.query : text)));
  }
  return form;
}

function errorValue(error: WireError): object {
  return { Type: error.status >= 500 ? 'Receiver' : 'Sender', Code: error.code, Message: error.message };
}

function xml(
  model: ServiceModel,
  status: number,
  operation: OperationModel,
  members: Readonly<Record<string, unknown>>,
  value: object,
  requestId: string,
): WireResponse {
  return response(status, writeXml(model, envelope(`${operation.name}Response`, members), value), requestId);
}

function response(status: number, body: string, requestId: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
