import { bringUp } from './bring-up.ts';
import { explain } from './explain.ts';
import { ForeignUpdate } from './foreign-update.ts';
import { classOfFailure, OPERATION_PATIENCE, pauseMs } from './failure-class.ts';
import type { FailureEntry, StepOutcome } from './journal-event.ts';
import { decideUp, type Step } from './plan.ts';
import type { RunContext } from './run-context.ts';
import { runTrouble } from './run-trouble.ts';
import { settleCollisions } from './settle-collisions.ts';
import { takeDown } from './take-down.ts';

/** Whoever updates a stack more often while a run waits for it wants something else than the run. */
const FOREIGN_MAX = 2;

export type StepResult = StepOutcome | 'interrupted';

/**
 * Carries out a plan: every step starts the moment the steps that it depends on are done, and waits for them in no
 * slot. When one fails, what depends on it is not started and everything else goes on.
 * @param replanned hears of a step that was planned to be skipped and is not, because an output that it reads has changed
 * @returns how each step ended, by stack name. Never rejects for a failed step: that is a result.
 */
export async function execute(
  context: RunContext,
  steps: readonly Step[],
  replanned: (step: Step) => void = () => undefined,
): Promise<ReadonlyMap<string, StepResult>> {
  const byName = new Map(steps.map((step) => [step.stack, step]));
  const results = new Map<string, Promise<StepResult>>();
  const start = (step: Step): Promise<StepResult> => {
    const known = results.get(step.stack);
    if (known !== undefined) return known;
    const before = step.dependsOn.flatMap((name) => byName.get(name) ?? []);
    const result = Promise.all(before.map(start)).then(async (outcomes) => {
      if (!outcomes.every(isGood)) return notStarted(context, step, outcomes);
      const now = outcomes.every((outcome) => outcome === 'unchanged') ? step : asItStands(context, step);
      if (now !== step) replanned(now);
      return await perform(context, now);
    });
    results.set(step.stack, result);
    return result;
  };
  const ended = await Promise.all(steps.map(async (step) => [step.stack, await start(step)] as const));
  return new Map(ended);
}

export function isGood(result: StepResult): boolean {
  return result !== 'failed' && result !== 'refused' && result !== 'not-started' && result !== 'interrupted';
}

/** A stack that was as wanted when its layer began may read an output that has changed since. */
function asItStands({ environment, poller }: RunContext, step: Step): Step {
  if (step.kind !== 'skip' || step.desired === undefined) return step;
  const { kind, reason } = decideUp(environment, step.desired, poller.latest);
  return kind === 'skip' ? step : { ...step, kind, reason };
}

async function perform(context: RunContext, step: Step): Promise<StepResult> {
  if (step.kind === 'skip') return finish(context, step, 'unchanged', context.clock.now());
  if (step.kind === 'refuse') return finish(context, step, 'refused', context.clock.now());
  if (context.signal.aborted) return 'interrupted';
  const startedAt = context.clock.now();
  context.journal.write({ type: 'step-started', stack: step.stack });
  let foreign = 0;
  for (let round = 0; ; round += 1) {
    try {
      return finish(context, step, await change(context, step, round, foreign > 0), startedAt);
    } catch (error) {
      if (error instanceof ForeignUpdate && step.desired !== undefined && foreign < FOREIGN_MAX) {
        foreign += 1;
        context.journal.write({ type: 'notice', text: `${error.message}; it is updated once more` });
        continue;
      }
      const trouble = runTrouble(error);
      if (trouble !== undefined) context.stop?.(trouble);
      if (context.signal.aborted) return 'interrupted';
      const failure = await explain(context, step.stack, error);
      const settled = await settle(context, step, failure, round);
      if (settled === 'cleared' || (await mayTryAgain(context, step, failure, round + 1))) continue;
      if (context.signal.aborted) return 'interrupted';
      context.journal.write(settled);
      return finish(context, step, 'failed', startedAt);
    }
  }
}

/** An interrupted run is told so by its signal, whatever it was about to clear away. */
async function settle(
  context: RunContext,
  { desired }: Step,
  failure: FailureEntry,
  round: number,
): Promise<'cleared' | FailureEntry> {
  if (desired === undefined) return failure;
  try {
    return await settleCollisions(context, desired, failure, round);
  } catch {
    return failure;
  }
}

async function change(context: RunContext, step: Step, round: number, force: boolean): Promise<StepOutcome> {
  if (step.desired !== undefined) return await bringUp(context, step.desired, round, force);
  await takeDown(context, step.stack);
  return 'deleted';
}

/**
 * A stack that failed for something that passes is done again, a while later; each class has its own patience. Deletes
 * have a ladder of their own.
 */
async function mayTryAgain(context: RunContext, step: Step, failure: FailureEntry, retry: number): Promise<boolean> {
  if (step.desired === undefined) return false;
  const { kind, reason } = classOfFailure(failure);
  const waitMs = pauseMs(OPERATION_PATIENCE[kind], retry);
  if (waitMs === undefined) return false;
  context.journal.write({ type: 'retry', stack: step.stack, operation: 'up', class: kind, reason, pauseMs: waitMs });
  try {
    await context.clock.sleep(waitMs, context.signal);
    // A look, because what failed may have been rolled back meanwhile.
    await context.poller.sweep(context.signal);
    return true;
  } catch {
    return false;
  }
}

function notStarted(context: RunContext, step: Step, before: readonly StepResult[]): StepResult {
  if (before.includes('interrupted')) return 'interrupted';
  return finish(context, step, 'not-started', context.clock.now());
}

function finish(context: RunContext, step: Step, outcome: StepOutcome, startedAt: number): StepOutcome {
  const status = context.poller.latest.get(step.stack)?.status;
  // A clock that was set back must not make it negative.
  const elapsedMs = Math.max(0, context.clock.now() - startedAt);
  const inFlightMs = (context.inFlightAt.get(step.stack) ?? startedAt) - startedAt;
  context.journal.write({
    type: 'step-finished',
    stack: step.stack,
    outcome,
    ...(status === undefined ? {} : { status }),
    elapsedMs,
    ...(inFlightMs > 0 ? { inFlightMs } : {}),
  });
  return outcome;
}
