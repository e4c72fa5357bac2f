import { toCloudError } from '@roundtrip/aws';
import { LEASE_TIMES, patiently } from '@roundtrip/engine';
import type { Clock, LeaseDocument, LeaseStore, StoredLease } from '@roundtrip/engine';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { formatDuration } from '@roundtrip/view';
import { confirmName, type NameQuestion } from './confirm-name.ts';
import { guardAccount } from './guards.ts';
import { runId } from './journal-file.ts';
import { hasEnded, leaseHolder } from './lease-holder.ts';
import { ageText, holderText, leaseProblem } from './lease-text.ts';
import { openEnvironment } from './open-environment.ts';

export interface UnlockInput extends Pick<NameQuestion, 'env' | 'stdin' | 'stdout'> {
  readonly root: string;
  readonly environment: string;
  readonly clock: Clock;
  /** A few hexadecimal digits for the id under which the lease is given back. */
  readonly random: string;
}

/** A run that lives on may write for so long after its last heartbeat, before it asks again. */
const FRESH_MS = LEASE_TIMES.freshMs;

/**
 * Gives back the lease of an environment for a run that cannot do so itself.
 * @returns the exit code: 0 where the environment is free now, 3 where the person thought better of it
 * @throws ProblemError, exit code 3: nobody confirmed, or the lease changed meanwhile
 */
export async function unlockEnvironment(input: UnlockInput): Promise<number> {
  const { environment, env, stdin, stdout, clock } = input;
  const lease = await openLease(input);
  const stored = await lease.asked(() => lease.store.read());
  if (stored === undefined || stored.document?.released === true) {
    stdout.write(`nobody has the lease of ${environment}\n`);
    return EXIT.done;
  }
  const ageMs = await lease.ageMs(stored);
  stdout.write(`${whose(stored, ageMs, environment, lease.place)}\n`);
  const question = { name: environment, deed: 'unlock it', make: lease.own.verb, env, stdin, stdout };
  if (!(await confirmName(question))) return EXIT.refused;
  await takeAway(lease, stored, Math.max(0, FRESH_MS - ageMs), clock);
  stdout.write(`${environment} is unlocked: the next run takes the lease\n`);
  return EXIT.done;
}

interface OpenLease {
  readonly store: LeaseStore;
  readonly place: string;
  /** Under which it is taken away. */
  readonly own: LeaseDocument;
  /** Makes a call patiently. @throws ProblemError */
  asked<T>(call: () => Promise<T>): Promise<T>;
  /** Since it was last written, in real time. */
  ageMs(stored: StoredLease): Promise<number>;
}

async function openLease({ root, environment, env, clock, random }: UnlockInput): Promise<OpenLease> {
  const startedAt = clock.now();
  const make = `make unlock ENV=${environment}`;
  const open = await openEnvironment(root, environment, env);
  const identity = await guardAccount(open);
  const { store, place } = await open.bucket.lease(environment);
  const holder = leaseHolder({ run: runId(startedAt, random), environment, make, identity, startedAt });
  const asked: OpenLease['asked'] = async (call) =>
    await patiently(clock, call).catch((error: unknown) => {
      throw leaseProblem(toCloudError(error), { environment, make, place, waitMs: 0 });
    });
  return {
    store,
    place,
    own: { ...holder, expiresMs: LEASE_TIMES.expiresMs * open.speed, beat: 0 },
    asked,
    ageMs: async ({ writtenAt }) => ((await asked(() => store.serverNow())) - writtenAt) / open.speed,
  };
}

/**
 * Takes the lease, and gives it back once a run that is alive after all has stopped writing: at no moment do two runs
 * write. One that is known to have ended is not waited for.
 */
async function takeAway(lease: OpenLease, stored: StoredLease, freshMs: number, clock: Clock): Promise<void> {
  const { store, own, asked } = lease;
  const version = await asked(() => store.write(own, stored.version));
  if (version === undefined) throw await changed(lease, stored);
  const { document } = stored;
  if (document !== undefined && !hasEnded(document)) await clock.sleep(freshMs);
  const released = await asked(() => store.write({ ...own, beat: 1, released: true }, version));
  if (released === undefined) throw await changed(lease, stored);
}

function whose({ document }: StoredLease, ageMs: number, environment: string, place: string): string {
  if (document === undefined) return `${place} is no lease that this tool has written`;
  return `${holderText(document)}, has the lease of ${environment} ${ageText(document, ageMs)}\n${state(document, ageMs)}`;
}

function state(document: LeaseDocument, ageMs: number): string {
  if (hasEnded(document)) return 'that process has ended: the next run takes the lease over by itself';
  if (ageMs > LEASE_TIMES.expiresMs) return 'its heartbeat has stopped: the next run takes the lease over by itself';
  return `if that run is alive, it stops writing within ${formatDuration(FRESH_MS)}; unlocking waits for that`;
}

/** The lease is taken away only as it was shown: a heartbeat in between says that the run is alive. */
async function changed({ store, own }: OpenLease, before: StoredLease): Promise<ProblemError> {
  const now = (await store.read().catch(() => undefined))?.document;
  const isSame = now !== undefined && now.run === before.document?.run && now.released !== true;
  return new ProblemError(
    {
      code: 'lease-changed',
      what: `Refused: the lease of ${own.environment} changed while you were asked`,
      why: isSame ? `run ${now.run} is alive: it has just sent a heartbeat` : 'somebody else was quicker',
      next: `look again: ${own.verb}`,
    },
    EXIT.refused,
  );
}
