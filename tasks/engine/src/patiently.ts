import { CALL_PATIENCE, classOfError, isPassing, pauseMs } from './failure-class.ts';
import { CloudError, type Clock } from './ports.ts';

/**
 * Makes a call that may be made twice (a read, or a write on condition) until it is answered.
 * @throws the last error, where it is of a kind that does not pass or the patience with it is at its end.
 */
export async function patiently<T>(
  clock: Pick<Clock, 'sleep'>,
  call: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let retry = 1; ; retry += 1) {
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof CloudError)) throw error;
      const kind = classOfError(error);
      const waitMs = isPassing(kind) || kind === 'credentials' ? pauseMs(CALL_PATIENCE[kind], retry) : undefined;
      if (waitMs === undefined) throw error;
      await clock.sleep(waitMs, signal);
    }
  }
}
