import type { ServiceModel } from './model.ts';
import type { WireError } from './protocol.ts';

/** An error as the query protocol has it, where a service gives it another code and status there. */
export function queryError(model: ServiceModel, error: WireError): WireError {
  return { ...error, ...model.queryErrors?.get(error.code) };
}

/**
 * Services that once spoke the query protocol alone go on giving its codes, in a header.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export function queryErrorHeader(model: ServiceModel, error: WireError): Record<string, string> {
  if (model.queryErrors === undefined) return {};
  const { code, status } = queryError(model, error);
  return { 'x-amzn-query-error': `${code};${status >= 500 ? 'Receiver' : 'Sender'}` };
}
