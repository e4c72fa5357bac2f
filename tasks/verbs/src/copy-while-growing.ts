export interface GrowingOrder {
  /** Does something later, unless what it gives is called first; keeps no process alive. */
  readonly later: (ms: number, action: () => void) => () => void;
  readonly everyMs: number;
  /** The text as it stands; it only grows. */
  readonly read: () => string;
  readonly put: (text: string) => Promise<void>;
}

export interface Growing {
  /** Starts no further copy, and resolves when none is on its way. */
  end(): Promise<void>;
}

/**
 * Copies a text that grows, so often, where it has grown since. A copy that fails is passed over: the next one is of the
 * whole text too.
 */
export function copyWhileGrowing({ later, everyMs, read, put }: GrowingOrder): Growing {
  let copied = 0;
  let copying: Promise<void> = Promise.resolve();
  let hasEnded = false;
  const copy = async (): Promise<void> => {
    const text = read();
    if (text.length === copied) return;
    await put(text);
    copied = text.length;
  };
  const once = async (): Promise<void> => {
    try {
      await copy();
    } catch {
      // The copy at the run's end says what is wrong.
    }
    if (!hasEnded) cancel = next();
  };
  const next = (): (() => void) => later(everyMs, () => void (copying = once()));
  let cancel = next();
  return {
    async end() {
      hasEnded = true;
      cancel();
      await copying;
    },
  };
}
