import { patiently } from './patiently.ts';
import { CloudError, type Clock } from './ports.ts';
import { ServerClock } from './server-clock.ts';

/** Whoever has the right to change an environment. */
export interface LeaseHolder {
  readonly run: string;
  readonly environment: string;
  readonly verb: string;
  /** The ARN that the run acts as. */
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  /** Which start of which machine that was, where the system says so: machines may have one name. */
  readonly boot?: string;
  /** Which of a host's tables of processes the pid stands in: containers on one host may have one each. */
  readonly pidSpace?: string;
  /** When the run began, in milliseconds since the epoch, by its own clock: for people alone. */
  readonly since?: number;
}

/** What is kept in the environment's bucket. */
export interface LeaseDocument extends LeaseHolder {
  /** So long after its last heartbeat, by the server's clock, the lease is anybody's. */
  readonly expiresMs: number;
  /**
   * Counts the heartbeats. No two writes may be alike: a version is a digest of what was written, and whoever has read
   * one file could otherwise not tell that it was written again.
   */
  readonly beat: number;
  readonly released?: true;
}

export interface StoredLease {
  /** Undefined where the file is none of ours. */
  readonly document: LeaseDocument | undefined;
  /** Changes with every write. */
  readonly version: string;
  /** When it was last written, by the clock of the server that keeps it: no clock of any run has a say in it. */
  readonly writtenAt: number;
}

/** One file that is written on condition alone. Rejects with a CloudError. */
export interface LeaseStore {
  read(): Promise<StoredLease | undefined>;
  /**
   * Writes where the file still has that version, or, without one, where there is no file.
   * @returns the new version; undefined where somebody else was quicker.
   */
  write(document: LeaseDocument, version?: string): Promise<string | undefined>;
  /** What time it is by the clock of `writtenAt`. */
  serverNow(): Promise<number>;
}

/** The lease is somebody else's, or, without a holder, nobody can say whose it is. */
export class LeaseHeld extends Error {
  readonly holder: LeaseDocument | undefined;
  /** Since its last heartbeat. */
  readonly ageMs: number;

  constructor(holder: LeaseDocument | undefined, ageMs: number) {
    super(holder === undefined ? 'the lease cannot be read' : `the lease is held by run ${holder.run}`);
    this.name = 'LeaseHeld';
    this.holder = holder;
    this.ageMs = ageMs;
  }
}

/** The run had the lease and has it no more: it stops writing. */
export class LeaseLost extends Error {
  readonly holder: LeaseDocument | undefined;

  constructor(holder: LeaseDocument | undefined) {
    super(holder === undefined ? 'the lease is gone' : `the lease went to run ${holder.run} of ${holder.who}`);
    this.name = 'LeaseLost';
    this.holder = holder;
  }
}

export interface LeaseTimes {
  /** A heartbeat comes so often. */
  readonly beatMs: number;
  /** A write needs a heartbeat that is no older than this. */
  readonly freshMs: number;
  /** So long after its last heartbeat a lease is anybody's. */
  readonly expiresMs: number;
}

/**
 * A process may stand still between its check and its write: a laptop that was closed. AWS takes no request that was
 * signed more than 5 minutes before it arrives. So a lease lives for these five minutes, the 30 s that its last heartbeat
 * may be old at the check, and 30 s more: whatever arrives after it is somebody else's is refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export const LEASE_TIMES: LeaseTimes = { beatMs: 15_000, freshMs: 30_000, expiresMs: 360_000 };

export interface LeaseOptions {
  readonly store: LeaseStore;
  readonly clock: Clock;
  readonly holder: LeaseHolder;
  /** By `clock`. */
  readonly times: LeaseTimes;
  /** How many milliseconds pass by the server's clock in one of `clock`: 1, but for a simulator that is quicker. */
  readonly serverSpeed?: number;
  /** How long to wait for another run's lease. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Whether the process that holds it is known to have ended; then nobody waits for it. */
  readonly hasEnded?: (holder: LeaseHolder) => boolean;
  /** Hears once of whoever is waited for, and of whoever it was taken over from; ages by `clock`. */
  readonly onWait?: (held: LeaseDocument, ageMs: number) => void;
  readonly onTakeOver?: (from: LeaseDocument, ageMs: number) => void;
}

/** The first looks at somebody else's lease come soon, the later ones seldom: a run takes minutes. */
const ASK_AGAIN_MS = 5_000;
const ASK_AGAIN_MS_MAX = 20_000;
const ASK_AGAIN_GROWTH = 1.5;
/** The server says its times to the second. */
const SECOND_MS = 1_000;
/** So many heartbeats in a row may take so long that they are old when they are answered. */
const SLOW_BEATS_MAX = 5;

/**
 * Takes the lease of an environment, or takes over one whose holder has stopped.
 * @throws LeaseHeld when it is still held after `waitMs`, or the file is garbage.
 */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const { store, clock, holder, waitMs, signal, onWait, onTakeOver } = options;
  const startedAt = clock.now();
  const server = new ServerClock(options);
  let waits = 0;
  let firstSentAt: number | undefined;
  for (;;) {
    const stored = await patiently(clock, () => store.read(), signal);
    // A write of ours whose reply was lost. Reading it says nothing of when it arrived: that was after it was sent.
    if (stored !== undefined && isOwn(stored, holder)) {
      return new Lease(options, stored.version, firstSentAt ?? -Infinity);
    }
    const { isFree, ageMs, leftMs } = await stateOf(stored, server, options);
    if (isFree) {
      const sentAt = clock.now();
      firstSentAt ??= sentAt;
      const version = await patiently(clock, () => store.write(documentOf(options, 0), stored?.version), signal);
      if (version === undefined) continue;
      const from = stored?.document;
      if (from !== undefined && from.released !== true) onTakeOver?.(from, ageMs);
      return new Lease(options, version, sentAt);
    }
    const held = stored?.document;
    if (held === undefined || clock.now() - startedAt >= waitMs) throw new LeaseHeld(held, ageMs);
    if (waits === 0) onWait?.(held, ageMs);
    await clock.sleep(Math.min(ASK_AGAIN_MS * ASK_AGAIN_GROWTH ** waits, ASK_AGAIN_MS_MAX, leftMs), signal);
    waits += 1;
  }
}

interface LeaseState {
  readonly isFree: boolean;
  /** Since its last heartbeat. */
  readonly ageMs: number;
  /** Until it is free at the latest, where no further heartbeat comes. */
  readonly leftMs: number;
}

async function stateOf(
  stored: StoredLease | undefined,
  server: ServerClock,
  { hasEnded, serverSpeed = 1 }: LeaseOptions,
): Promise<LeaseState> {
  if (stored === undefined || stored.document?.released === true) return { isFree: true, ageMs: 0, leftMs: 0 };
  const { document, writtenAt } = stored;
  const endsAt = writtenAt + (document?.expiresMs ?? Infinity);
  const serverMs = await server.now(endsAt);
  const ageMs = (serverMs - writtenAt) / serverSpeed;
  const leftMs = (endsAt - serverMs) / serverSpeed + SECOND_MS;
  if (document === undefined) return { isFree: false, ageMs, leftMs };
  return { isFree: serverMs > endsAt || hasEnded?.(document) === true, ageMs, leftMs };
}

function documentOf({ holder, times, serverSpeed = 1 }: LeaseOptions, beat: number): LeaseDocument {
  return { ...holder, expiresMs: times.expiresMs * serverSpeed, beat };
}

function isOwn({ document }: StoredLease, { run }: LeaseHolder): boolean {
  return document?.run === run && document.released !== true;
}

const OVER = 'over';

/** The right to write, as long as its heartbeat goes on. */
export class Lease {
  readonly #options: LeaseOptions;
  readonly #lost = new AbortController();
  readonly #ended = new AbortController();
  #version: string;
  #beats = 0;
  /**
   * When the write was sent that the file is known to hold, by this run's clock. The server took it then or later, so the
   * lease never ends sooner than is reckoned from here; when its reply came, or when it was read, would be too late.
   */
  #beatAt: number;
  #beating: Promise<void> | undefined;

  constructor(options: LeaseOptions, version: string, beatAt: number) {
    this.#options = options;
    this.#version = version;
    this.#beatAt = beatAt;
    void this.#keep();
  }

  /** Aborted with a LeaseLost when the lease is somebody else's. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Asked before every write. Where the last heartbeat is old, or the clock has jumped, one is sent and waited for; one
   * that took so long that it is old itself does not count.
   * @throws LeaseLost; CloudError where no heartbeat gets through in time
   */
  async ensure(): Promise<void> {
    this.#lost.signal.throwIfAborted();
    for (let beats = 0; !this.#isFresh(); beats += 1) {
      if (beats === SLOW_BEATS_MAX) throw new CloudError('network', 'SlowHeartbeat', 'the heartbeats take too long');
      await this.#beat();
      this.#lost.signal.throwIfAborted();
    }
  }

  #isFresh(): boolean {
    const ageMs = this.#options.clock.now() - this.#beatAt;
    return ageMs >= 0 && ageMs < this.#options.times.freshMs;
  }

  /**
   * Gives it back. A lease that cannot be given back expires.
   * @returns whether it was given back
   */
  async release(): Promise<boolean> {
    this.#ended.abort(OVER);
    await this.#beating?.catch(() => undefined);
    if (this.#lost.signal.aborted) return false;
    const { store, holder } = this.#options;
    const give = async (version: string): Promise<boolean> =>
      (await store.write({ ...documentOf(this.#options, this.#beats), released: true }, version)) !== undefined;
    try {
      if (await give(this.#version)) return true;
      // The reply to the last heartbeat may have been lost.
      const stored = await store.read();
      return stored !== undefined && isOwn(stored, holder) && (await give(stored.version));
    } catch {
      return false;
    }
  }

  async #keep(): Promise<void> {
    const { clock, times } = this.#options;
    const gone = this.#ended.signal;
    while (!gone.aborted) {
      await clock.sleep(times.beatMs, gone).catch(() => undefined);
      // One that does not arrive is sent again next time; until then `ensure` sends its own.
      if (!gone.aborted) await this.#beat().catch(() => undefined);
    }
  }

  /** One heartbeat at a time: two would each take the other's for a stranger's. */
  async #beat(): Promise<void> {
    this.#beating ??= this.#renew().finally(() => (this.#beating = undefined));
    await this.#beating;
  }

  async #renew(): Promise<void> {
    const { store, clock, holder } = this.#options;
    const sentAt = clock.now();
    const document = documentOf(this.#options, (this.#beats += 1));
    const write = async (): Promise<string | undefined> => {
      const version = await store.write(document, this.#version);
      if (version !== undefined) return version;
      // Either somebody has taken it, or a reply to a heartbeat of ours was lost.
      const stored = await store.read();
      if (stored === undefined || !isOwn(stored, holder)) {
        this.#lost.abort(new LeaseLost(stored?.document));
        this.#ended.abort(OVER);
        return undefined;
      }
      if (stored.document?.beat === document.beat) return stored.version;
      // An earlier one's: nobody knows how old it is, so this one is still to be written, over it.
      this.#version = stored.version;
      throw new CloudError('network', 'HeartbeatRefused', 'the file was written by an earlier heartbeat');
    };
    const version = await patiently(clock, write, this.#ended.signal);
    if (version === undefined) return;
    this.#version = version;
    this.#beatAt = sentAt;
  }
}
