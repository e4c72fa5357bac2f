import { patiently } from './patiently.ts';
import type { Clock } from './ports.ts';

/** A resource that is still in the account although its stack is gone. */
export interface Orphan {
  readonly environment: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId: string;
  /** Why it was left, in AWS's words. */
  readonly reason: string;
  /** What its template wants of a delete: `Delete`, `Snapshot`. Left out where that could not be read. */
  readonly policy?: string;
  /** The run that left it. */
  readonly run: string;
  /** Milliseconds since the epoch, by that run's clock. */
  readonly at: number;
  /**
   * Its stack deletes it, but whoever writes to it late makes it again, without a tag: a log group. It is the
   * environment's as long as no stack of that name stands.
   */
  readonly mayReturn?: true;
}

/** The list of an environment's orphans, one file that is written on condition alone. Rejects with a CloudError. */
export interface LedgerStore {
  read(environment: string): Promise<{ readonly orphans: readonly Orphan[]; readonly version: string | undefined }>;
  /** @returns false where somebody else has written since. */
  write(environment: string, orphans: readonly Orphan[], version: string | undefined): Promise<boolean>;
}

/** Writers of one ledger are few; more turns than this mean that its store is broken. */
const TURNS_MAX = 20;

/** Notes orphans before anything makes them so: whatever happens then, they are found again. */
export async function addOrphans(
  store: LedgerStore,
  clock: Pick<Clock, 'sleep'>,
  environment: string,
  added: readonly Orphan[],
): Promise<void> {
  await change(store, clock, environment, (known) => {
    const keys = new Set(added.map(keyOf));
    return [...known.filter((one) => !keys.has(keyOf(one))), ...added];
  });
}

/** Notes what may come back when its stack is gone. What is noted as an orphan already stays one. */
export async function addReturning(
  store: LedgerStore,
  clock: Pick<Clock, 'sleep'>,
  environment: string,
  added: readonly Omit<Orphan, 'mayReturn'>[],
): Promise<void> {
  await change(store, clock, environment, (known) => {
    const keys = new Set(known.map(keyOf));
    const fresh = added.filter((one) => !keys.has(keyOf(one)));
    return [...known, ...fresh.map((one) => ({ ...one, mayReturn: true as const }))];
  });
}

/** Strikes out what is gone. */
export async function strikeOrphans(
  store: LedgerStore,
  clock: Pick<Clock, 'sleep'>,
  environment: string,
  gone: readonly Orphan[],
): Promise<void> {
  const keys = new Set(gone.map(keyOf));
  if (keys.size > 0) await change(store, clock, environment, (known) => known.filter((one) => !keys.has(keyOf(one))));
}

export async function readOrphans(
  store: LedgerStore,
  clock: Pick<Clock, 'sleep'>,
  environment: string,
): Promise<readonly Orphan[]> {
  return (await patiently(clock, () => store.read(environment))).orphans;
}

async function change(
  store: LedgerStore,
  clock: Pick<Clock, 'sleep'>,
  environment: string,
  next: (known: readonly Orphan[]) => readonly Orphan[],
): Promise<void> {
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const { orphans, version } = await patiently(clock, () => store.read(environment));
    const wanted = next(orphans);
    if (JSON.stringify(wanted) === JSON.stringify(orphans)) return;
    if (await patiently(clock, () => store.write(environment, wanted, version))) return;
  }
  throw new RangeError(`the ledger of ${environment} changes faster than it can be written`);
}

function keyOf({ resourceType, physicalId }: Pick<Orphan, 'resourceType' | 'physicalId'>): string {
  return `${resourceType}|${physicalId}`;
}
