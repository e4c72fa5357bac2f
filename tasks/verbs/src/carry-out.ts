import { LeaseLost, runTrouble } from '@roundtrip/engine';
import type { LeaseHolder, Step } from '@roundtrip/engine';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { planAgain } from './guards.ts';
import { recallHooks, shareHooks } from './hook-memory.ts';
import { openHookState } from './hook-state.ts';
import type { JournalCopies } from './journal-copies.ts';
import type { RunFiles } from './journal-file.ts';
import { isUnchanged, skipLayers } from './layer-run.ts';
import { noteLogGroups } from './note-log-groups.ts';
import type { OpenEnvironment } from './open-environment.ts';
import { removeUnwanted } from './remove-unwanted.ts';
import type { RunState } from './run-state.ts';
import { journalFault } from './run-stop.ts';
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
  readonly copies: JournalCopies;
}

export interface CarriedOut {
  readonly exitCode: number;
  /** What the verb ends with, once the journal is finished: a ProblemError, or a fault of this tool. */
  readonly problem?: Error;
}

/** Never rejects once there may be a lease: whatever ends the run, its journal has to be finished. */
export async function carryOut(execution: Execution, steps: ReadonlyMap<string, readonly Step[]>): Promise<CarriedOut> {
  const { state, holder, waitMs, copies } = execution;
  const { journal, open, context } = state;
  // The journal may have been lost with its first line.
  if (context.signal.aborted) return { exitCode: EXIT.failed };
  await recallHooks(state, steps);
  // Looking costs nobody anything: a run with nothing to do does not ask for the lease.
  if (isUnchanged(state, steps) && skipLayers(state, steps)) return { exitCode: EXIT.done };
  const { bucket, speed } = open;
  const leased = { bucket, holder, waitMs, speed, journal, signal: context.signal };
  try {
    const done = await underLease(leased, async (lease, signal) => {
      copies.begin(holder);
      return await changeAll({ ...execution, state: { ...state, context: { ...context, lease, signal } } });
    });
    return { exitCode: done ? EXIT.done : EXIT.failed };
  } catch (error) {
    if (error instanceof ProblemError) return { exitCode: error.exitCode, problem: error };
    const trouble = runTrouble(error);
    if (trouble !== undefined) context.stop?.(trouble);
    if (context.signal.aborted || error instanceof LeaseLost) return { exitCode: EXIT.failed };
    return { exitCode: EXIT.failed, problem: journalFault(error, journal) };
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
  const done = await removeUnwanted(state, await runThroughTurbo(state, files));
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
