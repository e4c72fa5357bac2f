import { behaviourOf } from '../../catalog/catalog.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Due, Realm, World } from '../../world.ts';
import { endRequest, findRequest } from './request.ts';

const ASK_AGAIN_MS = 5000;
/** After two hours a handler gives up. */
const WAIT_MS_MAX = 7_200_000;
export const SETTLE = 'cloudcontrol.settle';

export function settleLater(world: World, realm: Realm, token: string, afterMs: number): void {
  world.later(afterMs, { kind: SETTLE, realm, payload: { token } });
}

/** A request is done once its resource has got to where CloudFormation's handler waits for it to be. */
export function settle(world: World, { realm, payload }: Due): void {
  const request = findRequest(world, realm, payload['token']);
  if (request?.status !== 'IN_PROGRESS') return;
  const record = findRecord(world, realm, request.type, request.id ?? '');
  const readiness = record && behaviourOf(request.type).readiness?.(world, realm, record);
  if (readiness !== 'waiting') {
    endRequest(world, realm, request, typeof readiness === 'object' ? readiness : undefined);
    return;
  }
  const waitedMs = Number(payload['waitedMs'] ?? 0) + ASK_AGAIN_MS;
  if (waitedMs <= WAIT_MS_MAX) world.later(ASK_AGAIN_MS, { kind: SETTLE, realm, payload: { ...payload, waitedMs } });
  else endRequest(world, realm, request, { text: 'Exceeded attempts to wait', handlerErrorCode: 'NotStabilized' });
}
