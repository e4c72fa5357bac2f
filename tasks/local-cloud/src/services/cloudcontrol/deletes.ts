import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import { beginRemoving, clearanceOf, removeResource } from '../../catalog/remove-resource.ts';
import { drawSeconds, durationOf } from '../../catalog/seconds.ts';
import type { Call, Due, World } from '../../world.ts';
import { isBucketEmpty } from '../s3/is-bucket-empty.ts';
import { resourceOf, typeName } from './reads.ts';
import { beginRequest, endRequest, findRequest, progressOf } from './request.ts';

const ASK_AGAIN_MS = 5000;
export const FINISH_DELETE = 'cloudcontrol.finish-delete';

export function deleteResource(
  world: World,
  input: CloudControl.DeleteResourceInput,
  call: Call,
): CloudControl.DeleteResourceOutput {
  const { realm } = call;
  const type = typeName(input.TypeName);
  const id = input.Identifier ?? '';
  const { request, isNew } = beginRequest(world, realm, input.ClientToken, { operation: 'DELETE', type, id });
  if (!isNew) return { ProgressEvent: progressOf(request) };
  resourceOf(world, realm, type, id);
  beginRemoving({ world, realm, type, id, isBucketEmpty });
  const afterMs = Math.round(drawSeconds(durationOf(type).delete, world.random()) * 1000);
  world.later(afterMs, { kind: FINISH_DELETE, realm, payload: { token: request.token } });
  return { ProgressEvent: progressOf(request) };
}

/** Refusals come from the type itself, and so are the same as CloudFormation's. */
export function finishDelete(world: World, { realm, payload }: Due): void {
  const request = findRequest(world, realm, payload['token']);
  if (request?.status !== 'IN_PROGRESS') return;
  const input = { world, realm, type: request.type, id: request.id ?? '', isBucketEmpty };
  const clearance = clearanceOf(input);
  if (clearance === 'waiting') {
    world.later(ASK_AGAIN_MS, { kind: FINISH_DELETE, realm, payload });
    return;
  }
  endRequest(world, realm, request, clearance === 'ready' ? removeResource(input) : clearance);
}
