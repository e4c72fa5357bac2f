import type { OperationType } from '@aws-sdk/client-cloudformation';
import { beginAfter } from './begin-after.ts';
import type { Course } from './course.ts';
import { overheadMs } from './durations.ts';
import type { Overhead } from './durations.ts';
import { isExpress } from './express.ts';
import { operationStacks } from './operation.ts';
import { PHASES, shareOf } from './phases.ts';
import type { PhaseName, Progress } from './progress.ts';

export interface Entry {
  /** Of the stack's event. */
  readonly reason?: string | undefined;
  readonly progress?: Partial<Omit<Progress, 'operation' | 'phase' | 'items'>>;
  readonly leadMs?: number;
  /** What somebody has asked for, where this is its first phase. */
  readonly begins?: OperationType;
}

/** Puts a stack into a phase: its status and event now, its first resource after the lead. */
export function enterPhase(course: Course, name: PhaseName, entry: Entry = {}): void {
  const nothing = { token: undefined, leftovers: [], skip: [], force: false, reason: undefined };
  course.start({ ...nothing, ...carried(course, entry), ...entry.progress, phase: name, items: {} });
  course.report(PHASES[name].status, entry.reason);
  if (course.progress.isHeld !== true) beginAfter(course, entry.leadMs ?? phaseOverhead(course).leadMs);
}

/** What goes on from phase to phase of one operation; a new one has an id of its own. */
function carried(course: Course, { begins }: Entry): Partial<Progress> {
  if (begins === undefined) {
    if (course.isAtRest) return {};
    const { operationId, isExpress, policy } = course.progress;
    return { operationId, isExpress, policy };
  }
  const id = course.world.uuid();
  course.change({ lastOperation: { type: begins, id } });
  operationStacks(course.world, course.realm).put(id, { stackId: course.stack.id });
  return { operationId: id, isExpress: isExpress(course.stack.deploymentConfig) };
}

export function phaseOverhead(course: Course): Overhead {
  const phase = PHASES[course.progress.phase];
  const { Metadata: metadata } = course.prepared.template;
  return shareOf(phase, overheadMs(metadata, phase.overhead, course.stack.logicalIds.length));
}
