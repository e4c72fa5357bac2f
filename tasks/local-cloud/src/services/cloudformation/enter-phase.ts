import { beginAfter } from './begin-after.ts';
import type { Course } from './course.ts';
import { overheadMs } from './durations.ts';
import type { Overhead } from './durations.ts';
import { PHASES, shareOf } from './phases.ts';
import type { PhaseName, Progress } from './progress.ts';

export interface Entry {
  /** Of the stack's event. */
  readonly reason?: string | undefined;
  readonly progress?: Partial<Omit<Progress, 'operation' | 'phase' | 'items'>>;
  readonly leadMs?: number;
}

/** Puts a stack into a phase: its status and event now, its first resource after the lead. */
export function enterPhase(course: Course, name: PhaseName, entry: Entry = {}): void {
  const nothing = { token: undefined, leftovers: [], skip: [], force: false, reason: undefined };
  course.start({ ...nothing, ...entry.progress, phase: name, items: {} });
  course.report(PHASES[name].status, entry.reason);
  if (course.progress.isHeld !== true) beginAfter(course, entry.leadMs ?? phaseOverhead(course).leadMs);
}

export function phaseOverhead(course: Course): Overhead {
  const phase = PHASES[course.progress.phase];
  const { Metadata: metadata } = course.prepared.template;
  return shareOf(phase, overheadMs(metadata, phase.overhead, course.stack.logicalIds.length));
}
