import { checkChain, type JournalEvent } from '@roundtrip/engine';
import type { Problem } from '@roundtrip/problem';
import type { AuditRunView } from '@roundtrip/view';
import { eventsIn } from './journal-file.ts';
import { resultOf } from './read-status.ts';

export interface AuditInput {
  readonly run: string;
  /** The journal's path, relative to the project's root, and its text where it is here. */
  readonly file: string;
  readonly journal: string | undefined;
  /** `s3://…`, and the copy's text where there is one. */
  readonly place: string;
  readonly copy: string | undefined;
}

export interface AuditedRun {
  readonly view: AuditRunView;
  readonly problems: readonly Problem[];
}

/** What a run's journal tells, and whether it still is what was written. */
export function auditRun(input: AuditInput): AuditedRun {
  const { run, journal, copy } = input;
  const text = journal ?? copy ?? '';
  const events = eventsIn(text);
  const problems = problemsOf(input, events);
  return {
    view: { run, ...told(events), record: recordOf(input, events, problems), isSound: problems.length === 0 },
    problems,
  };
}

function told(events: readonly JournalEvent[]): Omit<AuditRunView, 'run' | 'record' | 'isSound'> {
  const started = events.find((event) => event.type === 'run-started');
  const finished = events.find((event) => event.type === 'run-finished');
  const count = (isOne: (event: JournalEvent) => boolean): number => events.filter(isOne).length;
  const host = started?.host === undefined ? '' : ` on ${started.host}`;
  return {
    ...(started === undefined ? {} : { startedAt: started.at }),
    verb: started?.verb ?? '-',
    result: resultOf(events, finished),
    writes: count((event) => event.type === 'write'),
    deleted: count((event) => event.type === 'step-finished' && event.outcome === 'deleted'),
    left: count((event) => event.type === 'orphaned'),
    who: `${started?.who ?? '-'}${host}`,
  };
}

function recordOf(
  { journal, copy }: AuditInput,
  events: readonly JournalEvent[],
  problems: readonly Problem[],
): string {
  if (problems.length > 0) return 'CHANGED';
  const { chain, isCut } = checkChain(journal ?? copy ?? '');
  const state = chain === 'none' ? 'no chain' : isCut ? 'cut off' : 'whole';
  const hadLease = events.some((event) => event.type === 'lease' && event.what.startsWith('taken'));
  if (copy === undefined) return `${state}, ${hadLease ? 'not copied yet' : 'changed nothing'}`;
  if (journal === undefined) return `${state}, the copy alone`;
  return `${state}, ${copy.length < journal.length ? 'copied in part' : 'copied'}`;
}

function problemsOf({ file, journal, place, copy }: AuditInput, events: readonly JournalEvent[]): readonly Problem[] {
  const started = events.find((event) => event.type === 'run-started');
  const look = `compare it with its copy: aws s3 cp ${place} -`;
  const there = started?.host === undefined ? 'on the machine of that run' : `on ${started.host}`;
  const inJournal =
    journal === undefined ? [] : chainProblem(file, journal, copy === undefined ? withoutCopy(started) : look);
  const inCopy =
    copy === undefined
      ? []
      : chainProblem(place, copy, `compare it with ${journal === undefined ? `the journal ${there}, ` : ''}${file}`);
  const broken = [...inJournal, ...inCopy];
  if (broken.length > 0 || journal === undefined || copy === undefined) return broken;
  const line = firstDifference(journal, copy);
  if (line === undefined) return [];
  return [
    {
      code: 'journal-differs',
      place: { file, line },
      what: 'from this line on the journal and its copy differ',
      why: 'each of them by itself is whole: lines were cut off the end of one, or it was written anew',
      next: look,
    },
  ];
}

/** A run without the lease has changed nothing and has no copy; the journal of one that had it may not be copied yet. */
function withoutCopy(started: JournalEvent | undefined): string {
  const since = started === undefined ? '' : ` --start-time ${new Date(started.at).toISOString()}`;
  return `it has no copy, so believe only the lines before; AWS's own record says what was done: aws cloudtrail lookup-events${since}`;
}

function chainProblem(file: string, text: string, next: string): readonly Problem[] {
  const { brokenLine } = checkChain(text);
  if (brokenLine === undefined) return [];
  return [
    {
      code: 'journal-changed',
      place: { file, line: brokenLine },
      what: 'this line does not follow from the one before it',
      why: 'a line was changed, taken out or put in after it was written',
      next,
    },
  ];
}

/** A copy that was made before a killed run was known to have ended may lack lines; a journal never lacks what its copy has. */
function firstDifference(journal: string, copy: string): number | undefined {
  if (journal.startsWith(copy) && !eventsIn(copy).some((event) => event.type === 'run-finished')) return undefined;
  if (journal === copy) return undefined;
  const [ours, theirs] = [journal.split('\n'), copy.split('\n')];
  return ours.findIndex((line, index) => line !== theirs[index]) + 1 || ours.length + 1;
}
