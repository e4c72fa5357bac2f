import { join } from 'node:path';
import { BUCKET_STACK, createBlockers, createCollisions, createWitness } from '@roundtrip/aws';
import { Gate, journalStates, Poller } from '@roundtrip/engine';
import type { Blockers, Expectations, RunContext, StackMap } from '@roundtrip/engine';
import { layerOrder, reverseLayerOrder } from '@roundtrip/environment';
import { EXIT } from '@roundtrip/problem';
import { likelyCause } from '@roundtrip/view';
import { announceRun, createAnnounce } from './announce.ts';
import { carryOut, namesOf, type Plan } from './carry-out.ts';
import type { Command } from './command.ts';
import { finishRun } from './finish-run.ts';
import { passGuards } from './guards.ts';
import { openHookState } from './hook-state.ts';
import { openJournalCopies } from './journal-copies.ts';
import { openJournal, runFiles, runId, type Append } from './journal-file.ts';
import { knownTemplates } from './known-templates.ts';
import { learn } from './learned.ts';
import { later } from './later.ts';
import { leaseHolder } from './lease-holder.ts';
import { leasePatienceMs } from './lease-patience.ts';
import { pollerOptions } from './poller-options.ts';
import { planLayer } from './layer-run.ts';
import { openEnvironment, type OpenEnvironment } from './open-environment.ts';
import { realClock } from './real-clock.ts';
import type { RunState } from './run-state.ts';
import { accountStop, createRunStop, journalStop, type RunStop } from './run-stop.ts';
import { openScreen } from './screen.ts';
import { takeSignals, type Signals } from './signals.ts';
import { surveyTeardown } from './survey-teardown.ts';
import { guardBlockers, surveyWords } from './survey-words.ts';
import { HURRY_MS } from './under-lease.ts';

export interface RunInput {
  readonly root: string;
  readonly command: Command;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WriteStream;
  /** A few hexadecimal digits: makes two runs of one second differ. */
  readonly random: string;
  /** How the journal is written, where it is not by the file system itself. */
  readonly append?: Append;
}

/** Writes that may be on their way at once; stacks in flight are not limited by it. */
const WRITES_MAX = 16;
/** The longest that AWS takes for one stack of a real environment is under an hour (Aurora, EKS). */
const OPERATION_MS_MAX = 3 * 3_600_000;
/** How long a run waits for the copies of journals; what is missing then is copied by the next one. */
const COPY_MS_MAX = 10_000;

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
  const survey = command.direction === 'down' ? await surveyTeardown(open, steps, poller.latest) : undefined;
  if (survey !== undefined) guardBlockers(survey.blockers);

  const run = runId(startedAt, input.random);
  const files = runFiles(command.environment, run);
  const screen = await openScreen(input.stdout, input.env);
  const { bucket } = open;
  const seenBefore = { root, environment: command.environment, bucket, observed: poller.latest, steps };
  const { expectations, earlier, problem: unlearned } = await learn(seenBefore);
  const journal = openJournal(join(root, files.journal), {
    clock: realClock,
    onEvent(event) {
      expectations.learn(event);
      screen.show(event);
    },
    onLost: (error) => stop.stop(journalStop(error, files.journal, command.make)),
    ...(input.append === undefined ? {} : { append: input.append }),
  });
  const stop = createRunStop(journal);
  const making = { stack: BUCKET_STACK, operation: 'CreateStack', token: BUCKET_STACK };
  open.bucket.beforeMaking(() => journal.write({ type: 'write', ...making }));
  const signals = takeSignals({
    ...{ journal, make: command.make, later, stderr: process.stderr },
    leave: (code) => process.exit(code),
  });
  const context = runContext({ run, command, open, poller, journal, signals, stop, expectations });
  const announce = createAnnounce(journal, open.layers, command.direction, expectations);
  const hookState = openHookState(root, command.environment);
  const state: RunState = { command, open, journal, context, hookState, announce };
  const ours = new Set(namesOf(open, steps));
  seen.by = journalStates(journal, (stack) => ours.has(stack));
  seen.by(poller.latest);

  const holder = leaseHolder({ run, ...command, identity, startedAt });
  const dryRun = survey === undefined ? [] : surveyWords(survey).map((detail) => ({ guard: 'dry run', detail }));
  announceRun(state, { passed: [...passed, ...dryRun], who: holder.who, host: holder.host }, steps);
  if (unlearned !== undefined) journal.write({ type: 'notice', text: unlearned });
  const copies = openJournalCopies({ root, environment: command.environment, bucket });
  const ended = await carryOut({ state, files, plan, survey, ours, holder, waitMs, copies }, steps);
  const exitCode = signals.exitCode ?? (stop.signal.aborted ? EXIT.failed : ended.exitCode);
  await finishRun({ state, files, startedAt, exitCode, earlier });
  const copied = await copies.finish(signals.exitCode === undefined ? COPY_MS_MAX : HURRY_MS);
  screen.finish(files, copied);
  signals.stop();
  if (ended.problem !== undefined && signals.exitCode === undefined) throw ended.problem;
  return exitCode;
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
  stop: RunStop;
  expectations: Expectations;
}): RunContext {
  const { run, command, open, poller, journal, signals, stop, expectations } = parts;
  return {
    run,
    environment: command.environment,
    cloud: open.cloud,
    poller,
    clock: realClock,
    journal,
    writes: new Gate(WRITES_MAX),
    ...(command.direction === 'down' ? { ledger: open.bucket.ledger } : {}),
    ...(open.environment.facts.protect ? {} : { blockers: blockersOf(open, poller) }),
    collisions: createCollisions(open.settings, open.counter, open.environment.facts.account),
    witness: createWitness(open.settings, open.counter),
    ...(open.readiness === undefined ? {} : { readiness: open.readiness }),
    signal: AbortSignal.any([signals.signal, stop.signal]),
    stop: (trouble) => stop.stop(accountStop(trouble, command.make)),
    inFlightAt: new Map(),
    neverWhole: new Set(),
    operationMsMax: OPERATION_MS_MAX,
    expectedMs: (stack, kind) => expectations.own(stack, kind),
    diagnose: likelyCause,
    command: command.make,
  };
}

function blockersOf(open: OpenEnvironment, poller: Poller): Blockers {
  return createBlockers(open.settings, open.counter, {
    templateOf: knownTemplates(open, () => poller.latest),
    mayUnprotect: open.environment.unprotect === true,
  });
}
