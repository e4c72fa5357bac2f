import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Appends to the run's file; each entry is on disk, without secrets, before `write` returns. */
export function openJournal(path: string, clock: Clock, onEvent: (event: JournalEvent) => void): JournalFile {
  mkdirSync(dirname(path), { recursive: true });
  const events: JournalEvent[] = [];
  const secrets: string[] = [];
  return {
    events,
    secrets,
    write(entry: JournalEntry) {
      const event: JournalEvent = redactTexts({ at: clock.now(), ...entry }, secrets);
      appendFileSync(path, `${JSON.stringify(event)}\n`);
      events.push(event);
      onEvent(event);
    },
  };
}

/** The events of a journal; a last line that was cut off is left out. */
export function readJournal(path: string): JournalEvent[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JournalEvent];
      } catch {
        return [];
      }
    });
}

/** True for the journal of a run that changed something. */
export function hasWrites(path: string): boolean {
  return readFileSync(path, 'utf8').includes('"type":"write"');
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
