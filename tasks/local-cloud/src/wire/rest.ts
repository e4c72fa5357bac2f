import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import { dateToUtcString, toBase64 } from '@smithy/core/serde';
import type { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from '../world.ts';
import { bodyOf } from './aws-chunked.ts';
import { bufferOf } from './http.ts';
import type { WireRequest, WireResponse } from './http.ts';
import { parseBody, restForm } from './json.ts';
import type { OperationModel, ServiceModel } from './model.ts';
import type { Protocol, WireError } from './protocol.ts';
import { matchRest, membersOf } from './rest-route.ts';
import type { RestMatch } from './rest-route.ts';
import { envelope, picked, readXml, stringMembers, writeXml } from './xml.ts';

type Values = Record<string, unknown>;

/**
 * restXml and restJson1: shapes spread over path, query, headers and body as their traits say.
 * https://smithy.io/2.0/spec/http-bindings.html
 */
export const rest: Protocol = {
  operationName: (model, request) => matchRest(model, request)?.operation.name,
  read(model, operation, request) {
    const match = matchRest(model, request);
    const input: Values = {};
    const bodyMembers: string[] = [];
    for (const [name, member] of membersOf(operation.input)) {
      const isInBody = !readBound(input, name, member, request, match);
      const isPayload = member.getMergedTraits().httpPayload;
      if (isInBody && isPayload) assign(input, name, readPayload(model, member, bodyOf(request)));
      else if (isInBody) bodyMembers.push(name);
    }
    if (bodyMembers.length > 0) Object.assign(input, readBody(model, operation.input, bodyMembers, request));
    return input;
  },
  write(model, operation, output, requestId) {
    const values = output as Values;
    const headers: Record<string, string> = { ...idHeaders(requestId) };
    const bodyMembers: string[] = [];
    let status = operation.http?.[2] ?? 200;
    let body: WireResponse['body'] | undefined;
    for (const [name, member] of membersOf(operation.output)) {
      const traits = member.getMergedTraits();
      if (traits.httpHeader !== undefined) setHeader(headers, String(traits.httpHeader), member, values[name]);
      else if (traits.httpPrefixHeaders !== undefined) {
        Object.assign(headers, prefixed(String(traits.httpPrefixHeaders), values[name]));
      } else if (traits.httpResponseCode) status = Number(values[name] ?? status);
      else if (traits.httpPayload) body = writePayload(model, member, values[name], headers);
      else bodyMembers.push(name);
    }
    if (body === undefined && bodyMembers.length > 0) body = writeBody(model, operation, bodyMembers, values, headers);
    // A part of what is there is the one answer whose status no model tells.
    if (status === 200 && headers['content-range'] !== undefined) status = 206;
    return { status, headers, body: body ?? '' };
  },
  writeError: writeRestError,
};

const BOUND = new FromStringShapeDeserializer({ timestampFormat: { useTrait: true, default: 7 }, httpBindings: true });

/** @returns false where the member is not bound to path, query or header */
function readBound(
  input: Values,
  name: string,
  member: NormalizedSchema,
  request: WireRequest,
  match?: RestMatch,
): boolean {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) assign(input, name, match?.labels[name]);
  else if (traits.httpQuery !== undefined)
    assign(input, name, readQuery(member, match?.query.getAll(String(traits.httpQuery))));
  else if (traits.httpQueryParams) assign(input, name, Object.fromEntries(match?.query ?? []));
  else if (traits.httpHeader !== undefined) {
    const text = request.headers[String(traits.httpHeader).toLowerCase()];
    assign(input, name, text === undefined ? undefined : BOUND.read(member, text));
  } else if (traits.httpPrefixHeaders !== undefined) {
    assign(input, name, unprefixed(String(traits.httpPrefixHeaders).toLowerCase(), request.headers));
  } else return false;
  return true;
}

function assign(input: Values, name: string, value: unknown): void {
  if (value !== undefined) input[name] = value;
}

function readQuery(member: NormalizedSchema, texts: readonly string[] = []): unknown {
  if (member.isListSchema())
    return texts.length === 0 ? undefined : texts.map((text) => BOUND.read(member.getValueSchema(), text));
  const [text] = texts;
  return text === undefined ? undefined : BOUND.read(member, text);
}

function readPayload(model: ServiceModel, member: NormalizedSchema, body: Uint8Array): unknown {
  if (member.isBlobSchema() || member.isStreaming()) return body;
  if (body.length === 0) return undefined;
  if (member.isStringSchema()) return bufferOf(body).toString('utf8');
  return model.protocol === 'restXml'
    ? wellFormed(() => readXml(model, member, body))
    : restForm.read(member, parseBody(body));
}

function readBody(
  model: ServiceModel,
  input: NormalizedSchema,
  names: readonly string[],
  request: WireRequest,
): unknown {
  if (request.body.length === 0) return {};
  const schema = picked(input, names);
  return model.protocol === 'restXml'
    ? wellFormed(() => readXml(model, schema, request.body))
    : restForm.read(schema, parseBody(request.body));
}

function wellFormed<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new ServiceError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}

function setHeader(headers: Record<string, string>, header: string, member: NormalizedSchema, value: unknown): void {
  if (value === undefined || value === null) return;
  headers[header.toLowerCase()] = Array.isArray(value)
    ? value.map((item) => headerText(member.getValueSchema(), item)).join(', ')
    : headerText(member, value);
}

function headerText(member: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) {
    if (member.getSchema() === 5) return value.toISOString().replace('.000Z', 'Z');
    return member.getSchema() === 7 ? String(value.getTime() / 1000) : dateToUtcString(value);
  }
  return value instanceof Uint8Array ? toBase64(value) : String(value);
}

function prefixed(prefix: string, values: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((values ?? {}) as Values).map(([name, value]) => [prefix.toLowerCase() + name, String(value)]),
  );
}

function unprefixed(prefix: string, headers: WireRequest['headers']): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

function writePayload(model: ServiceModel, member: NormalizedSchema, value: unknown, headers: Record<string, string>) {
  if (value === undefined) return '';
  if (member.isBlobSchema() || member.isStreaming() || member.isStringSchema()) {
    headers['content-type'] ??= 'application/octet-stream';
    return value as string | Uint8Array;
  }
  if (model.protocol === 'restXml') {
    headers['content-type'] = 'application/xml';
    return writeXml(model, member, value as object);
  }
  headers['content-type'] = 'application/json';
  return restForm.write(member, value as object);
}

function writeBody(
  model: ServiceModel,
  operation: OperationModel,
  names: readonly string[],
  values: Values,
  headers: Record<string, string>,
): string | Uint8Array {
  const schema = picked(operation.output, names);
  if (model.protocol !== 'restXml') {
    headers['content-type'] = 'application/json';
    return restForm.write(schema, values);
  }
  headers['content-type'] = 'application/xml';
  return unwrapped(schema[2], names, writeXml(model, schema, values));
}

/** GetBucketLocation answers with its only member as the root: Smithy's trait s3UnwrappedXmlOutput. */
function unwrapped(root: string, names: readonly string[], xml: string): string {
  if (names.length !== 1 || names[0] !== root) return xml;
  return xml.replace(new RegExp(`<${root}>(.*)</${root}>`, 's'), '$1');
}

function writeRestError(model: ServiceModel, error: WireError, requestId: string): WireResponse {
  const headers = { ...idHeaders(requestId), 'content-type': 'application/xml' };
  if (model.protocol !== 'restXml') {
    const json = { ...headers, 'content-type': 'application/json', 'x-amzn-errortype': error.code };
    return { status: error.status, headers: json, body: JSON.stringify({ message: error.message, ...error.members }) };
  }
  const value = { Code: error.code, Message: error.message, RequestId: requestId };
  // S3 alone sends its errors without an envelope.
  if (model.target === 'AmazonS3') {
    return { status: error.status, headers, body: writeXml(model, S3_ERROR, value, false) };
  }
  const wrapped = { Error: { Type: error.status >= 500 ? 'Receiver' : 'Sender', ...value }, RequestId: requestId };
  return { status: error.status, headers, body: writeXml(model, WRAPPED_ERROR, wrapped) };
}

const S3_ERROR = envelope('Error', stringMembers('Code', 'Message', 'RequestId'));
const INNER_ERROR = envelope('Error', stringMembers('Type', 'Code', 'Message'));
const WRAPPED_ERROR = envelope('ErrorResponse', { Error: () => INNER_ERROR, RequestId: 0 });

function idHeaders(requestId: string): Record<string, string> {
  return { 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId };
}
