import type { Readiness, Refusal } from '../../catalog/behaviour.ts';
import { behaviourOf } from '../../catalog/catalog.ts';
import { realmOf } from '../../catalog/realm-of.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Course } from './course.ts';
import { nestedReadiness } from './nested-state.ts';
import { STACK_TYPE } from './stack-event.ts';
import type { StepPayload } from './continue-making.ts';

/** How often a handler looks again at what is not ready yet. EST. */
const ASK_AGAIN_MS = 5000;
/** After three hours a handler gives up on a resource that does not become ready. */
const WAIT_MS_MAX = 10_800_000;

const NEVER_READY: Refusal = { text: 'Exceeded attempts to wait', handlerErrorCode: 'NotStabilized' };

/** Whether a resource that was made or changed has got to where CloudFormation waits for it to be. */
export function readinessOf(
  course: Course,
  resource: { readonly type: string; readonly resourceId?: string | undefined },
): Readiness {
  const { world, realm } = course;
  if (resource.type === STACK_TYPE) return nestedReadiness(course, resource.resourceId ?? '');
  const record = resources(world, realmOf(resource.type, realm)).get(
    resourceKey(resource.type, resource.resourceId ?? ''),
  );
  return record === undefined ? 'ready' : (behaviourOf(resource.type).readiness?.(world, realm, record) ?? 'ready');
}

/** Asks again later. Out: the refusal to end with where it has been asked for too long. */
export function waitOn(course: Course, payload: StepPayload): Refusal | undefined {
  return askAgain(course, payload, WAIT_MS_MAX) ? undefined : NEVER_READY;
}

/** Tries again what was refused, as long as the handler would. Out: false where it gives up. */
export function tryAgain(course: Course, payload: StepPayload, refusal: Refusal): boolean {
  return askAgain(course, payload, (refusal.retrySeconds ?? 0) * 1000);
}

function askAgain(course: Course, payload: StepPayload, msMax: number): boolean {
  const waitedMs = payload.waitedMs ?? 0;
  if (waitedMs + ASK_AGAIN_MS > msMax) return false;
  course.later(ASK_AGAIN_MS, 'cloudformation.step', { ...payload, waitedMs: waitedMs + ASK_AGAIN_MS });
  return true;
}
