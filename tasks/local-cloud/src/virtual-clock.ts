import { strict as assert } from 'node:assert';
import type { Clock, Cloud } from './cloud.ts';

export interface VirtualClock extends Clock {
  /** Lets that much time pass; what is due meanwhile happens with the next request, each thing at its own time. */
  advance(ms: number): void;
  /** Time jumps instead: for `requestHandler(cloud, clock)`, so that slow answers take their time and nobody waits. */
  sleep(ms: number): Promise<void>;
  /**
   * Jumps from one thing that is due to the next until there is none within `withinMs` of now: a day unless said, because
   * CloudFormation forgets a deleted stack after 90 and a schedule never ends. Time then stands where the last thing was.
   */
  runUntilIdle(cloud: Pick<Cloud, 'nextDueAt' | 'settle'>, withinMs?: number): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * A clock for a cloud in process, whose time moves when somebody moves it.
 *
 * @param startAt milliseconds since the epoch
 */
export function virtualClock(startAt: number): VirtualClock {
  let now = startAt;
  const advance = (ms: number): void => {
    assert(Number.isFinite(ms) && ms >= 0, `time that passes by ${ms} ms`);
    now += ms;
  };
  return {
    now: () => now,
    advance,
    sleep: async (ms) => advance(ms),
    async runUntilIdle(cloud, withinMs = DAY_MS) {
      const endAt = now + withinMs;
      await cloud.settle();
      for (let at = cloud.nextDueAt(); at !== undefined && at <= endAt; at = cloud.nextDueAt()) {
        now = Math.max(now, at);
        await cloud.settle();
      }
    },
  };
}
