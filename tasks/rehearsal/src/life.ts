import { setMaxListeners } from 'node:events';

/** A process that can be killed at any of its calls. */
export interface Life {
  readonly isDead: boolean;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  /** Aborted when it dies. */
  readonly signal: AbortSignal;
  /**
   * Makes one call. A process that is killed before it never makes it; one that is killed after it never hears of the
   * answer. Either way nothing of it runs any more.
   */
  call<T>(make: () => Promise<T>): Promise<T>;
  kill(): void;
}

export interface LifeOptions {
  /** Counted from 1; even ones die before the call, odd ones after it. */
  readonly diesAtCall?: number | undefined;
  /** Before that call it stands still until `over` resolves, and so does every call that it makes meanwhile. */
  readonly stall?: { readonly atCall: number; readonly over: () => Promise<void> } | undefined;
}

const DEAD = 'dead';

export function createLife({ diesAtCall, stall }: LifeOptions = {}): Life {
  const ended = new AbortController();
  // Each of its waits listens to it.
  setMaxListeners(0, ended.signal);
  let calls = 0;
  let standing: Promise<void> | undefined;
  let dead = (): void => undefined;
  const death = new Promise<void>((resolve) => (dead = resolve));
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
  const kill = (): void => {
    ended.abort(DEAD);
    dead();
  };
  return {
    get isDead() {
      return ended.signal.aborted;
    },
    death,
    signal: ended.signal,
    kill,
    async call(make) {
      if (ended.signal.aborted) return await never();
      calls += 1;
      if (calls === stall?.atCall) standing = stall.over();
      await standing;
      if (ended.signal.aborted) return await never();
      const isLast = calls === diesAtCall;
      if (isLast && calls % 2 === 0) {
        kill();
        return await never();
      }
      try {
        const answer = await make();
        if (isLast) kill();
        return ended.signal.aborted ? await never() : answer;
      } catch (error) {
        if (isLast) kill();
        if (ended.signal.aborted) return await never();
        throw error;
      }
    },
  };
}
