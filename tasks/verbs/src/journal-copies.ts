import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toCloudError, type AccountBucket } from '@roundtrip/aws';
import { patiently } from '@roundtrip/engine';
import type { LeaseHolder } from '@roundtrip/engine';
import { copyWhileGrowing, type Growing } from './copy-while-growing.ts';
import { runFiles } from './journal-file.ts';
import { later } from './later.ts';
import { openOwedJournals } from './owed-journals.ts';
import { realClock } from './real-clock.ts';
import { withinMs } from './within-ms.ts';

/** Journals of killed runs that one run copies at most: it is bounded, and the next one goes on. */
const OWED_MAX = 5;
/** A machine that is gone with its run takes no more of the record with it than this. */
const EVERY_MS = 30_000;

export interface JournalCopiesOrder {
  readonly root: string;
  readonly environment: string;
  readonly bucket: AccountBucket;
}

/** The copies of journals in the account's bucket: of this run, and of runs that were killed before they could. */
export interface JournalCopies {
  /**
   * This run has the lease: from now on it can have changed something, so its journal is copied now and then. On disk
   * stands that a copy is owed, for the next run, should this one be killed.
   */
  begin(holder: LeaseHolder): void;
  /**
   * Copies what is missing: this run's journal, whole, where it has begun, and those of killed ones. S3's client is
   * loaded only where there is something to copy. Never rejects: a run does not fail for its record's copy.
   * @param msMax nobody waits longer; what is missing then is copied by the next run
   * @returns undefined where there was nothing to copy
   */
  finish(msMax: number): Promise<Copied | undefined>;
}

export interface Copied {
  /** Where this run's copy is. */
  readonly place?: string;
  /** How many journals of runs that were killed have been copied as well. */
  readonly others: number;
  /** Why not all have been copied. */
  readonly problem?: string;
}

export function openJournalCopies({ root, environment, bucket }: JournalCopiesOrder): JournalCopies {
  const owed = openOwedJournals(root, environment);
  let begun: { readonly run: string; readonly growing: Growing } | undefined;
  const read = (run: string): string => readFileSync(join(root, runFiles(environment, run).journal), 'utf8');
  const copyAll = async (
    others: readonly string[],
    copied: { place?: string; others: number },
    signal: AbortSignal,
  ): Promise<void> => {
    // An earlier copy that is still on its way would take the place of the whole one.
    await begun?.growing.end();
    const store = await bucket.journals();
    const put = async (run: string, whole: boolean): Promise<void> => {
      signal.throwIfAborted();
      await patiently(realClock, () => store.put(environment, run, read(run), whole), signal);
      owed.settle(run);
    };
    if (begun !== undefined) {
      await put(begun.run, true);
      copied.place = store.placeOf(environment, begun.run);
    }
    for (const other of others) {
      await put(other, false);
      copied.others += 1;
    }
  };
  return {
    begin(holder) {
      const { run } = holder;
      owed.add(holder);
      const put = async (journal: string): Promise<void> =>
        await (await bucket.journals()).put(environment, run, journal, true);
      begun = { run, growing: copyWhileGrowing({ later, everyMs: EVERY_MS, read: () => read(run), put }) };
    },
    async finish(msMax) {
      const others = owed.ended(realClock.now()).filter((other) => other !== begun?.run);
      if (begun === undefined && others.length === 0) return undefined;
      const late = new AbortController();
      const copied: { place?: string; others: number } = { others: 0 };
      const problem = await withinMs(
        copyAll(others.slice(0, OWED_MAX), copied, late.signal).then(
          () => 'none' as const,
          (error: unknown) => toCloudError(error),
        ),
        msMax,
      );
      if (problem === 'none') return copied;
      late.abort();
      // Nobody waits for an answer any longer; a call that hangs would keep the process.
      bucket.cut();
      return {
        ...copied,
        problem: problem === undefined ? 'S3 took too long' : `${problem.message} (${problem.code})`,
      };
    },
  };
}
