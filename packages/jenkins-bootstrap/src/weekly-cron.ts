import type { Weekday, WeeklyTime } from '@roundtrip/environment';

const WEEKDAYS: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** Offsets are looked up in a year that is over, so that the same schedule always gives the same file. */
const OFFSET_YEAR = 2025;

/** The cron expression of a weekly time on its own clock: `0 19 * * 5`. */
export function weeklyCron(at: WeeklyTime): string {
  return cronOf(minuteOfWeek(at));
}

export interface UtcCron {
  /** In UTC. */
  readonly cron: string;
  /** The offset at which this expression means the local time: `+0200`, as `date +%z` prints it. */
  readonly offset: string;
}

/**
 * The cron expressions in UTC of a weekly local time: one for each offset that the timezone has in a year, because a
 * clock that knows UTC alone cannot follow daylight saving. Whoever runs at one of them has to look whether its offset
 * is the one of today.
 */
export function utcCrons(at: WeeklyTime, timezone: string): UtcCron[] {
  return yearsOffsets(timezone).map((minutes) => ({
    cron: cronOf((minuteOfWeek(at) - minutes + WEEK_MINUTES) % WEEK_MINUTES),
    offset: offsetText(minutes),
  }));
}

function minuteOfWeek({ day, time }: WeeklyTime): number {
  const [hours, minutes] = time.split(':').map(Number);
  return WEEKDAYS.indexOf(day) * DAY_MINUTES + (hours ?? 0) * 60 + (minutes ?? 0);
}

function cronOf(minute: number): string {
  const ofDay = minute % DAY_MINUTES;
  return `${ofDay % 60} ${Math.floor(ofDay / 60)} * * ${Math.floor(minute / DAY_MINUTES)}`;
}

/** The offsets from UTC in minutes that a timezone has in the course of a year, largest first. */
function yearsOffsets(timezone: string): number[] {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  const offsets = Array.from({ length: 12 }, (_, month) => offsetAt(format, new Date(Date.UTC(OFFSET_YEAR, month, 1))));
  return [...new Set(offsets)].sort((a, b) => b - a);
}

function offsetAt(format: Intl.DateTimeFormat, at: Date): number {
  const text = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

function offsetText(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
