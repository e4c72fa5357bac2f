import type { StepKind } from './journal-event.ts';

/** Bounds of the time between two sweeps, in milliseconds. */
export interface PollBounds {
  /** The shortest gap, kept for stacks that are about to end by what earlier runs took. */
  readonly pollMsMin: number;
  /** The shortest gap for a stack of which nothing is known; a delete takes less time, and is looked at sooner. */
  readonly pollMsUnknown: number;
  readonly pollMsMax: number;
  /** No create of which nothing is known ends before this age, and no delete before half of it: CloudFormation's own time. */
  readonly quietMs: number;
}

export interface Waiting {
  readonly kind: StepKind;
  readonly startedAt: number;
  /** How long this very operation took in earlier runs. */
  readonly expectedMs?: number | undefined;
}

/** A stack that has been in flight for a minute is looked at every 4 s: the wait after its end costs 3 % on average. */
const SHARE_OF_ELAPSED = 0.06;
/** What a delete takes of the time of a create, by the recordings: of the gap too, or its end would be seen too late. */
const DELETE_SHARE = 0.65;
/** On the way to its expected end a stack is looked at after this share of what is left; it may be early. */
const SHARE_OF_REMAINING = 0.6;
/** Past its expected end the gap grows with the delay. */
const SHARE_OF_OVERDUE = 0.2;
/** This close to the expected end, as a multiple of the shortest gap, the next look is at the end itself. */
const CLOSE = 8;

/**
 * How long to wait before the next sweep: the shortest gap that any stack in flight asks for. Polling by the age of
 * the wait, not by a fixed interval, keeps both the delay and the number of calls in proportion to the work.
 * @returns milliseconds, between the bounds.
 */
export function pollGapMs(waiting: readonly Waiting[], now: number, bounds: PollBounds): number {
  const gaps = waiting.map((one) => gapOf(one, now, bounds));
  return Math.max(bounds.pollMsMin, Math.min(bounds.pollMsMax, ...gaps));
}

function gapOf(one: Waiting, now: number, bounds: PollBounds): number {
  const elapsedMs = now - one.startedAt;
  if (one.expectedMs === undefined) {
    const isDelete = one.kind === 'delete';
    const quietMs = (isDelete ? bounds.quietMs / 2 : bounds.quietMs) - elapsedMs;
    const shortestMs = bounds.pollMsUnknown * (isDelete ? DELETE_SHARE : 1);
    return Math.max(quietMs, shortestMs, elapsedMs * SHARE_OF_ELAPSED);
  }
  const remainingMs = one.expectedMs - elapsedMs;
  if (remainingMs <= 0) return Math.max(bounds.pollMsMin, -remainingMs * SHARE_OF_OVERDUE);
  return remainingMs < bounds.pollMsMin * CLOSE ? remainingMs : remainingMs * SHARE_OF_REMAINING;
}
