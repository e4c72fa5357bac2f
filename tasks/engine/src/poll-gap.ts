/** Bounds of the time between two sweeps, in milliseconds. */
export interface PollBounds {
  readonly pollMsMin: number;
  readonly pollMsMax: number;
}

export interface Waiting {
  readonly startedAt: number;
  /** How long this is expected to take in all, where an earlier journal or a sibling stack says so. */
  readonly expectedMs?: number | undefined;
}

/** A stack that has been in flight for a minute is looked at every 3 s: the wait after its end costs 2.5 % on average. */
const SHARE_OF_ELAPSED = 0.05;
/** Near its expected end a stack is looked at more often, in steps of this share of what is left. */
const SHARE_OF_REMAINING = 0.6;
/** Past its expected end the gap grows with the delay. */
const SHARE_OF_OVERDUE = 0.25;

/**
 * How long to wait before the next sweep: the shortest gap that any stack in flight asks for. Polling by the age of
 * the wait, not by a fixed interval, keeps both the delay and the number of calls in proportion to the work.
 * @returns milliseconds, between the bounds.
 */
export function pollGapMs(waiting: readonly Waiting[], now: number, bounds: PollBounds): number {
  const gaps = waiting.map((one) => gapOf(one, now));
  return Math.min(bounds.pollMsMax, Math.max(bounds.pollMsMin, Math.min(bounds.pollMsMax, ...gaps)));
}

function gapOf(one: Waiting, now: number): number {
  const elapsedMs = now - one.startedAt;
  if (one.expectedMs === undefined) return elapsedMs * SHARE_OF_ELAPSED;
  const remainingMs = one.expectedMs - elapsedMs;
  return remainingMs > 0 ? remainingMs * SHARE_OF_REMAINING : -remainingMs * SHARE_OF_OVERDUE;
}
