import { createExpectations } from '@roundtrip/engine';
import type { Expectations, JournalEvent } from '@roundtrip/engine';
import { hasWrites, latestJournals, readJournal } from './journal-file.ts';

/** Earlier runs from which expected durations are learned, and how many are looked through for them. */
const JOURNALS_LEARNED = 6;
const JOURNALS_READ = 40;

export interface Learned {
  readonly expectations: Expectations;
  /** The journals behind them, the oldest first. */
  readonly earlier: readonly (readonly JournalEvent[])[];
}

/** Runs that changed nothing teach nothing and are passed over, so that many of them do not push out one that does. */
export function learnFromJournals(root: string, environment: string): Learned {
  const teaching: string[] = [];
  for (const path of latestJournals(root, environment, JOURNALS_READ).reverse()) {
    if (hasWrites(path)) teaching.unshift(path);
    if (teaching.length === JOURNALS_LEARNED) break;
  }
  const earlier = teaching.map(readJournal);
  const expectations = createExpectations();
  for (const event of earlier.flat()) expectations.learn(event);
  return { expectations, earlier };
}
