import type { CallKind } from '@roundtrip/engine';
import { isThrottle } from './call-counter.ts';

/** Whoever says when a call may go, and hears of those that were throttled. */
export interface Pace {
  take(kind: CallKind): Promise<void>;
  throttled(kind: CallKind): void;
}

interface Client {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

type Handler = (args: unknown) => Promise<unknown>;

/** After the retry middleware, so that each attempt waits for its turn, and before whoever counts. */
const PLACE = { step: 'finalizeRequest', priority: 'normal', name: 'keepPace' };

/** Lets each request of a client wait until it may go. */
export function keepPace(client: Client, pace: Pace): void {
  const paced =
    (next: Handler, { commandName = '' }: { commandName?: string }): Handler =>
    async (args) =>
      await atPace(pace, commandName, () => next(args));
  client.middlewareStack.add(paced as never, PLACE as never);
}

/** Lets one call wait until it may go. */
export async function atPace<T>(pace: Pace, operation: string, call: () => Promise<T>): Promise<T> {
  const kind: CallKind = /^(?:Describe|Get|List|Validate|Head)/.test(operation) ? 'read' : 'write';
  await pace.take(kind);
  try {
    return await call();
  } catch (error) {
    if (isThrottle(error)) pace.throttled(kind);
    throw error;
  }
}
