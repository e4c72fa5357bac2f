import type { LeaseDocument, LeaseStore, LedgerStore, Orphan } from '@roundtrip/engine';
import { ConditionalFile, serverNow } from './conditional-file.ts';
import type { RunBucket } from './run-bucket.ts';

/** Where the lease of an environment is in the bucket. */
export function leaseKey(environment: string): string {
  return `leases/${environment}.json`;
}

/** The lease of one environment. */
export function createLeaseStore(bucket: RunBucket, environment: string): LeaseStore {
  const file = new ConditionalFile(bucket, leaseKey(environment));
  return {
    async read() {
      const stored = await file.read();
      if (stored === undefined) return undefined;
      const { text, version, writtenAt } = stored;
      return { document: leaseIn(text), version, writtenAt };
    },
    write: (document, version) => file.write(`${JSON.stringify(document, undefined, 2)}\n`, version),
    serverNow: () => serverNow(bucket, `leases/${environment}.clock`),
  };
}

/** Undefined for what no run has written. */
function leaseIn(text: string): LeaseDocument | undefined {
  try {
    const value = JSON.parse(text) as Partial<LeaseDocument> | null;
    const isWhole = typeof value?.run === 'string' && typeof value.expiresMs === 'number' && value.expiresMs > 0;
    return isWhole ? (value as LeaseDocument) : undefined;
  } catch {
    return undefined;
  }
}

/** The ledgers of an account and region: `ledgers/<environment>.json`. */
export function createLedgerStore(bucket: RunBucket): LedgerStore {
  const fileOf = (environment: string): ConditionalFile => new ConditionalFile(bucket, `ledgers/${environment}.json`);
  return {
    async read(environment) {
      const stored = await fileOf(environment).read();
      return { orphans: stored === undefined ? [] : (JSON.parse(stored.text) as Orphan[]), version: stored?.version };
    },
    async write(environment, orphans, version) {
      const text = `${JSON.stringify(orphans, undefined, 2)}\n`;
      return (await fileOf(environment).write(text, version)) !== undefined;
    },
  };
}

/** For which state of its stacks each layer's `after-up` has succeeded. All methods reject with a CloudError. */
export interface HookStore {
  /** By layer; nothing where no hook has succeeded yet. */
  read(): Promise<Readonly<Record<string, string>>>;
  /** For whoever has the lease: nobody else writes. */
  add(succeeded: Readonly<Record<string, string>>): Promise<void>;
}

/** `hooks/<environment>.json` in the account's bucket. */
export function createHookStore(bucket: RunBucket, environment: string): HookStore {
  const file = new ConditionalFile(bucket, `hooks/${environment}.json`);
  return {
    read: async () => hooksIn((await file.read())?.text),
    async add(succeeded) {
      const stored = await file.read();
      const all = { ...hooksIn(stored?.text), ...succeeded };
      await file.write(`${JSON.stringify(all, undefined, 2)}\n`, stored?.version);
    },
  };
}

/** What nobody can read only makes hooks run once more. */
function hooksIn(text = '{}'): Readonly<Record<string, string>> {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}
