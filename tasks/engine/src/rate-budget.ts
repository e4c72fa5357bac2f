import type { Clock } from './ports.ts';

export type CallKind = 'read' | 'write';

export interface Rate {
  readonly perSecond: number;
  /** Calls that may go at once after a pause. */
  readonly burst: number;
}

export type Rates = Readonly<Record<CallKind, Rate>>;

export interface RateBudgetOptions {
  /** What goes once a call of that kind was throttled; where nothing is `untried`, from the beginning. */
  readonly known: Rates;
  /** What goes until then. */
  readonly untried?: Rates;
}

/** A throttle makes the whole run this much slower, and so much of it is won back by each call that is let through. */
const SLOWED = 0.7;
const REGAINED = 0.02;
/** Never slower than this share of what is known. */
const SLOWEST = 0.2;
/** Throttles this close together, in gaps between two calls, are of calls that went together: they say one thing. */
const TOGETHER_GAPS = 5;

/** What the budget knows of one kind of call. */
interface Lane {
  rate: Rate;
  isTried: boolean;
  /** Share of the rate that is used. */
  pace: number;
  nextAt: number;
  slowedAt: number;
  /** Counts the slowdowns: who waited through one gets a new turn. */
  era: number;
}

/**
 * How many calls a run makes of one account and region in a second. AWS publishes no limits, and what an account allows
 * shows only when it throttles: until then calls go as `untried` says, from then on as `known`. A throttled call is paid for
 * twice: it is made again, and everybody else in the account is throttled with it. So calls wait here, in order, until it
 * is their turn.
 */
export class RateBudget {
  readonly #clock: Clock;
  readonly #known: Rates;
  readonly #lanes: Readonly<Record<CallKind, Lane>>;

  constructor(clock: Clock, { known, untried }: RateBudgetOptions) {
    this.#clock = clock;
    this.#known = known;
    const lane = (kind: CallKind): Lane => ({
      ...{ rate: (untried ?? known)[kind], isTried: untried === undefined, pace: 1 },
      ...{ nextAt: 0, slowedAt: -Infinity, era: 0 },
    });
    this.#lanes = { read: lane('read'), write: lane('write') };
  }

  /** Resolves when one call of that kind may go. */
  async take(kind: CallKind, signal?: AbortSignal): Promise<void> {
    const lane = this.#lanes[kind];
    lane.pace = Math.min(1, lane.pace + REGAINED);
    for (;;) {
      const now = this.#clock.now();
      const gapMs = 1_000 / (lane.rate.perSecond * lane.pace);
      const at = Math.max(lane.nextAt, now - gapMs * (lane.rate.burst - 1));
      lane.nextAt = at + gapMs;
      if (at <= now) return;
      const { era } = lane;
      await this.#clock.sleep(Math.ceil(at - now), signal);
      if (era === lane.era) return;
    }
  }

  /** AWS has throttled a call of that kind: the account allows less than was tried, or somebody else uses it as well. */
  throttled(kind: CallKind): void {
    const lane = this.#lanes[kind];
    const now = this.#clock.now();
    const gapMs = 1_000 / this.#known[kind].perSecond;
    if (now - lane.slowedAt < gapMs * TOGETHER_GAPS) return;
    if (lane.isTried) {
      lane.pace = Math.max(SLOWEST, lane.pace * SLOWED);
      lane.rate = { ...lane.rate, burst: Math.max(1, Math.floor(lane.rate.burst / 2)) };
    } else {
      lane.rate = this.#known[kind];
      lane.isTried = true;
    }
    lane.slowedAt = now;
    lane.era += 1;
    // Whoever waits queues up anew: what was promised to them has shown to be too much.
    lane.nextAt = now + gapMs;
  }
}
