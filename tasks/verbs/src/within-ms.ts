import { realClock } from './real-clock.ts';

/** What work gives; undefined where it takes longer than so many milliseconds. */
export async function withinMs<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const stop = new AbortController();
  const late = realClock.sleep(ms, stop.signal).catch(() => undefined);
  try {
    return (await Promise.race([work, late])) ?? undefined;
  } finally {
    stop.abort();
  }
}
