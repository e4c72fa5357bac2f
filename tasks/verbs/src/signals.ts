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

/**
 * The run owns signals. The first one: nothing new is started, waits end, the journal is written. The second one
 * leaves at once; what AWS has accepted goes on there, and the same command picks it up.
 */
export function takeSignals(journal: Journal, make: string, leave: (code: number) => never): Signals {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const handle = (name: Signal): void => {
    if (exitCode !== undefined) {
      process.stderr.write(
        `\nInterrupted again: left at once. What AWS has accepted goes on there.\n  next: type: ${make}\n`,
      );
      leave(exitCode);
    }
    exitCode = 128 + NUMBER[name];
    journal.write({ type: 'interrupted', signal: name });
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
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}
