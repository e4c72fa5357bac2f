import type { WireRequest, WireResponse } from './http.ts';
import type { OperationModel, ServiceModel } from './model.ts';

/** An error in AWS's words, ready for the wire. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** What the error's shape has beside its text. */
  readonly members?: Readonly<Record<string, string>>;
}

/** One form of the wire: how an operation is named in a request, and how shapes are read and written. */
export interface Protocol {
  /** The operation's name as the request has it, known or not; undefined where it has none. */
  operationName(model: ServiceModel, request: WireRequest): string | undefined;
  /** @throws ServiceError where the request cannot be read */
  read(model: ServiceModel, operation: OperationModel, request: WireRequest): object;
  write(model: ServiceModel, operation: OperationModel, output: object, requestId: string): WireResponse;
  writeError(model: ServiceModel, error: WireError, requestId: string): WireResponse;
}
