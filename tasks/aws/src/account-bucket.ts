import type { LeaseStore, LedgerStore } from '@roundtrip/engine';
import type { CallCounter } from './call-counter.ts';
import { directSend } from './client-of.ts';
import { clientConfig, sleepOf, type ClientSettings, type Invoke } from './client-settings.ts';
import type { JournalStore } from './journal-store.ts';
import { createStackClient } from './stack-client.ts';
import type { HookStore } from './run-store.ts';
import { bucketName, openRunBucket, type ObjectClient, type RunBucket } from './run-bucket.ts';

/** The bucket of an account and region, opened when something first needs it. */
export interface AccountBucket {
  readonly name: string;
  open(): Promise<RunBucket>;
  /** Has this called before the bucket's stack is made, in place of what was called before. */
  beforeMaking(tell: () => void): void;
  /** The lease of an environment, and where it is kept, as a person would name it: `s3://…`. */
  lease(environment: string): Promise<{ readonly store: LeaseStore; readonly place: string }>;
  /** What teardowns have left in the account; opened with its first use. */
  readonly ledger: LedgerStore;
  /** The copies of the runs' journals. */
  journals(): Promise<JournalStore>;
  /** Which hooks have succeeded, on whatever machine. */
  hooks(environment: string): Promise<HookStore>;
  /** Breaks off what is on its way: nobody waits for it any longer. */
  cut(): void;
}

/** A call that has had no answer for so long is tried again; without an end a dead connection would hold up heartbeats. */
const ANSWER_MS_MAX = 20_000;

/**
 * S3's client is loaded with the first use: it takes longer to load than a run with nothing to change may cost.
 * @param account twelve digits; the bucket has to belong to it
 */
export function createAccountBucket(settings: ClientSettings, account: string, counter: CallCounter): AccountBucket {
  let opened: Promise<RunBucket> | undefined;
  let destroy = (): void => undefined;
  let tell = (): void => undefined;
  const networked = async (): Promise<ObjectClient> => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    // Whoever writes on condition tries again by itself, and looks before it does.
    const s3 = counter.watch(new S3Client({ ...bounded(settings), maxAttempts: 1 }));
    destroy = () => s3.destroy();
    return s3;
  };
  const inProcess = (invoke: Invoke): ObjectClient => ({
    send: directSend(invoke, 's3', counter) as ObjectClient['send'],
  });
  const load = async (): Promise<RunBucket> => {
    const s3 = settings.invoke === undefined ? await networked() : inProcess(settings.invoke);
    const cloudFormation = createStackClient(settings, counter);
    const { region } = settings;
    const beforeMaking = (): void => tell();
    return openRunBucket({ account, region, s3, cloudFormation, sleep: sleepOf(settings), beforeMaking });
  };
  const open = (): Promise<RunBucket> => (opened ??= load());
  const ledger = async (): Promise<LedgerStore> => {
    const [{ createLedgerStore }, bucket] = await Promise.all([import('./run-store.ts'), open()]);
    return createLedgerStore(bucket);
  };
  return {
    name: bucketName(account, settings.region),
    open,
    beforeMaking: (first) => void (tell = first),
    async lease(environment) {
      const [{ createLeaseStore, leaseKey }, bucket] = await Promise.all([import('./run-store.ts'), open()]);
      return { store: createLeaseStore(bucket, environment), place: `s3://${bucket.name}/${leaseKey(environment)}` };
    },
    ledger: {
      read: async (environment) => await (await ledger()).read(environment),
      write: async (environment, orphans, version) => await (await ledger()).write(environment, orphans, version),
    },
    async journals() {
      const [{ createJournalStore }, bucket] = await Promise.all([import('./journal-store.ts'), open()]);
      return createJournalStore(bucket);
    },
    async hooks(environment) {
      const [{ createHookStore }, bucket] = await Promise.all([import('./run-store.ts'), open()]);
      return createHookStore(bucket, environment);
    },
    cut: () => destroy(),
  };
}

function bounded(settings: ClientSettings) {
  const config = clientConfig(settings);
  const requestHandler = { requestTimeout: ANSWER_MS_MAX, throwOnRequestTimeout: true, connectionTimeout: 5_000 };
  return settings.requestHandler === undefined ? { ...config, requestHandler } : config;
}
