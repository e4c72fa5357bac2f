import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeaseHolder } from '@roundtrip/engine';
import { runFiles } from './journal-file.ts';
import { seemsEnded } from './lease-holder.ts';

/** A run of which nobody knows whether it has ended writes nothing for so long only when it has. */
const SILENT_MS = 24 * 3_600_000;

/**
 * The runs of an environment whose journals still have to be copied to the bucket: one file each, made before a run
 * changes anything and removed when its journal has been copied, so that a run that is killed leaves its own behind.
 */
export interface OwedJournals {
  /** A run that is about to change something. A disk that takes no file stops a run by its journal, not by this. */
  add(holder: LeaseHolder): void;
  settle(run: string): void;
  /** Those that have ended, the oldest first. */
  ended(nowMs: number): readonly string[];
}

export function openOwedJournals(root: string, environment: string): OwedJournals {
  const folder = join(root, '.roundtrip/owed', environment);
  const fileOf = (run: string): string => join(folder, `${run}.json`);
  const names = (): readonly string[] => {
    try {
      return readdirSync(folder).sort();
    } catch {
      return [];
    }
  };
  const hasStopped = (run: string, nowMs: number): boolean => {
    const writtenAt = statSync(join(root, runFiles(environment, run).journal)).mtimeMs;
    if (nowMs - writtenAt > SILENT_MS) return true;
    // A copy that is made too early does no harm.
    return seemsEnded(JSON.parse(readFileSync(fileOf(run), 'utf8')) as LeaseHolder);
  };
  return {
    add(holder) {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(fileOf(holder.run), `${JSON.stringify(holder)}\n`);
      } catch {
        // The run copies its journal at its end all the same.
      }
    },
    settle: (run) => rmSync(fileOf(run), { force: true }),
    ended: (nowMs) =>
      names().flatMap((name) => {
        const run = name.replace(/\.json$/, '');
        try {
          return hasStopped(run, nowMs) ? [run] : [];
        } catch {
          // No journal, or a file of nobody's: there is nothing to copy.
          rmSync(join(folder, name), { force: true });
          return [];
        }
      }),
  };
}
