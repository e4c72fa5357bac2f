import type { Clock } from './ports.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

export interface VirtualClock extends Clock {
  /** Lets time pass until `work` is settled: each time nothing else can run, the next sleeper is woken. */
  drive<T>(work: Promise<T>): Promise<T>;
}

/** So many turns of the event loop does an answer that crosses no socket need at most to get to whoever asked. */
const QUIET_TURNS = 2;

/**
 * A clock whose time moves when nothing else does: for tests, and for runs against the local cloud in process.
 * @param startAt milliseconds since the epoch
 * @param isBusy says that something is on its way that takes real time, such as a file that is read: time stands still
 */
export function createVirtualClock(startAt = 0, isBusy: () => boolean = () => false): VirtualClock {
  let now = startAt;
  const sleepers = new Set<Sleeper>();
  const wakeNext = (): void => {
    let next: Sleeper | undefined;
    for (const sleeper of sleepers) if (next === undefined || sleeper.at < next.at) next = sleeper;
    if (next === undefined) return;
    sleepers.delete(next);
    now = Math.max(now, next.at);
    next.wake();
  };
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort);
      });
    },
    async drive(work) {
      let settled = false;
      const done = work.finally(() => (settled = true));
      done.catch(() => undefined);
      // Bounded, so that work which waits for nothing that comes fails instead of hanging.
      for (let turn = 0; turn < 100_000 && !settled; turn += 1) {
        for (let quiet = 0; quiet < QUIET_TURNS && !settled; quiet += 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (!settled && !isBusy()) wakeNext();
      }
      if (!settled) throw new RangeError('the work waits for something that never comes');
      return await done;
    },
  };
}
