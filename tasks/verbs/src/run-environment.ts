import { join } from 'node:path';
import { createBlockers } from '@roundtrip/aws';
import { createExpectations, Gate, journalStates, LeaseLost, Poller } from '@roundtrip/engine';
import type { Blockers, Expectations, LeaseHolder, RunContext, StackMap, Step } from '@roundtrip/engine';
import { layerOrder, reverseLayerOrder } from '@roundtrip/environment';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { likelyCause } from '@roundtrip/view';
import { announceRun, createAnnounce } from './announce.ts';
import type { Command } from './command.ts';
import { finishRun } from './finish-run.ts';
import { passGuards, planAgain } from './guards.ts';
import { openHookState } from './hook-state.ts';
import { hasWrites, latestJournals, openJournal, readJournal, runFiles, runId, type RunFiles } from './journal-file.ts';
import { leaseHolder } from './lease-holder.ts';
import { leasePatienceMs } from './lease-patience.ts';
import { pollerOptions } from './poller-options.ts';
import { planLayer, skipLayers, isUnchanged } from './layer-run.ts';
import { openEnvironment, type OpenEnvironment } from './open-environment.ts';
import { realClock } from './real-clock.ts';
import type { RunState } from './run-state.ts';
import { openScreen } from './screen.ts';
import { takeSignals, type Signals } from './signals.ts';
import { runThroughTurbo } from './turbo-run.ts';
import { underLease } from './under-lease.ts';
import { workOffLedger } from './work-off-ledger.ts';

export interface RunInput {
  readonly root: string;
  readonly command: Command;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WriteStream;
  /** A few hexadecimal digits: makes two runs of one second differ. */
  readonly random: string;
}

/** Writes that may be on their way at once; stacks in flight are not limited by it. */
const WRITES_MAX = 16;
/** The longest that AWS takes for one stack of a real environment is under an hour (Aurora, EKS). */
const OPERATION_MS_MAX = 3 * 3_600_000;
/** Earlier runs from which expected durations are learned, and how many are looked through for them. */
const JOURNALS_LEARNED = 6;
const JOURNALS_READ = 40;

/**
 * Takes one environment up or down.
 * @returns the exit code: 0 done, 1 failed, 129/130/143 interrupted.
 * @throws ProblemError with exit code 2 (bad input) or 3 (refused by a guard, or because another run has the lease);
 * nothing has been written to the account then.
 */
export async function runEnvironment(input: RunInput): Promise<number> {
  const startedAt = realClock.now();
  const { root, command } = input;
  const waitMs = leasePatienceMs(input.env);
  const open = await openEnvironment(root, command.environment, input.env);
  // Filled once the journal is open, which is after the first sweep.
  const seen: { by?: (stacks: StackMap) => void } = {};
  const poller = new Poller(open.cloud, realClock, pollerOptions(open.speed), (stacks) => seen.by?.(stacks));
  const plan: Plan = () =>
    new Map(order(open, command).map((layer) => [layer, planLayer(command, open, poller.latest, layer)]));
  const { steps, passed, identity } = await passGuards(command, open, poller, plan);

  const run = runId(startedAt, input.random);
  const files = runFiles(command.environment, run);
  const screen = await openScreen(input.stdout, input.env);
  const expectations = learnExpectations(input);
  const journal = openJournal(join(root, files.journal), realClock, (event) => {
    expectations.learn(event);
    screen.show(event);
  });
  const signals = takeSignals(journal, command.make, (code) => process.exit(code));
  const context = runContext({ run, command, open, poller, journal, signals, expectations });
  const announce = createAnnounce(journal, open.layers, command.direction, expectations);
  const hookState = openHookState(root, command.environment);
  const state: RunState = { command, open, journal, context, hookState, announce };
  const ours = new Set(namesOf(open, steps));
  seen.by = journalStates(journal, (stack) => ours.has(stack));
  seen.by(poller.latest);

  announceRun(state, passed, steps);
  const holder = leaseHolder({ run, ...command, identity, startedAt });
  const ended = await carryOut({ state, files, plan, ours, holder, waitMs }, steps);
  const exitCode = signals.exitCode ?? ended.exitCode;
  await finishRun({ state, files, startedAt, exitCode });
  screen.finish(files);
  signals.stop();
  if (ended.problem !== undefined && signals.exitCode === undefined) throw ended.problem;
  return exitCode;
}

type Plan = () => ReadonlyMap<string, readonly Step[]>;

interface Execution {
  readonly state: RunState;
  readonly files: RunFiles;
  readonly plan: Plan;
  /** The stacks whose states belong in the journal. */
  readonly ours: Set<string>;
  readonly holder: LeaseHolder;
  readonly waitMs: number;
}

/** Never rejects for a run that was refused or interrupted: its journal has to be finished too. */
async function carryOut(
  execution: Execution,
  steps: ReadonlyMap<string, readonly Step[]>,
): Promise<{ readonly exitCode: number; readonly problem?: ProblemError }> {
  const { state, holder, waitMs } = execution;
  // Looking costs nobody anything: a run with nothing to do does not ask for the lease.
  if (isUnchanged(state, steps) && skipLayers(state, steps)) return { exitCode: EXIT.done };
  const { journal, open, context } = state;
  const { bucket, speed } = open;
  const leased = { bucket, holder, waitMs, speed, journal, signal: context.signal };
  try {
    const done = await underLease(leased, (lease, signal) =>
      changeAll({ ...execution, state: { ...state, context: { ...context, lease, signal } } }),
    );
    return { exitCode: done ? EXIT.done : EXIT.failed };
  } catch (error) {
    if (error instanceof ProblemError) return { exitCode: error.exitCode, problem: error };
    if (context.signal.aborted || error instanceof LeaseLost) return { exitCode: EXIT.failed };
    throw error;
  }
}

/** Whoever had the lease before may have changed everything, also which hooks have succeeded. */
async function changeAll({ state: before, files, plan, ours }: Execution): Promise<boolean> {
  const { command, open, context } = before;
  const state = { ...before, hookState: openHookState(open.root, command.environment) };
  const steps = await planAgain(command, open, context.poller, plan, context.signal);
  for (const name of namesOf(open, steps)) ours.add(name);
  for (const [layer, ofLayer] of steps) state.announce(layer, ofLayer);
  if (command.direction === 'up') await workOffLedger(state);
  return isUnchanged(state, steps) ? skipLayers(state, steps) : await runThroughTurbo(state, files);
}

/** Layer names in the order of this run, for planning and for messages; turbo decides when each one starts. */
function order(open: OpenEnvironment, command: Command): readonly string[] {
  return command.direction === 'up' ? layerOrder(open.layers) : reverseLayerOrder(open.layers);
}

function runContext(parts: {
  run: string;
  command: Command;
  open: OpenEnvironment;
  poller: Poller;
  journal: RunState['journal'];
  signals: Signals;
  expectations: Expectations;
}): RunContext {
  const { run, command, open, poller, journal, signals, expectations } = parts;
  return {
    run,
    environment: command.environment,
    cloud: open.cloud,
    poller,
    clock: realClock,
    journal,
    writes: new Gate(WRITES_MAX),
    ...(command.direction === 'down' ? { ledger: open.bucket.ledger, blockers: blockersOf(open) } : {}),
    signal: signals.signal,
    inFlightAt: new Map(),
    operationMsMax: OPERATION_MS_MAX,
    expectedMs: (stack, kind) => expectations.own(stack, kind),
    diagnose: likelyCause,
    command: command.make,
  };
}

/** Whoever protects a database or a load balancer lifts that by hand: no env file says that a run may. */
function blockersOf({ settings, counter, desired }: OpenEnvironment): Blockers {
  const bodies = new Map([...desired.values()].flat().map(({ name, templateBody }) => [name, templateBody]));
  return createBlockers(settings, counter, { templateOf: (stack) => bodies.get(stack), mayUnprotect: false });
}

/** Runs that changed nothing teach nothing and are passed over, so that many of them do not push out one that does. */
function learnExpectations(input: RunInput): Expectations {
  const expectations = createExpectations();
  const teaching: string[] = [];
  for (const path of latestJournals(input.root, input.command.environment, JOURNALS_READ).reverse()) {
    if (hasWrites(path)) teaching.unshift(path);
    if (teaching.length === JOURNALS_LEARNED) break;
  }
  for (const path of teaching) for (const event of readJournal(path)) expectations.learn(event);
  return expectations;
}

/** What the env file wants, and what the plan takes away. */
function namesOf({ desired }: OpenEnvironment, steps: ReadonlyMap<string, readonly Step[]>): string[] {
  return [
    ...[...steps.values()].flat().map((step) => step.stack),
    ...[...desired.values()].flat().map((stack) => stack.name),
  ];
}
