import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import type { Log, LogEntry } from './log.ts';

/** The log may grow to this, or to twice the snapshot that it goes on from: writing snapshots then stays a fixed share. */
const COMPACT_BYTES = 16 * 1024 * 1024;

/**
 * A log in two files of one format, line by line: `snapshot.jsonl` holds everything up to its number,
 * `log.jsonl` what came after. Written by write(2) before the caller is answered, so that killing the process loses
 * nothing that was acknowledged; not synced to the disk, so a power cut may.
 *
 * @param directory is made where it is missing
 * @throws ProblemError where a line other than the last cannot be read
 */
export function openFileLog(directory: string): Log {
  mkdirSync(directory, { recursive: true });
  return new FileLog(directory);
}

class FileLog implements Log {
  readonly #directory: string;
  readonly #file: number;
  #pending: string[] = [];
  #bytes = 0;
  #snapshotBytes = 0;

  constructor(directory: string) {
    this.#directory = directory;
    this.#file = openSync(join(directory, 'log.jsonl'), 'a+');
  }

  get isLarge(): boolean {
    return this.#bytes > Math.max(COMPACT_BYTES, 2 * this.#snapshotBytes);
  }

  *read(): Iterable<LogEntry> {
    let last = 0;
    for (const { entry, end } of entriesOf(join(this.#directory, 'snapshot.jsonl'))) {
      last = entry.n;
      this.#snapshotBytes = end;
      yield entry;
    }
    // Killed between a snapshot and the emptying of the log, the log begins with what the snapshot has already.
    const replayAfter = last;
    for (const { entry, end } of entriesOf(join(this.#directory, 'log.jsonl'))) {
      this.#bytes = end;
      if (entry.n > replayAfter) yield entry;
    }
    // A line torn by a kill was never acknowledged; left there it would spoil the next one.
    ftruncateSync(this.#file, this.#bytes);
  }

  append(entry: LogEntry): void {
    this.#pending.push(`${JSON.stringify(entry)}\n`);
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    this.#bytes += writeAll(this.#file, this.#pending.join(''));
    this.#pending = [];
  }

  compact(entries: Iterable<LogEntry>): void {
    const path = join(this.#directory, 'snapshot.jsonl');
    const file = openSync(`${path}.new`, 'w');
    this.#snapshotBytes = 0;
    for (const entry of entries) this.#snapshotBytes += writeAll(file, `${JSON.stringify(entry)}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(`${path}.new`, path);
    ftruncateSync(this.#file, 0);
    this.#pending = [];
    this.#bytes = 0;
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

/** write(2) may take less than it is given. */
function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
  return bytes.length;
}

/** Each line with the byte at which it ends; a last line that is not whole is left out. */
function* entriesOf(path: string): Iterable<{ entry: LogEntry; end: number }> {
  const bytes = readIfThere(path);
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0) return;
    line += 1;
    yield { entry: parseEntry(bytes.toString('utf8', start, newline), path, line), end: newline + 1 };
    start = newline + 1;
  }
}

function parseEntry(text: string, path: string, line: number): LogEntry {
  try {
    return JSON.parse(text) as LogEntry;
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'cloud-log-damaged',
        place: { file: path, line },
        what: "the local cloud's log cannot be read",
        why: 'a line that is not the last is not JSON; something else has written to the file, or the disk was full',
        next: 'make cloud-reset (forgets everything the local cloud holds)',
      },
      undefined,
      { cause },
    );
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
