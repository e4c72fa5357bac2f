import { LeaseLost } from '@roundtrip/engine';
import type { LeaseHolder, Step } from '@roundtrip/engine';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { planAgain } from './guards.ts';
import { recallHooks, shareHooks } from './hook-memory.ts';
import { openHookState } from './hook-state.ts';
import type { RunFiles } from './journal-file.ts';
import { isUnchanged, skipLayers } from './layer-run.ts';
import { noteLogGroups } from './note-log-groups.ts';
import type { OpenEnvironment } from './open-environment.ts';
import type { OwedJournals } from './owed-journals.ts';
import type { RunState } from './run-state.ts';
import type { Survey } from './survey-teardown.ts';
import { runThroughTurbo } from './turbo-run.ts';
import { underLease } from './under-lease.ts';
import { workOffLedger } from './work-off-ledger.ts';

export type Plan = () => ReadonlyMap<string, readonly Step[]>;

export interface Execution {
  readonly state: RunState;
  readonly files: RunFiles;
  readonly plan: Plan;
  /** What a teardown takes away. */
  readonly survey: Survey | undefined;
  /** The stacks whose states belong in the journal. */
  readonly ours: Set<string>;
  readonly holder: LeaseHolder;
  readonly waitMs: number;
  readonly owed: OwedJournals;
}

export interface CarriedOut {
  readonly exitCode: number;
  /** True for a run that has had the lease: only such a run can have changed something. */
  readonly hadLease: boolean;
  readonly problem?: ProblemError;
}

/** Never rejects for a run that was refused or interrupted: its journal has to be finished too. */
export async function carryOut(execution: Execution, steps: ReadonlyMap<string, readonly Step[]>): Promise<CarriedOut> {
  const { state, holder, waitMs, owed } = execution;
  const { journal, open, context } = state;
  // The journal may have been lost with its first line.
  if (context.signal.aborted) return { exitCode: EXIT.failed, hadLease: false };
  await recallHooks(state, steps);
  // Looking costs nobody anything: a run with nothing to do does not ask for the lease.
  if (isUnchanged(state, steps) && skipLayers(state, steps)) return { exitCode: EXIT.done, hadLease: false };
  const { bucket, speed } = open;
  const leased = { bucket, holder, waitMs, speed, journal, signal: context.signal };
  let hadLease = false;
  try {
    const done = await underLease(leased, async (lease, signal) => {
      hadLease = true;
      owed.add(holder);
      return await changeAll({ ...execution, state: { ...state, context: { ...context, lease, signal } } });
    });
    return { exitCode: done ? EXIT.done : EXIT.failed, hadLease };
  } catch (error) {
    if (error instanceof ProblemError) return { exitCode: error.exitCode, problem: error, hadLease };
    if (context.signal.aborted || error instanceof LeaseLost) return { exitCode: EXIT.failed, hadLease };
    throw error;
  }
}

/** Whoever had the lease before may have changed everything, also which hooks have succeeded. */
async function changeAll({ state: before, files, plan, survey, ours }: Execution): Promise<boolean> {
  const { command, open, context } = before;
  const state = { ...before, hookState: openHookState(open.root, command.environment) };
  const steps = await planAgain(command, open, context.poller, plan, context.signal);
  for (const name of namesOf(open, steps)) ours.add(name);
  for (const [layer, ofLayer] of steps) state.announce(layer, ofLayer);
  if (command.direction === 'up') await workOffLedger(state);
  if (survey !== undefined) await noteLogGroups(state, survey);
  await recallHooks(state, steps);
  if (isUnchanged(state, steps)) return skipLayers(state, steps);
  const done = await runThroughTurbo(state, files);
  await shareHooks(state);
  return done;
}

/** What the env file wants, and what the plan takes away. */
export function namesOf({ desired }: OpenEnvironment, steps: ReadonlyMap<string, readonly Step[]>): string[] {
  return [
    ...[...steps.values()].flat().map((step) => step.stack),
    ...[...desired.values()].flat().map((stack) => stack.name),
  ];
}
