import { renewCredentials, type Renewable } from './renew-credentials.ts';
import { sendFresh } from './send-fresh.ts';

/** Every request that went out, retries included, by operation; and how many were answered with a throttle. */
export interface CallCounter {
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
  /** Counts the requests of an SDK client from now on; and lets it ask for credentials anew when they have expired. */
  watch<T extends Renewable>(client: T): T;
  /** Counts one call that goes through no client. */
  count<T>(operation: string, call: () => Promise<T>): Promise<T>;
}

type Handler = (args: unknown) => Promise<unknown>;

const THROTTLES = ['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded', 'SlowDown'];

/** After the retry middleware, so that each attempt counts. */
const PLACE = { step: 'finalizeRequest', priority: 'low', name: 'countCalls' };

export function createCallCounter(): CallCounter {
  const calls: Record<string, number> = {};
  let throttled = 0;
  const count = async <T>(operation: string, call: () => Promise<T>): Promise<T> => {
    calls[operation] = (calls[operation] ?? 0) + 1;
    try {
      return await call();
    } catch (error) {
      if (isThrottle(error)) throttled += 1;
      throw error;
    }
  };
  const counted = (next: Handler, context: { commandName?: string }): Handler => {
    const operation = (context.commandName ?? 'Unknown').replace(/Command$/, '');
    return async (args) => await count(operation, () => next(args));
  };
  return {
    calls,
    get throttled() {
      return throttled;
    },
    count,
    watch(client) {
      client.middlewareStack.add(counted as never, PLACE as never);
      return renewCredentials(sendFresh(client));
    },
  };
}

export function isThrottle(error: unknown): boolean {
  return error instanceof Error && THROTTLES.includes(error.name);
}
