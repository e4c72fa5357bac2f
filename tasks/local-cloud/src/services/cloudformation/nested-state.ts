import type { Readiness } from '../../catalog/behaviour.ts';
import { resourceKey, resources } from '../../resource.ts';
import { beginAfter } from './begin-after.ts';
import { Course } from './course.ts';
import { ownRefusal } from './own-refusal.ts';
import { progresses } from './progress.ts';
import { STACK_TYPE } from './stack-event.ts';
import { resourcesOfStack } from './stack-resource.ts';
import { stacks } from './stack.ts';
import type { Stack } from './stack.ts';

const MADE: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
]);

/** Whether the stack that a resource stands for has got to where its parent waits for it to be. */
export function nestedReadiness(course: Course, id: string): Readiness {
  const child = stacks(course.world, course.realm).get(id);
  if (child === undefined) return ownRefusal(`Stack [${id}] does not exist`);
  const isGoingBack = course.progress.phase === 'update-rollback';
  if (MADE.has(child.status) || (isGoingBack && child.status === 'UPDATE_ROLLBACK_COMPLETE')) {
    readNestedOutputs(course, id);
    return 'ready';
  }
  const isMoving = child.status.endsWith('_IN_PROGRESS');
  const isBackwards = child.status.includes('ROLLBACK');
  if (isMoving && (isGoingBack || !isBackwards)) return 'waiting';
  return ownRefusal(failureOf(child));
}

/** Whether a stack that has been asked to go is gone. */
export function nestedClearance(course: Course, id: string): Readiness {
  const child = stacks(course.world, course.realm).get(id);
  if (child === undefined || child.status === 'DELETE_COMPLETE') return 'ready';
  if (child.status === 'DELETE_IN_PROGRESS') return 'waiting';
  return ownRefusal(`Embedded stack ${id} was not successfully deleted: ${child.reason ?? ''}`);
}

/** The outputs of a nested stack as attributes of the resource that stands for it. */
function readNestedOutputs(course: Course, id: string): void {
  const { world, realm } = course;
  const key = resourceKey(STACK_TYPE, id);
  const record = resources(world, realm).get(key);
  const { outputs = [] } = stacks(world, realm).get(id) ?? {};
  const attributes = Object.fromEntries(outputs.map((one) => [`Outputs.${one.OutputKey}`, one.OutputValue]));
  if (record !== undefined) resources(world, realm).put(key, { ...record, attributes });
}

function failureOf({ id, status, reason = '' }: Stack): string {
  if (status.startsWith('UPDATE')) {
    return `Embedded stack ${id} was not successfully updated. Currently in ${status} with reason: ${reason}`;
  }
  return `Embedded stack ${id} was not successfully created: ${reason}`;
}

/** Nested stacks clean up together with the root: lets those that are done with their update begin. */
export function releaseNested(course: Course): void {
  for (const child of nestedIn(course)) {
    if (progresses(course.world, course.realm).get(child.id)?.isHeld !== true) continue;
    const nested = new Course(course.world, course.realm, course.settings, child);
    nested.changeProgress({ isHeld: false });
    beginAfter(nested, 0);
    nested.save();
  }
}

/** Whether a nested stack is still under way. */
export function isNestedBusy(course: Course): boolean {
  return nestedIn(course).some(({ id }) => progresses(course.world, course.realm).get(id) !== undefined);
}

function nestedIn({ world, realm, stack }: Course): Stack[] {
  return resourcesOfStack(world, realm, stack)
    .filter(({ type }) => type === STACK_TYPE)
    .flatMap(({ resourceId = '' }) => stacks(world, realm).get(resourceId) ?? []);
}
