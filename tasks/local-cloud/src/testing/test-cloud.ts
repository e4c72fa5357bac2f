import { createCloud } from '../cloud.ts';
import type { Cloud, CloudOptions } from '../cloud.ts';
import { requestHandler } from '../request-handler.ts';
import { resourceKey } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { noLog } from '../store/log.ts';
import type { Log } from '../store/log.ts';
import { seedState } from '../store/random.ts';
import { virtualClock } from '../virtual-clock.ts';
import type { Realm } from '../world.ts';

/** 2026-01-01T00:00:00Z, a Thursday. */
export const START = Date.UTC(2026, 0, 1);
export const REALM: Realm = { account: '111111111111', region: 'eu-west-1' };

export interface TestCloud {
  readonly cloud: Cloud;
  /** Lets that much time of the cloud's clock pass. */
  pass(ms: number): void;
  /** The configuration of an SDK client that speaks to this cloud as an account. */
  as(account: string, region?: string): TestClientConfig;
  readonly defects: readonly unknown[];
}

export interface TestClientConfig {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: ReturnType<typeof requestHandler>;
  readonly maxAttempts: number;
}

/** A cloud in process whose time moves when the test moves it. */
export function testCloud(options: Partial<CloudOptions> & { readonly planted?: readonly Planted[] } = {}): TestCloud {
  const clock = virtualClock(START);
  const defects: unknown[] = [];
  const log = options.planted === undefined ? noLog : plantedLog(options.planted);
  const cloud = createCloud({ clock, log, limits: 'off', report: (defect) => defects.push(defect), ...options });
  const handler = requestHandler(cloud);
  return {
    cloud,
    defects,
    pass: clock.advance,
    as: (account, region = REALM.region) => ({
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'secret' },
      requestHandler: handler,
      maxAttempts: 1,
    }),
  };
}

/** A resource that is there from the beginning. */
export type Planted = Partial<Resource> & { readonly type: string; readonly id: string; readonly realm?: Realm };

/** A log that begins with resources, as if CloudFormation had made them at START. */
export function plantedLog(planted: readonly Planted[]): Log {
  const changes = planted.map(({ realm = REALM, ...given }) => {
    const record: Resource = { ref: given.id, attributes: {}, properties: {}, tags: {}, createdAt: START, ...given };
    return ['resource', realm.account, realm.region, resourceKey(given.type, given.id), record] as const;
  });
  return {
    ...noLog,
    read: () => [{ n: 1, t: START, r: seedState('planted'), q: seedState('requests'), s: 0, c: changes }],
  };
}

/** The error that a promise is rejected with. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ name: string; message: string; status?: number }> {
  try {
    await promise;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode;
    return { name, message, ...(status === undefined ? {} : { status }) };
  }
  return { name: 'none', message: 'it did not fail' };
}
