import { CloudError, type LeaseDocument, type LeaseStore, type LedgerStore, type Orphan } from '@roundtrip/engine';
import { ConditionalFile, serverNow } from './conditional-file.ts';
import { LEDGER_GARBAGE, ledgerKey } from './ledger-key.ts';
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
  const fileOf = (environment: string): ConditionalFile => new ConditionalFile(bucket, ledgerKey(environment));
  return {
    async read(environment) {
      const stored = await fileOf(environment).read();
      if (stored === undefined) return { orphans: [], version: undefined };
      const orphans = orphansIn(stored.text);
      if (orphans !== undefined) return { orphans, version: stored.version };
      const place = `s3://${bucket.name}/${ledgerKey(environment)}`;
      throw new CloudError('invalid', LEDGER_GARBAGE, `${place} is no ledger that this tool has written`);
    },
    async write(environment, orphans, version) {
      const text = `${JSON.stringify(orphans, undefined, 2)}\n`;
      return (await fileOf(environment).write(text, version)) !== undefined;
    },
  };
}

/** Undefined for what no run has written: to go on without it would be to forget what was left in the account. */
function orphansIn(text: string): readonly Orphan[] | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) && value.every(isOrphan) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isOrphan(value: unknown): value is Orphan {
  if (typeof value !== 'object' || value === null) return false;
  const { environment, stack, logicalId, resourceType, physicalId } = value as Partial<Record<keyof Orphan, unknown>>;
  return [environment, stack, logicalId, resourceType, physicalId].every((part) => typeof part === 'string');
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
