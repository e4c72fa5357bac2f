import { CALL_PATIENCE, classOfError, pauseMs } from './failure-class.ts';
import type { FailureClass } from './failure-class.ts';
import { CloudError, type Clock } from './ports.ts';

/** What a single call is tried again for. */
const PASSING: ReadonlySet<FailureClass> = new Set<FailureClass>(['throttle', 'network', 'server', 'credentials']);

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
      const waitMs = PASSING.has(kind) ? pauseMs(CALL_PATIENCE[kind], retry) : undefined;
      if (waitMs === undefined) throw error;
      await clock.sleep(waitMs, signal);
    }
  }
}
