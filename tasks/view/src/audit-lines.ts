import { alignColumns } from './columns.ts';
import { formatCount } from './format.ts';
import type { ListOptions } from './plan-lines.ts';
import { clean, line, type Span } from './text.ts';

/** One run as its journal, or the journal's copy, tells it. */
export interface AuditRunView {
  readonly run: string;
  /** Milliseconds since the epoch; absent where the journal has lost its beginning. */
  readonly startedAt?: number;
  readonly verb: string;
  /** `done`, `failed`, `interrupted`, `unfinished` */
  readonly result: string;
  /** Calls that change something, as they were sent. */
  readonly writes: number;
  readonly deleted: number;
  /** Resources that were left in the account on purpose. */
  readonly left: number;
  /** The ARN that it acted as, and the machine. */
  readonly who: string;
  /** What the record itself is worth: `whole, copied`. */
  readonly record: string;
  readonly isSound: boolean;
}

export interface AuditView {
  readonly environment: string;
  /** Where the journals are, and where their copies. */
  readonly folder: string;
  readonly place: string;
  /** The oldest first. */
  readonly runs: readonly AuditRunView[];
}

/** The latest runs of an environment: when, what, by whom, what came of it, and whether the record is what was written. */
export function auditLines({ environment, folder, place, runs }: AuditView, options: ListOptions): string[] {
  const head: Span[] = [
    [environment, 'bold'],
    `: ${runs.length === 0 ? 'no runs' : `the latest ${formatCount(runs.length, 'run')}`} in ${folder} and ${place}`,
  ];
  if (runs.length === 0) return [line(head, options)];
  const titles = ['  STARTED', 'VERB', 'RESULT', 'WRITES', 'DELETED', 'LEFT', 'RECORD', 'BY'];
  const rows = runs.map((run): Span[] => [
    `  ${run.startedAt === undefined ? run.run : stamp(run.startedAt)}`,
    clean(run.verb),
    [clean(run.result), run.result === 'done' ? 'green' : 'yellow'],
    String(run.writes),
    String(run.deleted),
    String(run.left),
    [run.record, run.isSound ? 'green' : 'red'],
    clean(run.who),
  ]);
  const table = alignColumns([titles.map((text): Span => [text, 'dim']), ...rows]);
  return [head, ...table].map((spans) => line(spans, options));
}

function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
