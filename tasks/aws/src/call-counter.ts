/** The part of an SDK client that counting needs; every client has it. */
interface Countable {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

/** Every request that went out, retries included, by operation; and how many were answered with a throttle. */
export interface CallCounter {
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
  /** Counts the requests of an SDK client from now on. */
  watch<T extends Countable>(client: T): T;
}

type Handler = (args: unknown) => Promise<unknown>;

const THROTTLES = ['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded', 'SlowDown'];

/** After the retry middleware, so that each attempt counts. */
const PLACE = { step: 'finalizeRequest', priority: 'low', name: 'countCalls' };

export function createCallCounter(): CallCounter {
  const calls: Record<string, number> = {};
  let throttled = 0;
  const count = (next: Handler, context: { commandName?: string }): Handler => {
    const operation = (context.commandName ?? 'Unknown').replace(/Command$/, '');
    return async (args) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof Error && THROTTLES.includes(error.name)) throttled += 1;
        throw error;
      }
    };
  };
  return {
    calls,
    get throttled() {
      return throttled;
    },
    watch(client) {
      client.middlewareStack.add(count as never, PLACE as never);
      return client;
    },
  };
}
