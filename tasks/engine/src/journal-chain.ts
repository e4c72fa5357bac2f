import { createHash } from 'node:crypto';
import type { JournalEvent } from './journal-event.ts';

/** What stands behind the text of every line: the digest of the line before it and of this one. */
const CHAINED = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/;

/**
 * The line of a journal for an event. Its hash covers the whole line before it, so that a line which was changed, taken
 * out or put in later shows; the last line of a run covers itself.
 * @param previous the line before it, without its end; empty for the first one
 */
export function chainedLine(event: JournalEvent, previous: string): string {
  const text = JSON.stringify(event);
  return `${text.slice(0, -1)},"hash":"${hashOf(previous, text)}"}`;
}

export interface ChainCheck {
  /** `none`: not one line has a hash, as in journals from before there was a chain. */
  readonly chain: 'whole' | 'broken' | 'none';
  /** The first line that does not follow from those before it, counted from 1. */
  readonly brokenLine?: number;
  /** The last line has no end, as a killed run leaves it. It is no break. */
  readonly isCut: boolean;
}

/** Whether a journal still is what was written, by its text alone. */
export function checkChain(journal: string): ChainCheck {
  const lines = journal.split('\n');
  const isCut = lines.pop() !== '';
  const chained = lines.map((line) => CHAINED.exec(line));
  if (chained.every((found) => found === null)) return { chain: 'none', isCut };
  const broken = chained.findIndex(
    (found, index) => found === null || found[2] !== hashOf(lines[index - 1] ?? '', `${found[1]}}`),
  );
  return broken < 0 ? { chain: 'whole', isCut } : { chain: 'broken', brokenLine: broken + 1, isCut };
}

/** The event of a line. @throws SyntaxError where the line was cut off */
export function eventOf(line: string): JournalEvent {
  const { hash: _, ...event } = JSON.parse(line) as JournalEvent & { readonly hash?: string };
  return event;
}

function hashOf(previous: string, text: string): string {
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex');
}
