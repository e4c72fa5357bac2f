import { toCloudError } from './cloud-error.ts';

/** The part of an SDK client that this needs; every client has it. */
export interface Renewable {
  readonly middlewareStack: { add(middleware: never, options: never): void };
  readonly config: { readonly credentials?: unknown; readonly systemClockOffset?: number };
}

type Handler = (args: unknown) => Promise<unknown>;
type Provider = (options?: { readonly forceRefresh?: boolean }) => Promise<unknown>;

/** Around everything else, so that the second try is signed anew. */
const PLACE = { step: 'initialize', priority: 'high', name: 'renewCredentials' };

/**
 * What is sent again from here: reads, and what is written on condition or by its content. A change is not: the process
 * may have stood still since it asked whether it has the lease, and whoever sends changes asks before each try.
 */
const SENT_AGAIN = /^(?:Describe|Get|List|Validate|Head|PutObjectCommand|AssumeRole)/;

/**
 * Lets a client ask for its credentials anew where AWS says that they have expired, and make the call once more if it
 * changes nothing. Where there are no newer ones, the caller hears what AWS said.
 */
export function renewCredentials<T extends Renewable>(client: T): T {
  const renewed = (next: Handler, { commandName = '' }: { readonly commandName?: string }): Handler => {
    return async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (toCloudError(error).kind !== 'credentials' || !(await renew(client))) throw error;
        if (!SENT_AGAIN.test(commandName)) throw error;
        return await next(args);
      }
    };
  };
  client.middlewareStack.add(renewed as never, PLACE as never);
  return client;
}

async function renew({ config }: Renewable): Promise<boolean> {
  if (typeof config.credentials !== 'function') return false;
  try {
    await (config.credentials as Provider)({ forceRefresh: true });
    return true;
  } catch {
    return false;
  }
}
