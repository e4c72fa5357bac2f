import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import { handlerText } from '../../catalog/handler-text.ts';
import type { Refusal } from '../../catalog/behaviour.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

/** Something that was asked for and takes its time. */
export interface ResourceRequest {
  readonly token: string;
  readonly clientToken?: string;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly type: string;
  /** Not known before a thing is made. */
  readonly id?: string;
  readonly status: 'IN_PROGRESS' | 'SUCCESS' | 'FAILED' | 'CANCEL_COMPLETE';
  readonly at: number;
  /** The properties that are wanted. */
  readonly wanted?: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly errorCode?: CloudControl.HandlerErrorCode;
}

const requests = (world: World, realm: Realm) => world.table<ResourceRequest>('cloudcontrol.request', realm);

/** In the order in which they came. */
export function allRequests(world: World, realm: Realm): ResourceRequest[] {
  return [...requests(world, realm).values()];
}

export function findRequest(world: World, realm: Realm, token: unknown): ResourceRequest | undefined {
  return requests(world, realm).get(String(token));
}

/** @throws ServiceError RequestTokenNotFoundException */
export function requestOf(world: World, realm: Realm, token: string | undefined): ResourceRequest {
  const request = findRequest(world, realm, token);
  if (request !== undefined) return request;
  throw new ServiceError('RequestTokenNotFoundException', `Request with token ${token ?? ''} was not found`, 404);
}

export function putRequest(world: World, realm: Realm, request: ResourceRequest): void {
  requests(world, realm).put(request.token, { ...request, at: world.now });
}

/** Ends a request, with the words of CloudFormation's handlers where something is against it. */
export function endRequest(world: World, realm: Realm, request: ResourceRequest, refusal?: Refusal): void {
  putRequest(world, realm, {
    ...request,
    status: refusal === undefined ? 'SUCCESS' : 'FAILED',
    ...(refusal === undefined ? {} : { message: handlerText(world, refusal), errorCode: refusal.handlerErrorCode }),
  });
}

type Asked = Pick<ResourceRequest, 'operation' | 'type' | 'id' | 'wanted'>;

/**
 * The request that has begun with that client token already, or a new one.
 *
 * @throws ServiceError ConcurrentOperationException while another one changes the same resource
 */
export function beginRequest(
  world: World,
  realm: Realm,
  clientToken: string | undefined,
  asked: Asked,
): { readonly request: ResourceRequest; readonly isNew: boolean } {
  const all = allRequests(world, realm);
  const known = clientToken === undefined ? undefined : all.find((request) => request.clientToken === clientToken);
  if (known !== undefined) return { request: known, isNew: false };
  const { type, id } = asked;
  const isBusy = all.some((other) => other.status === 'IN_PROGRESS' && other.type === type && other.id === id);
  if (id !== undefined && isBusy) {
    const text = `Another operation on resource ${id} of type ${type} is in progress.`;
    throw new ServiceError('ConcurrentOperationException', text, 409);
  }
  const request: ResourceRequest = {
    ...asked,
    token: world.uuid(),
    ...(clientToken === undefined ? {} : { clientToken }),
    status: 'IN_PROGRESS',
    at: world.now,
  };
  putRequest(world, realm, request);
  return { request, isNew: true };
}

export function progressOf(request: ResourceRequest): CloudControl.ProgressEvent {
  return {
    TypeName: request.type,
    RequestToken: request.token,
    Operation: request.operation,
    OperationStatus: request.status,
    EventTime: new Date(request.at),
    ...(request.id === undefined ? {} : { Identifier: request.id }),
    ...(request.message === undefined ? {} : { StatusMessage: request.message }),
    ...(request.errorCode === undefined ? {} : { ErrorCode: request.errorCode }),
  };
}
