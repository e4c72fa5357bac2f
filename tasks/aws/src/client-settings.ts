import type { Pace } from './keep-pace.ts';
import { retryOnClock } from './retry-on-clock.ts';

/** Temporary or fixed keys, as the SDK's clients take them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** By the name that the service's requests are signed with: `cloudformation`, `DescribeStacks`. */
export type Invoke = (service: string, operation: string, input: object) => Promise<object>;

/** What every client of one account and region shares. */
export interface ClientSettings {
  readonly region: string;
  /** Another endpoint than AWS's own: the local cloud, a proxy, another simulator. */
  readonly endpoint?: string;
  /** Absent: the SDK's own chain (environment, profile, SSO, instance role), refreshed by itself. */
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  /** Sends requests in place of the network: a cloud in the same process. */
  readonly requestHandler?: object;
  /** A cloud in the same process: takes the place of the SDK's client where most calls go. Throws as the client does. */
  readonly invoke?: Invoke;
  /** Says when a call to CloudFormation may go; without it none waits. */
  readonly pace?: Pace;
  /** Waits between retries, in place of a timer: a clock that jumps. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** The first try and its retries; the SDK spaces them exponentially with jitter, longer when throttled. */
export const ATTEMPTS_MAX = 8;

/** The constructor argument of any SDK client; loopback endpoints need S3's path style. */
export function clientConfig(settings: ClientSettings) {
  return {
    region: settings.region,
    maxAttempts: ATTEMPTS_MAX,
    // Who asks for credentials anew wants what a sign-in has put into ~/.aws since, not what was read at the start.
    ignoreCache: true,
    ...(settings.sleep === undefined ? {} : { retryStrategy: retryOnClock(settings.sleep, ATTEMPTS_MAX) as never }),
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint, forcePathStyle: true }),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    ...(settings.requestHandler === undefined ? {} : { requestHandler: settings.requestHandler as never }),
  };
}

/** How whoever uses these settings waits: on their clock, or by a timer. */
export function sleepOf({ sleep }: ClientSettings): (ms: number) => Promise<void> {
  return sleep ?? (async (ms) => await new Promise<void>((wake) => setTimeout(wake, ms)));
}
