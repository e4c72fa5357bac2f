const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A duration or an age for people: `0.4 s`, `12 s`, `1:05 min`, `1:02:03 h`, `3 d 4 h`. Rounded to the unit shown;
 * a negative duration (two clocks that disagree) reads as `0.0 s`.
 */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  const tenths = Math.round(ms / 100);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND_MS);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${formatClock(seconds * SECOND_MS)} min`;
  if (ms < DAY_MS - SECOND_MS / 2) return `${formatClock(seconds * SECOND_MS)} h`;
  const hours = Math.round(ms / HOUR_MS);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A running clock: `0:07`, `1:20`, `1:02:03`; whole seconds, cut off and not rounded, as a stopwatch does. */
export function formatClock(durationMs: number): string {
  const seconds = Math.floor(Math.max(0, durationMs) / SECOND_MS);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const pair = (value: number) => String(value).padStart(2, '0');
  return hours === 0 ? `${minutes}:${pair(seconds % 60)}` : `${hours}:${pair(minutes % 60)}:${pair(seconds % 60)}`;
}

/** A moment relative to the start of the run, of even width for an hour: `+01:23`, `+1:02:03`. */
export function formatOffset(durationMs: number): string {
  const clock = formatClock(durationMs);
  return `+${clock.length === 4 ? '0' : ''}${clock}`;
}

/** A whole number with thousands separators, the same in every locale: `12,345`. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 stack`, `204 stacks`, `2 replies`: pass the plural where an s is not enough. */
export function formatCount(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(value)} ${value === 1 ? noun : plural}`;
}
