import type { Renewable } from './renew-credentials.ts';

interface Args {
  readonly request?: { readonly headers?: Readonly<Record<string, string>> };
}

type Handler = (args: Args) => Promise<unknown>;

/**
 * A request is sent so long after it was signed, at most. AWS takes it for 5 minutes, S3 for 15: long enough for
 * somebody else to have the lease by then.
 */
export const SENT_WITHIN_MS = 60_000;

/** Next to the network, after the signature and all that waits. */
const PLACE = { step: 'deserialize', priority: 'low', name: 'sendFresh' };

/**
 * Keeps a client from sending what was signed long ago: the process stood still in between, and whoever asked whether it
 * may write has to ask again.
 * @param now epoch milliseconds on the clock that requests are signed by
 */
export function sendFresh<T extends Renewable>(client: T, now: () => number = Date.now): T {
  const fresh = (next: Handler): Handler => {
    return async (args) => {
      const signedAt = signedAtOf(args.request?.headers?.['x-amz-date']);
      if (signedAt !== undefined) refuseStale(now() + (client.config.systemClockOffset ?? 0) - signedAt);
      return await next(args);
    };
  };
  client.middlewareStack.add(fresh as never, PLACE as never);
  return client;
}

/**
 * @param ageMs since the request was signed
 * @throws an error that is classed like AWS's own answer to a signature that is too old
 */
export function refuseStale(ageMs: number): void {
  if (ageMs <= SENT_WITHIN_MS) return;
  const message = `it was signed ${Math.round(ageMs / 1000)} s before it would have been sent`;
  throw Object.assign(new Error(message), { name: 'RequestExpired', $metadata: {} });
}

/** `20261121T172654Z` */
function signedAtOf(stamp: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp ?? '')?.slice(1);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
