import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import { handlerText } from '../../catalog/handler-text.ts';
import { beginRemoving, clearanceOf, removeResource } from '../../catalog/remove-resource.ts';
import { drawSeconds, durationOf } from '../../catalog/seconds.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Due, Realm, World } from '../../world.ts';
import { isBucketEmpty } from '../s3/is-bucket-empty.ts';
import { resourceOf, typeName } from './reads.ts';

/** A delete under way or done. */
interface DeleteRequest {
  readonly token: string;
  readonly clientToken?: string;
  readonly type: string;
  readonly id: string;
  readonly status: 'IN_PROGRESS' | 'SUCCESS' | 'FAILED';
  readonly at: number;
  readonly message?: string;
  readonly errorCode?: CloudControl.HandlerErrorCode;
}

const ASK_AGAIN_MS = 5000;
export const FINISH_DELETE = 'cloudcontrol.finish-delete';

const requests = (world: World, realm: Realm) => world.table<DeleteRequest>('cloudcontrol.request', realm);

export function deleteResource(
  world: World,
  input: CloudControl.DeleteResourceInput,
  call: Call,
): CloudControl.DeleteResourceOutput {
  const known = sameRequest(world, call.realm, input.ClientToken);
  if (known !== undefined) return { ProgressEvent: progressOf(known) };
  const type = typeName(input.TypeName);
  const { id } = resourceOf(world, call.realm, type, input.Identifier);
  const request: DeleteRequest = {
    token: world.uuid(),
    ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
    type,
    id,
    status: 'IN_PROGRESS',
    at: world.now,
  };
  requests(world, call.realm).put(request.token, request);
  beginRemoving({ world, realm: call.realm, type, id, isBucketEmpty });
  const afterMs = Math.round(drawSeconds(durationOf(type).delete, world.random()) * 1000);
  world.later(afterMs, { kind: FINISH_DELETE, realm: call.realm, payload: { token: request.token } });
  return { ProgressEvent: progressOf(request) };
}

/** Refusals come from the type itself, and so are the same as CloudFormation's. */
export function finishDelete(world: World, { realm, payload }: Due): void {
  const request = requests(world, realm).get(String(payload['token']));
  if (request === undefined) return;
  const { type, id } = request;
  const input = { world, realm, type, id, isBucketEmpty };
  const clearance = clearanceOf(input);
  if (clearance === 'waiting') {
    world.later(ASK_AGAIN_MS, { kind: FINISH_DELETE, realm, payload });
    return;
  }
  const refusal = clearance === 'ready' ? removeResource(input) : clearance;
  requests(world, realm).put(request.token, {
    ...request,
    at: world.now,
    status: refusal === undefined ? 'SUCCESS' : 'FAILED',
    ...(refusal === undefined ? {} : { message: handlerText(world, refusal), errorCode: refusal.handlerErrorCode }),
  });
}

export function getResourceRequestStatus(
  world: World,
  input: CloudControl.GetResourceRequestStatusInput,
  call: Call,
): CloudControl.GetResourceRequestStatusOutput {
  const request = requests(world, call.realm).get(input.RequestToken ?? '');
  if (request === undefined) {
    throw new ServiceError(
      'RequestTokenNotFoundException',
      `Request with token ${input.RequestToken ?? ''} was not found`,
      404,
    );
  }
  return { ProgressEvent: progressOf(request) };
}

function sameRequest(world: World, realm: Realm, clientToken: string | undefined): DeleteRequest | undefined {
  if (clientToken === undefined) return undefined;
  for (const request of requests(world, realm).values()) if (request.clientToken === clientToken) return request;
  return undefined;
}

function progressOf(request: DeleteRequest): CloudControl.ProgressEvent {
  return {
    TypeName: request.type,
    Identifier: request.id,
    RequestToken: request.token,
    Operation: 'DELETE',
    OperationStatus: request.status,
    EventTime: new Date(request.at),
    ...(request.message === undefined ? {} : { StatusMessage: request.message }),
    ...(request.errorCode === undefined ? {} : { ErrorCode: request.errorCode }),
  };
}
