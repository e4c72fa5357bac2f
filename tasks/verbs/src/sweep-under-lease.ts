import { join } from 'node:path';
import type { Identity } from '@roundtrip/aws';
import { LeaseLost, type JournalEvent, type LeaseHolder } from '@roundtrip/engine';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { forgetOrphan } from './forget-orphan.ts';
import { openJournalCopies, type JournalCopies } from './journal-copies.ts';
import { openJournal, runFiles, runId, type JournalFile } from './journal-file.ts';
import { later } from './later.ts';
import { leaseHolder } from './lease-holder.ts';
import { leasePatienceMs } from './lease-patience.ts';
import { noteRemoval } from './note-removal.ts';
import type { OpenEnvironment } from './open-environment.ts';
import { realClock } from './real-clock.ts';
import { createRunStop, journalFault, journalStop } from './run-stop.ts';
import { copyText } from './screen.ts';
import { takeSignals } from './signals.ts';
import { isLeft, linesOf, look } from './look-for-remains.ts';
import type { SweepVerbInput } from './sweep-environment.ts';
import { HURRY_MS, underLease } from './under-lease.ts';

export interface SweepOrder extends SweepVerbInput {
  /** What was typed. */
  readonly make: string;
  readonly open: OpenEnvironment;
  readonly identity: Identity;
}

/** How long the sweep waits for the copy of its journal; what is missing then is copied by the next run. */
const COPY_MS_MAX = 10_000;

/**
 * Sweeps with the environment's lease, so that no run builds at the same time what this would take for left over, and
 * with a journal like that of a run.
 * @returns the exit code: 0 nothing is left, 1 something is, or 128 and the signal's number
 * @throws ProblemError, exit code 3, where the lease is not to be had
 */
export async function sweepUnderLease(order: SweepOrder): Promise<number> {
  const { root, environment, open, make, identity, env, stdout, exit } = order;
  const startedAt = realClock.now();
  const waitMs = leasePatienceMs(env);
  const run = runId(startedAt, order.random);
  const { journal: file } = runFiles(environment, run);
  const journal = openJournal(join(root, file), {
    clock: realClock,
    onEvent: (event) => void lineOf(event).map((line) => stdout.write(`${line}\n`)),
    onLost: (error) => stop.stop(journalStop(error, file, make)),
  });
  const stop = createRunStop(journal);
  const holder = leaseHolder({ run, environment, make, identity, startedAt });
  begin(journal, order, holder);
  const signals = takeSignals({ journal, make, later, leave: exit, stderr: process.stderr });
  const copies = openJournalCopies({ root, environment, bucket: open.bucket });
  const ended = await carryOut({
    order,
    journal,
    holder,
    copies,
    waitMs,
    signal: AbortSignal.any([signals.signal, stop.signal]),
  });
  const exitCode = signals.exitCode ?? ended.exitCode;
  const { calls, throttled } = open.counter;
  const wallMs = realClock.now() - startedAt;
  journal.write({ type: 'run-finished', exitCode, wallMs, calls: { ...calls }, throttled });
  const copied = await copies.finish(signals.exitCode === undefined ? COPY_MS_MAX : HURRY_MS);
  if (copied !== undefined) stdout.write(`copy: ${copyText(copied)}\n`);
  signals.stop();
  if (ended.problem !== undefined && signals.exitCode === undefined) throw ended.problem;
  return exitCode;
}

interface Work {
  readonly order: SweepOrder;
  readonly journal: JournalFile;
  readonly holder: LeaseHolder;
  readonly copies: JournalCopies;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

interface Ended {
  readonly exitCode: number;
  /** What the verb ends with, once the journal is finished: a ProblemError, or a fault of this tool. */
  readonly problem?: Error;
}

/** Never rejects: whatever ends the sweep, its journal has to be finished. */
async function carryOut({ order, journal, holder, copies, waitMs, signal: ending }: Work): Promise<Ended> {
  const { open } = order;
  const { bucket, speed } = open;
  try {
    const swept = await underLease(
      { bucket, holder, waitMs, speed, journal, signal: ending },
      async (lease, signal) => {
        copies.begin(holder);
        const struck = order.forget === undefined ? [] : await forgetOrphan(open, lease, order.forget);
        for (const text of struck) journal.write({ type: 'notice', text });
        if (!order.apply) return await look(open);
        return await look(open, { lease, signal, removing: noteRemoval(journal, holder.run) });
      },
    );
    for (const text of linesOf(open, swept)) journal.write({ type: 'notice', text });
    return { exitCode: order.apply && isLeft(swept) ? EXIT.failed : EXIT.done };
  } catch (error) {
    if (error instanceof ProblemError) return { exitCode: error.exitCode, problem: error };
    if (ending.aborted || error instanceof LeaseLost) return { exitCode: EXIT.failed };
    return { exitCode: EXIT.failed, problem: journalFault(error, journal) };
  }
}

function begin(journal: JournalFile, { open, environment }: SweepOrder, { run, who, host }: LeaseHolder): void {
  const { account, region, cloud } = open.environment.facts;
  const layers = open.layers.map(({ name, dependsOn }) => ({ name, dependsOn }));
  journal.write({
    ...{ type: 'run-started', run, verb: 'sweep', direction: 'down', environment },
    ...{ account, region, cloud, layers, who, host },
  });
  journal.write({ type: 'guard-passed', guard: 'account', detail: `${account} as ${who}` });
}

/** What of its journal a sweep prints. */
function lineOf(event: JournalEvent): string[] {
  if (event.type === 'notice') return [event.text];
  if (event.type === 'lease') return [`lease ${event.what}: ${event.detail}`];
  if (event.type === 'stopped') return [`stopped: ${event.what}`, `  reason: ${event.reason}`, `  next: ${event.next}`];
  return [];
}
