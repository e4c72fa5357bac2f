import type { Problem } from '@roundtrip/problem';
import type { Schedule } from './environment.ts';
import { nearest } from './nearest.ts';
import { echo } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

/** Rules for a schedule whose shape is right already: a timezone that exists, and nothing destroyed that must stay. */
export function checkSchedule(source: YamlSource, schedule: Schedule, protect: unknown): Problem[] {
  const problems = checkTimezone(source, schedule.timezone);
  if (protect === true) {
    problems.push({
      code: 'schedule-on-protected',
      place: source.placeOfKey(['schedule']),
      what: 'schedule destroys this environment every week, but protect is true',
      why: 'destroying a protected environment is refused, so the schedule could never do its work',
      next: 'take the schedule out, or write "protect: false"',
    });
  }
  const { destroy, rebuild } = schedule;
  if (destroy.day === rebuild.day && destroy.time === rebuild.time) {
    problems.push({
      code: 'schedule-at-once',
      place: source.placeOf(['schedule', 'rebuild']),
      what: `schedule.rebuild is ${rebuild.day} ${rebuild.time}, the same moment as schedule.destroy`,
      next: 'choose a later moment for one of them',
    });
  }
  return problems;
}

function checkTimezone(source: YamlSource, timezone: string): Problem[] {
  if (isTimezone(timezone)) return [];
  const near = nearest(timezone, Intl.supportedValuesOf('timeZone'));
  return [
    {
      code: 'unknown-timezone',
      place: source.placeOf(['schedule', 'timezone']),
      what: `schedule.timezone is ${echo(timezone)}, not an IANA timezone`,
      next: near ? `did you mean ${near}?` : 'write it as Europe/Berlin, or UTC',
    },
  ];
}

/** `Intl` takes offsets such as `+02:00` as well, which know no daylight saving and which cron's `TZ=` does not take. */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
