import { setMaxListeners } from 'node:events';
import {
  CloudError,
  LEASE_TIMES,
  LeaseHeld,
  LeaseLost,
  takeLease,
  type Journal,
  type Lease,
  type LeaseHolder,
} from '@roundtrip/engine';
import type { AccountBucket } from '@roundtrip/aws';
import { hasEnded } from './lease-holder.ts';
import { leaseProblem, lostText, takenOverText, waitingText, type LeaseScene } from './lease-text.ts';
import { realClock } from './real-clock.ts';
import { withinMs } from './within-ms.ts';

/** What a run that was told to stop still waits for S3: with turbo's end it has to stay below five seconds. */
export const HURRY_MS = 1_000;
const RELEASE_MS_MAX = 10_000;

export interface LeaseOrder {
  readonly bucket: AccountBucket;
  readonly holder: LeaseHolder;
  readonly waitMs: number;
  /** Cloud seconds in a real second. */
  readonly speed: number;
  readonly journal: Journal;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
}

/**
 * Does what writes while it has the lease of the environment, and gives the lease back however that ends.
 * @param work gets the lease, and a signal that is aborted when the run is interrupted or its lease is lost
 * @throws ProblemError, exit code 3, where the lease is not to be had; the signal's reason where that is aborted
 */
export async function underLease<T>(
  order: LeaseOrder,
  work: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { bucket, holder, journal, signal } = order;
  const { store, place } = await bucket.lease(holder.environment);
  const scene: LeaseScene = { environment: holder.environment, make: holder.verb, place, waitMs: order.waitMs };
  // A call that hangs would hold up a run that was told to stop.
  const cut = (): void => void setTimeout(() => bucket.cut(), HURRY_MS).unref();
  signal.addEventListener('abort', cut, { once: true });
  const lease = await take(order, store, scene);
  signal.removeEventListener('abort', cut);
  const write = (what: 'lost' | 'released', detail: string): void =>
    journal.write({ type: 'lease', what, detail, ...(what === 'lost' ? { next: `type: ${holder.verb}` } : {}) });
  lease.lost.addEventListener('abort', () => {
    const { reason } = lease.lost as { readonly reason: unknown };
    write('lost', lostText(reason instanceof LeaseLost ? reason.holder : undefined, scene));
  });
  try {
    const either = AbortSignal.any([signal, lease.lost]);
    // As many stacks as there are may wait under it; Node warns of more than ten.
    setMaxListeners(0, either);
    return await work(lease, either);
  } finally {
    const released = await withinMs(lease.release(), signal.aborted ? HURRY_MS : RELEASE_MS_MAX);
    if (released === true) write('released', place);
    else bucket.cut();
  }
}

async function take(
  { holder, waitMs, speed, journal, signal }: LeaseOrder,
  store: Awaited<ReturnType<AccountBucket['lease']>>['store'],
  scene: LeaseScene,
): Promise<Lease> {
  let from: string | undefined;
  try {
    const lease = await takeLease({
      ...{ store, clock: realClock, holder, times: LEASE_TIMES, serverSpeed: speed, waitMs, signal, hasEnded },
      onWait(held, ageMs) {
        journal.write({ type: 'lease', what: 'waiting', detail: waitingText(held, ageMs, waitMs) });
      },
      onTakeOver(holderBefore, ageMs) {
        from = takenOverText(holderBefore, ageMs);
      },
    });
    journal.write({ type: 'lease', what: from === undefined ? 'taken' : 'taken-over', detail: from ?? scene.place });
    return lease;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LeaseHeld || error instanceof CloudError) throw leaseProblem(error, scene);
    throw error;
  }
}
