import { readFileSync } from 'node:fs';
import { BUCKET_STACK, toCloudError, type AccountBucket } from '@roundtrip/aws';
import { createExpectations, patiently } from '@roundtrip/engine';
import type { Expectations, JournalEvent, StackMap, Step } from '@roundtrip/engine';
import { eventsIn, hasWrites, latestJournals } from './journal-file.ts';
import { realClock } from './real-clock.ts';
import { withinMs } from './within-ms.ts';

/** Earlier runs from which expected durations are learned, and how many are looked through for them. */
const JOURNALS_LEARNED = 6;
const JOURNALS_READ = 40;
/** Copies that are looked through: each is a call, all at once. */
const COPIES_READ = 10;
/** Nobody waits longer to hear how long he will wait. */
const COPIES_MS_MAX = 5_000;

export interface Learned {
  readonly expectations: Expectations;
  /** The journals behind them, the oldest first. */
  readonly earlier: readonly (readonly JournalEvent[])[];
  /** Why nothing is known, where that is not for want of earlier runs. */
  readonly problem?: string;
}

export interface LearnOrder {
  readonly root: string;
  readonly environment: string;
  readonly bucket: AccountBucket;
  /** What the sweep saw: without the bucket's stack there is no bucket to ask. */
  readonly observed: StackMap;
  readonly steps: ReadonlyMap<string, readonly Step[]>;
}

/**
 * How long stacks took before: from the journals on this machine, or, where there are none and something is to be done,
 * from the copies in the account's bucket, as on a machine of CI that is new each time. Never rejects.
 */
export async function learn(order: LearnOrder): Promise<Learned> {
  const here = teaching(latestJournals(order.root, order.environment, JOURNALS_READ), (path) =>
    readFileSync(path, 'utf8'),
  );
  const isIdle = [...order.steps.values()].flat().every((step) => step.kind === 'skip');
  if (here.length > 0 || isIdle || !order.observed.has(BUCKET_STACK)) return learnedFrom(here);
  const late = new AbortController();
  const copies = await withinMs(
    readCopies(order, late.signal).catch((error: unknown) => toCloudError(error)),
    COPIES_MS_MAX,
  );
  late.abort();
  if (Array.isArray(copies)) return learnedFrom(teaching(copies, (copy) => copy));
  const why = copies === undefined ? 'S3 took too long' : `${copies.message} (${copies.code})`;
  return { ...learnedFrom([]), problem: `no expected times: the journals of earlier runs cannot be read: ${why}` };
}

async function readCopies({ environment, bucket }: LearnOrder, signal: AbortSignal): Promise<string[]> {
  const journals = await bucket.journals();
  const asked = <T>(call: () => Promise<T>): Promise<T> => patiently(realClock, call, signal);
  const runs = await asked(() => journals.list(environment, COPIES_READ));
  const copies = await Promise.all(runs.map((run) => asked(() => journals.read(environment, run))));
  return copies.filter((copy) => copy !== undefined);
}

/** Runs that changed nothing teach nothing and are passed over, so that many of them do not push out one that does. */
function teaching<T>(oldestFirst: readonly T[], read: (one: T) => string): string[] {
  const journals: string[] = [];
  for (const one of oldestFirst.toReversed()) {
    const journal = read(one);
    if (hasWrites(journal)) journals.unshift(journal);
    if (journals.length === JOURNALS_LEARNED) break;
  }
  return journals;
}

function learnedFrom(journals: readonly string[]): Learned {
  const earlier = journals.map(eventsIn);
  const expectations = createExpectations();
  for (const event of earlier.flat()) expectations.learn(event);
  return { expectations, earlier };
}
