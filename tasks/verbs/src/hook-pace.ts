import type { HookPace } from '@roundtrip/environment';
import type { LayerMessage } from './conductor-message.ts';

/** The run's budget as a layer's process has it: each call asks the run and waits for its answer. */
export interface RemotePace extends HookPace {
  /** The run has let a call go. */
  letGo(number: number): void;
}

export function createHookPace(send: (message: LayerMessage) => void): RemotePace {
  const waiting = new Map<number, () => void>();
  let last = 0;
  return {
    take: async (kind) => {
      last += 1;
      const number = last;
      await new Promise<void>((resolve) => {
        waiting.set(number, resolve);
        send({ type: 'call-waits', number, kind });
      });
    },
    throttled: (kind) => send({ type: 'call-throttled', kind }),
    letGo(number) {
      waiting.get(number)?.();
      waiting.delete(number);
    },
  };
}
