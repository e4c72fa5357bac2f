import type { Environment, WeeklyTime } from '@roundtrip/environment';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** When the environment goes and comes back. */
export interface Weekend {
  readonly destroy: WeeklyTime;
  readonly rebuild: WeeklyTime;
  /** From the rebuild to the teardown, and from that to the next rebuild. */
  readonly standsMs: number;
  readonly awayMs: number;
}

/** As the env file's schedule says; without one, the weekend. */
export function weekendOf({ schedule }: Environment): Weekend {
  const destroy: WeeklyTime = schedule?.destroy ?? { day: 'friday', time: '19:00' };
  const rebuild: WeeklyTime = schedule?.rebuild ?? { day: 'monday', time: '06:00' };
  const awayMs = (msOfWeek(rebuild) - msOfWeek(destroy) + WEEK_MS) % WEEK_MS;
  return { destroy, rebuild, awayMs, standsMs: WEEK_MS - awayMs };
}

function msOfWeek({ day, time }: WeeklyTime): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return ((DAYS.indexOf(day) * 24 + hours) * 60 + minutes) * MINUTE_MS;
}

/** The minute in which something that takes so long has ended. */
export function later(moment: WeeklyTime, ms: number): WeeklyTime {
  const end = (msOfWeek(moment) + Math.ceil(ms / MINUTE_MS) * MINUTE_MS) % WEEK_MS;
  const minutes = end / MINUTE_MS;
  const pair = (value: number): string => String(value).padStart(2, '0');
  const time = `${pair(Math.floor(minutes / 60) % 24)}:${pair(minutes % 60)}`;
  return { day: DAYS[Math.floor(minutes / (24 * 60))] ?? 'monday', time };
}

/** `Friday at 19:00`. */
export function formatMoment({ day, time }: WeeklyTime): string {
  return `${day.charAt(0).toUpperCase()}${day.slice(1)} at ${time}`;
}
