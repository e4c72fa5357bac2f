import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chainedLine, eventOf } from '@roundtrip/engine';
import type { Clock, Journal, JournalEntry, JournalEvent } from '@roundtrip/engine';
import { redactTexts } from './redact.ts';

export interface RunFiles {
  /** Relative to the project's root. */
  readonly journal: string;
  readonly timeline: string;
  /** What turbo printed, for when something is wrong with turbo itself. */
  readonly turboLog: string;
}

export function runFiles(environment: string, run: string): RunFiles {
  const base = join('.roundtrip/runs', environment, run);
  return { journal: `${base}.jsonl`, timeline: `${base}.html`, turboLog: `${base}.turbo.log` };
}

/** A run's id: sorts by time, to the millisecond, and is unique between two runs of the same one. */
export function runId(nowMs: number, random: string): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:.]/g, '');
  return `${stamp}-${random}`;
}

export interface JournalFile extends Journal {
  readonly events: readonly JournalEvent[];
  /** Texts that must never be written. */
  readonly secrets: string[];
}

/** Puts text at the end of a file. @throws what the file system says */
export type Append = (path: string, text: string) => void;

export interface JournalPorts {
  readonly clock: Clock;
  readonly onEvent: (event: JournalEvent) => void;
  /** Hears once that the file takes no more: a full disk, a folder that may not be written to. */
  readonly onLost?: (error: Error) => void;
  readonly append?: Append;
}

/** A write was not sent because the journal could not have it first. */
export class JournalLost extends Error {
  constructor(cause: Error) {
    super(`not in the journal, so not sent: ${cause.message}`, { cause });
    this.name = 'JournalLost';
  }
}

/**
 * Appends to the run's file; each entry is there, without secrets and with the hash of the line before it, when `write`
 * returns. Once the file takes no more, entries are shown only, and a `write` entry throws JournalLost.
 */
export function openJournal(path: string, ports: JournalPorts): JournalFile {
  const { clock, onEvent, onLost, append = appendFileSync } = ports;
  const events: JournalEvent[] = [];
  const secrets: string[] = [];
  let previous = '';
  let lost: Error | undefined;
  const keep = (event: JournalEvent): void => {
    if (lost !== undefined) return;
    const line = chainedLine(event, previous);
    try {
      if (previous === '') mkdirSync(dirname(path), { recursive: true });
      append(path, `${line}\n`);
      previous = line;
    } catch (error) {
      lost = error instanceof Error ? error : new TypeError(String(error));
      onLost?.(lost);
    }
  };
  return {
    events,
    secrets,
    write(entry: JournalEntry) {
      const event: JournalEvent = redactTexts({ at: clock.now(), ...entry }, secrets);
      keep(event);
      events.push(event);
      onEvent(event);
      if (lost !== undefined && entry.type === 'write') throw new JournalLost(lost);
    },
  };
}

/** The events of a journal; lines that were cut off are left out. */
export function readJournal(path: string): JournalEvent[] {
  return eventsIn(readFileSync(path, 'utf8'));
}

/** The same from a journal's text. */
export function eventsIn(journal: string): JournalEvent[] {
  return journal.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [eventOf(line)];
    } catch {
      return [];
    }
  });
}

/** True for the journal of a run that changed stacks; a sweep changes none. */
export function hasWrites(journal: string): boolean {
  return journal.includes('"type":"write"') && journal.includes('"type":"step-planned"');
}

/** Paths of the latest journals of an environment, the oldest first. */
export function latestJournals(root: string, environment: string, count: number): string[] {
  const folder = join(root, '.roundtrip/runs', environment);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names
    .sort()
    .slice(-count)
    .map((name) => join(folder, name));
}
