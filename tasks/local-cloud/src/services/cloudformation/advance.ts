import { missingValue } from './account-values.ts';
import { dynamicReferenceProblem } from './dynamic-reference-problem.ts';
import { afterPhase, phaseFailed, stopPhase } from './after-phase.ts';
import { continueMaking } from './continue-making.ts';
import type { StepPayload } from './continue-making.ts';
import type { Course } from './course.ts';
import { startMaking } from './make-step.ts';
import { releaseNested } from './nested-state.ts';
import { exportsProblem } from './outputs.ts';
import { PHASES } from './phases.ts';
import { phaseOverhead } from './enter-phase.ts';
import { continueRemoving, startRemoving } from './remove-step.ts';
import { continueRestoring, startRestoring } from './restore-step.ts';
import { monitoringMs, triggered, watchTriggers } from './rollback-triggers.ts';
import { policyRefusal } from './stack-policy/stack-policy.ts';
import { resourcesOfStack } from './stack-resource.ts';
import type { StepResult } from './step-result.ts';

/** The lead is over: works out what there is to do and starts what needs nothing else. */
export function beginPhase(course: Course): void {
  const phase = PHASES[course.progress.phase];
  const blocked = phaseProblem(course);
  if (blocked !== undefined) return stopPhase(course, blocked);
  if (course.progress.phase === 'cleanup') releaseNested(course);
  watchTriggers(course);
  course.changeProgress({ items: phase.items(course) });
  startReady(course);
}

/** What stands in the way of the whole phase. */
function phaseProblem(course: Course): string | undefined {
  const { world, realm, stack, prepared, progress } = course;
  if (progress.phase === 'delete') return exportsProblem(course, []);
  if (progress.phase !== 'create' && progress.phase !== 'update') return undefined;
  return (
    missingValue(world, realm, prepared.template, stack) ??
    dynamicReferenceProblem(course, 'begun') ??
    triggered(course) ??
    (progress.phase === 'update' ? protectedRemoval(course) : undefined)
  );
}

/** A stack policy may keep a resource in the stack: then the whole update is refused before anything is touched. */
function protectedRemoval(course: Course): string | undefined {
  const wanted = course.prepared.graph(course.scope.conditions);
  const removed = resourcesOfStack(course.world, course.realm, course.stack).filter(
    ({ logicalId }) => !wanted.has(logicalId),
  );
  const refusals = removed.map((one) => policyRefusal(course.progress.policy, 'Update:Delete', one));
  return refusals.find((text) => text !== undefined);
}

/** One resource has got to its next stage. */
export function continueStep(course: Course, payload: StepPayload): void {
  if (course.item(payload.key).state !== 'active') return;
  const { action } = PHASES[course.progress.phase];
  const result =
    action === 'make'
      ? continueMaking(course, payload)
      : action === 'restore'
        ? continueRestoring(course, payload)
        : continueRemoving(course, payload);
  if (result === 'active') return;
  if (settle(course, payload.key, result) === 'go on') startReady(course);
}

/** The tail is over: the phase's own end. */
export function finishPhase(course: Course): void {
  const problem = triggered(course);
  if (problem === undefined) afterPhase(course);
  else stopPhase(course, problem);
}

/** Starts every item whose needs are done, as many at once as the graph allows, until nothing more can start. */
function startReady(course: Course): void {
  for (let started = true; started;) {
    started = false;
    for (const key of Object.keys(course.progress.items)) {
      const item = course.item(key);
      if (item.state !== 'waiting' || !item.needs.every((need) => course.item(need).state === 'done')) continue;
      started = true;
      course.changeItem(key, { state: 'active' });
      const result = start(course, key);
      if (result !== 'active' && settle(course, key, result) === 'halted') return;
    }
  }
  const isBusy = Object.values(course.progress.items).some(({ state }) => state === 'active');
  if (!isBusy) endPhase(course);
}

function start(course: Course, key: string): StepResult {
  const { action } = PHASES[course.progress.phase];
  if (action === 'make') return startMaking(course, key);
  return action === 'restore' ? startRestoring(course, key) : startRemoving(course, key);
}

function settle(course: Course, key: string, result: Exclude<StepResult, 'active'>): 'go on' | 'halted' {
  if (typeof result === 'object') {
    course.changeItem(key, { state: 'failed' });
    stopPhase(course, result.stop);
    return 'halted';
  }
  course.changeItem(key, { state: result });
  if (result === 'done' || !PHASES[course.progress.phase].halts) return 'go on';
  phaseFailed(course);
  return 'halted';
}

function endPhase(course: Course): void {
  const hasFailed = Object.values(course.progress.items).some(({ state }) => state === 'failed');
  if (hasFailed) return phaseFailed(course);
  const waitMs = phaseOverhead(course).tailMs + monitoringMs(course);
  if (waitMs === 0) finishPhase(course);
  else course.later(waitMs, 'cloudformation.finish');
}
