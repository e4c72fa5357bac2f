import { mayWrite } from '@roundtrip/engine';
import type { HookContext } from '@roundtrip/environment';
import type { ConductorMessage, LayerMessage } from './conductor-message.ts';
import type { RunState } from './run-state.ts';

/** What a hook asks the run before it changes something, as a layer's process has it. */
export interface RemoteWrites {
  readonly before: HookContext['beforeWrite'];
  /** The run has answered. @param refusal why it may not */
  answer(number: number, refusal?: string): void;
}

export function createHookWrites(send: (message: LayerMessage) => void): RemoteWrites {
  const waiting = new Map<number, (refusal: string | undefined) => void>();
  let last = 0;
  return {
    async before(resource, operation) {
      last += 1;
      const number = last;
      const refusal = await new Promise<string | undefined>((resolve) => {
        waiting.set(number, resolve);
        send({ type: 'write-waits', number, resource, operation });
      });
      if (refusal !== undefined) throw new Error(`${operation} of ${resource} was not sent: ${refusal}`);
    },
    answer(number, refusal) {
      waiting.get(number)?.(refusal);
      waiting.delete(number);
    },
  };
}

/** The run's answer: a hook's write stands in the journal before it is sent, and needs the lease, like the run's own. */
export async function answerWrite(
  {
    context,
    journal,
  }: { context: Pick<RunState['context'], 'signal' | 'lease' | 'run'>; journal: Pick<RunState['journal'], 'write'> },
  { number, resource, operation }: Extract<LayerMessage, { type: 'write-waits' }>,
  gone: AbortSignal,
  send: (message: ConductorMessage) => void,
): Promise<void> {
  try {
    await mayWrite(context);
    if (gone.aborted) return;
    journal.write({ type: 'write', stack: resource, operation, token: context.run });
    send({ type: 'write-may-go', number });
  } catch (error) {
    send({ type: 'write-may-go', number, refusal: error instanceof Error ? error.message : String(error) });
  }
}
