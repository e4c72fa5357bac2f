import type { Clock } from './ports.ts';

export type CallKind = 'read' | 'write';

export interface RateBudgetOptions {
  readonly readsPerSecond: number;
  readonly writesPerSecond: number;
  /** Calls that may go at once after a pause; halved by each throttle. */
  readonly burst: number;
}

/** A throttle makes the whole run this much slower, and so much of it is won back by each call that is let through. */
const SLOWED = 0.7;
const REGAINED = 0.02;
/** Never slower than this share of what is allowed. */
const SLOWEST = 0.2;

/**
 * How many calls a run makes of one account and region in a second. A throttled call is paid for twice: it is made
 * again, and everybody else in the account is throttled with it. So calls wait here, in order, until it is their turn.
 */
export class RateBudget {
  readonly #clock: Clock;
  readonly #options: RateBudgetOptions;
  readonly #nextAt: Record<CallKind, number> = { read: 0, write: 0 };
  readonly #pace: Record<CallKind, number> = { read: 1, write: 1 };
  readonly #burst: Record<CallKind, number>;

  constructor(clock: Clock, options: RateBudgetOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#burst = { read: options.burst, write: options.burst };
  }

  /** Resolves when one call of that kind may go. */
  async take(kind: CallKind, signal?: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    this.#pace[kind] = Math.min(1, this.#pace[kind] + REGAINED);
    const gapMs = 1_000 / (this.#perSecond(kind) * this.#pace[kind]);
    const at = Math.max(this.#nextAt[kind], now - gapMs * (this.#burst[kind] - 1));
    this.#nextAt[kind] = at + gapMs;
    if (at > now) await this.#clock.sleep(Math.ceil(at - now), signal);
  }

  /** AWS has throttled a call of that kind: somebody else uses the account as well, or allows less than we think. */
  throttled(kind: CallKind): void {
    this.#pace[kind] = Math.max(SLOWEST, this.#pace[kind] * SLOWED);
    this.#burst[kind] = Math.max(1, Math.floor(this.#burst[kind] / 2));
    this.#nextAt[kind] = Math.max(this.#nextAt[kind], this.#clock.now() + 1_000 / this.#perSecond(kind));
  }

  #perSecond(kind: CallKind): number {
    return kind === 'read' ? this.#options.readsPerSecond : this.#options.writesPerSecond;
  }
}
