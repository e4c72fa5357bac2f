import type { Schedule, Weekday } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import * as v from 'valibot';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { ScheduledEnvironment } from './jobs.ts';

const DAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies Weekday[];
const weeklyTime = v.strictObject({
  day: v.picklist(DAYS),
  time: v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
});
const scheduleSchema = v.strictObject({
  timezone: v.pipe(v.string(), v.check(isTimezone)),
  destroy: weeklyTime,
  rebuild: weeklyTime,
});

/** An env file's name and text. */
export interface EnvironmentText {
  /** Without `.yaml`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The environments that have a schedule. It reads nothing else of the env files: whoever runs a verb has them checked
 * as a whole. A schedule that cannot be used is a problem with its place.
 */
export function scheduledEnvironments(files: readonly EnvironmentText[]): {
  environments: ScheduledEnvironment[];
  problems: Problem[];
} {
  const environments: ScheduledEnvironment[] = [];
  const problems: Problem[] = [];
  for (const { name, text } of files) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const schedule = document.errors.length > 0 ? undefined : scheduleOf(document);
    if (schedule === undefined) continue;
    const result = v.safeParse(scheduleSchema, schedule);
    const refusal = refusalOf(document, result.success ? undefined : result.issues[0]);
    if (refusal) problems.push(problemAt(document, lines, name, refusal));
    else if (result.success) environments.push({ name, schedule: result.output satisfies Schedule });
  }
  return { environments, problems };
}

const scheduleOf = (document: Document.Parsed): unknown => (document.toJS() as { schedule?: unknown } | null)?.schedule;

interface Refusal {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly next: string;
}

function refusalOf(document: Document.Parsed, issue: v.BaseIssue<unknown> | undefined): Refusal | undefined {
  if ((document.toJS() as { protect?: unknown }).protect === true) {
    return {
      path: ['schedule'],
      what: 'schedule destroys this environment every week, but protect is true',
      next: 'take the schedule out, or write "protect: false"',
    };
  }
  if (!issue) return undefined;
  const path = ['schedule', ...(issue.path ?? []).map((item) => item.key as string)];
  return {
    path,
    what: `${path.join('.')} is ${issue.input === undefined ? 'missing' : JSON.stringify(issue.input)}`,
    next: `write { timezone: Europe/Berlin, destroy: { day: friday, time: '19:00' }, rebuild: { day: monday, time: '06:00' } }`,
  };
}

function problemAt(document: Document.Parsed, lines: LineCounter, name: string, refusal: Refusal): Problem {
  const { path, what, next } = refusal;
  const node = path.map((_, index) => document.getIn(path.slice(0, path.length - index), true)).find(Boolean);
  const { line, col } = lines.linePos((node as { range?: number[] } | undefined)?.range?.[0] ?? 0);
  return { code: 'bad-schedule', place: { file: `envs/${name}.yaml`, line, column: col }, what, next };
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
