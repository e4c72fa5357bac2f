import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toCloudError, type AccountBucket } from '@roundtrip/aws';
import { patiently } from '@roundtrip/engine';
import { runFiles } from './journal-file.ts';
import type { OwedJournals } from './owed-journals.ts';
import { realClock } from './real-clock.ts';
import { withinMs } from './within-ms.ts';

/** Journals of killed runs that one run copies at most: it is bounded, and the next one goes on. */
const OWED_MAX = 5;

export interface CopyOrder {
  readonly root: string;
  readonly environment: string;
  readonly bucket: AccountBucket;
  readonly owed: OwedJournals;
  /** This run, where it has had the lease: only such a run can have changed something. */
  readonly run: string | undefined;
  /** Nobody waits longer for the copies; what is missing then is copied by the next run. */
  readonly msMax: number;
}

export interface Copied {
  /** Where this run's copy is. */
  readonly place?: string;
  /** How many journals of runs that were killed have been copied as well. */
  readonly others: number;
  /** Why not all have been copied. */
  readonly problem?: string;
}

/**
 * Copies the journal of this run to the account's bucket, and those of runs that were killed before they could. S3's
 * client is loaded only where there is something to copy. Never rejects: a run does not fail for its record's copy.
 * @returns undefined where there was nothing to copy
 */
export async function copyJournals(order: CopyOrder): Promise<Copied | undefined> {
  const { bucket, owed, run, msMax } = order;
  const others = owed.ended(realClock.now()).filter((other) => other !== run);
  if (run === undefined && others.length === 0) return undefined;
  const late = new AbortController();
  const copied: { place?: string; others: number } = { others: 0 };
  const problem = await withinMs(
    copyAll(order, others.slice(0, OWED_MAX), copied, late.signal).then(
      () => 'none' as const,
      (error: unknown) => toCloudError(error),
    ),
    msMax,
  );
  if (problem === 'none') return copied;
  late.abort();
  // Nobody waits for an answer any longer; a call that hangs would keep the process.
  bucket.cut();
  return { ...copied, problem: problem === undefined ? 'S3 took too long' : `${problem.message} (${problem.code})` };
}

async function copyAll(
  { root, environment, bucket, owed, run }: CopyOrder,
  others: readonly string[],
  copied: { place?: string; others: number },
  signal: AbortSignal,
): Promise<void> {
  const store = await bucket.journals();
  const put = async (one: string): Promise<void> => {
    signal.throwIfAborted();
    const journal = readFileSync(join(root, runFiles(environment, one).journal), 'utf8');
    await patiently(realClock, () => store.put(environment, one, journal, one === run), signal);
    owed.settle(one);
  };
  if (run !== undefined) {
    await put(run);
    copied.place = store.placeOf(environment, run);
  }
  for (const other of others) {
    await put(other);
    copied.others += 1;
  }
}
