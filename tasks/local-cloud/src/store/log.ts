import type { RandomState } from './random.ts';

/** One record's last state: table, account, region, id, and the record or null where it was deleted. */
export type Change = readonly [table: string, account: string, region: string, id: string, record: unknown];

/** All transactions since the last line. Keys are short because this is most of what is written to disk. */
export interface LogEntry {
  /** Number of the line, counted from 1. */
  readonly n: number;
  /** The cloud's time, milliseconds since the epoch. */
  readonly t: number;
  /** The generator that services draw from. */
  readonly r: RandomState;
  /** The generator of request ids: its own, so that reads do not change what writes draw. */
  readonly q: RandomState;
  /** The last sequence number given to a due thing. */
  readonly s: number;
  readonly c: readonly Change[];
}

/** Where transactions go before they are acknowledged. */
export interface Log {
  /** What was written before, oldest first. */
  read(): Iterable<LogEntry>;
  /** Keeps the entry until `flush`. */
  append(entry: LogEntry): void;
  /** Everything appended is on disk when it returns. */
  flush(): void;
  /** True when replaying would take longer than starting from a snapshot. */
  readonly isLarge: boolean;
  /** Replaces everything by the given entries. */
  compact(entries: Iterable<LogEntry>): void;
  close(): void;
}

/** Forgets everything: for a cloud that lives only as long as its process. */
export const noLog: Log = {
  read: () => [],
  append: () => undefined,
  flush: () => undefined,
  isLarge: false,
  compact: () => undefined,
  close: () => undefined,
};
