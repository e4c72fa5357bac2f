import { stopUpdate } from './after-phase.ts';
import { Course } from './course.ts';
import { enterPhase } from './enter-phase.ts';
import { befores } from './progress.ts';
import { stacks } from './stack.ts';

/** Takes a nested stack back to how it was before its parent's update; one that goes back already goes on. */
export function rollBackNested({ world, realm, settings }: Course, id: string): void {
  const child = stacks(world, realm).get(id);
  if (child === undefined) return;
  const course = new Course(world, realm, settings, child);
  if (child.status === 'UPDATE_IN_PROGRESS') stopUpdate(course, 'Resource update cancelled');
  else if (BACKWARDS.has(child.status) && befores(world, realm).get(id) !== undefined) {
    const leftovers = course.isAtRest ? (befores(world, realm).get(id)?.leftovers ?? []) : course.progress.leftovers;
    enterPhase(course, 'update-rollback', { progress: { leftovers } });
  }
  course.save();
}

/** Where a stack's update is done or stuck. */
const BACKWARDS: ReadonlySet<string> = new Set([
  ...['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED'],
]);
