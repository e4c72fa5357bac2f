import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@roundtrip/engine';

/** The clock on the wall. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  },
};
