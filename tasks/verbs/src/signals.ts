import type { Journal } from '@roundtrip/engine';

const NUMBER = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
type Signal = keyof typeof NUMBER;

export interface Signals {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** 128 + the first signal's number; undefined while none came. */
  readonly exitCode: number | undefined;
  stop(): void;
}

export interface SignalPorts {
  readonly journal: Journal;
  /** What to type to go on: `make stage`. */
  readonly make: string;
  /** Ends the process. */
  readonly leave: (code: number) => void;
  /** Calls the action after so many milliseconds, unless the function that it gives is called before. */
  readonly later: (ms: number, action: () => void) => () => void;
  readonly stderr: Pick<NodeJS.WritableStream, 'write'>;
}

/** An interrupted run leaves within five seconds, whatever still hangs; this leaves half of one for leaving. */
const LEAVE_MS = 4_500;

/**
 * The run owns signals. The first one: nothing new is started, waits end, the journal is written; what has not ended
 * in good order after four and a half seconds is left. The second one leaves at once. What AWS has accepted goes on
 * there, and the same command picks it up.
 */
export function takeSignals({ journal, make, leave, later, stderr }: SignalPorts): Signals {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let forget = (): void => undefined;
  const leaveNow = (code: number, how: string): void => {
    stderr.write(`\n${how}. What AWS has accepted goes on there.\n  next: type: ${make}\n`);
    leave(code);
  };
  const handle = (name: Signal): void => {
    if (exitCode !== undefined) return leaveNow(exitCode, 'Interrupted again: left at once');
    const code = 128 + NUMBER[name];
    exitCode = code;
    forget = later(LEAVE_MS, () =>
      leaveNow(code, `Left ${LEAVE_MS / 1_000} s after ${name}, although not all has ended`),
    );
    journal.write({ type: 'interrupted', signal: name, next: `type: ${make}` });
    controller.abort(new Error(`interrupted by ${name}`));
  };
  const handlers = (Object.keys(NUMBER) as Signal[]).map((name) => [name, () => handle(name)] as const);
  for (const [name, handler] of handlers) process.on(name, handler);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop() {
      forget();
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}
