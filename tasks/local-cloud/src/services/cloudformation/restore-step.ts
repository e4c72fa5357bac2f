import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { handlerText } from '../../catalog/handler-text.ts';
import { applyChange, failMaking } from './continue-making.ts';
import type { StepPayload } from './continue-making.ts';
import type { Course } from './course.ts';
import { TAG_UPDATE_MS } from './durations.ts';
import { readinessOf, waitOn } from './handler-wait.ts';
import { rollBackNested } from './nested-rollback.ts';
import { STACK_TYPE } from './stack-event.ts';
import { faultOf } from './resource-fault-of.ts';
import { resourceHints } from './local-cloud-metadata.ts';
import { scheduleUpdate } from './make-step.ts';
import { befores } from './progress.ts';
import type { StackResource } from './stack-resource.ts';
import type { StepResult } from './step-result.ts';

/** Brings one resource back to how it was before the update; one that the update has not touched stays as it is. */
export function startRestoring(course: Course, logicalId: string): StepResult {
  const before = beforeOf(course, logicalId);
  const now = course.resource(logicalId);
  if (now === undefined || isDeepStrictEqual(now, before)) return 'done';
  if (course.progress.skip.includes(logicalId)) {
    course.reportResource({ ...before, status: 'UPDATE_COMPLETE', reason: undefined });
    return 'done';
  }
  if (!wasTouched(now, before)) {
    course.putResource(before);
    return 'done';
  }
  const isReplaced = now.resourceId !== before.resourceId;
  const { updatedAt: _updatedAt, ...current } = now;
  course.changeItem(logicalId, { did: 'update' });
  course.reportResource({
    ...current,
    status: 'UPDATE_IN_PROGRESS',
    reason: undefined,
    pending: { action: isReplaced ? 'switch-back' : 'update', target: before },
  });
  if (isReplaced) course.later(TAG_UPDATE_MS, 'cloudformation.step', { key: logicalId, stage: 'settled' });
  else scheduleUpdate(course, before, isDeepStrictEqual(now.applied ?? now.properties, before.properties));
  return 'active';
}

/** Ends the way back of one resource. */
export function continueRestoring(course: Course, payload: StepPayload): StepResult {
  const logicalId = payload.key;
  const before = beforeOf(course, logicalId);
  const now = course.resource(logicalId);
  assert(now?.pending, `${logicalId} of ${course.stack.id} is not being restored`);
  if (now.pending.action === 'switch-back') {
    course.leaveBehind(now, 'Delete');
    return restored(course, before);
  }
  return payload.stage === 'initiated'
    ? beginRestoring(course, now, before, payload)
    : endRestoring(course, now, before, payload);
}

function beginRestoring(
  course: Course,
  now: StackResource,
  before: StackResource,
  { key, restMs = 0 }: StepPayload,
): StepResult {
  const { failUpdate } = resourceHints(before.metadata);
  const refused =
    faultOf(course, 'update', now) ?? (failUpdate === undefined ? takeBack(course, now, before) : undefined);
  if (refused !== undefined) return failMaking(course, now, refused);
  course.later(restMs, 'cloudformation.step', { key, stage: 'settled' });
  return 'active';
}

function takeBack(course: Course, now: StackResource, before: StackResource): string | undefined {
  if (now.type !== STACK_TYPE) return applyChange(course, now, before);
  rollBackNested(course, now.resourceId ?? '');
  return undefined;
}

function endRestoring(course: Course, now: StackResource, before: StackResource, payload: StepPayload): StepResult {
  const { failUpdate } = resourceHints(before.metadata);
  if (failUpdate !== undefined) return failMaking(course, now, failUpdate);
  const readiness = readinessOf(course, now);
  if (readiness === 'ready') return restored(course, before);
  const refusal = readiness === 'waiting' ? waitOn(course, payload) : readiness;
  return refusal === undefined ? 'active' : failMaking(course, now, handlerText(course.world, refusal));
}

function restored(course: Course, { updatedAt: _updatedAt, ...before }: StackResource): StepResult {
  course.reportResource({ ...before, status: 'UPDATE_COMPLETE', reason: undefined, pending: undefined });
  return 'done';
}

function beforeOf(course: Course, logicalId: string): StackResource {
  const before = befores(course.world, course.realm).get(course.stack.id)?.resources[logicalId];
  assert(before, `${logicalId} of ${course.stack.id} was not there before the update`);
  return before;
}

/** Only what the update has begun to change has anything to take back. */
function wasTouched(now: StackResource, before: StackResource): boolean {
  if (now.type === STACK_TYPE) return true;
  if (now.status !== before.status || now.resourceId !== before.resourceId) return true;
  return !isDeepStrictEqual([now.properties, now.stackTags], [before.properties, before.stackTags]);
}
