export interface InProcessOptions {
  /**
   * How a slow answer waits, in milliseconds of the cloud's clock: the `sleep` of a clock that jumps, or of one that does
   * not. Without it nothing waits.
   */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** A connection that was lost, as Node.js reports it and as the SDK's retries know it. */
class ConnectionReset extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('read ECONNRESET');
  }
}

/**
 * Lets an answer arrive as it would through a socket.
 *
 * @throws ConnectionReset where it does not
 */
export async function arrival(answer: object, { sleep }: InProcessOptions): Promise<void> {
  const { delayMs, isReset } = answer as { readonly delayMs?: number; readonly isReset?: true };
  if (delayMs !== undefined) await sleep?.(delayMs);
  if (isReset) throw new ConnectionReset();
}
