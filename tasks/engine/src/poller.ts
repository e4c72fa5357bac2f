import assert from 'node:assert/strict';
import { classOfError, isPassing } from './failure-class.ts';
import { patiently } from './patiently.ts';
import { pollGapMs, type PollBounds, type Waiting } from './poll-gap.ts';
import { CloudError, type Clock, type StackCloud } from './ports.ts';
import { RunTrouble } from './run-trouble.ts';
import type { ObservedStack } from './stack.ts';

/** Fresh credentials are there by then, or never. */
const CREDENTIALS_TRIES = 2;

/** A reason that is there already: without one, each wake would make an error with a stack trace. */
const WOKEN = 'woken';

/** One sweep takes no longer, with all its pages and its turns in the rate budget. */
const SWEEP_MS_MAX = 60_000;

export type StackMap = ReadonlyMap<string, ObservedStack>;

export interface PollerOptions extends PollBounds {
  /** Sweeps that may be refused one after the other (credentials, rights) before the waits are given up. */
  readonly failuresMax: number;
  /** The gap after a failed sweep, doubled for each further one up to `pollMsMax`. */
  readonly failureMs: number;
}

export interface WaitFor extends Waiting {
  readonly stack: string;
  /** Absolute time at which the wait is given up. */
  readonly deadlineAt: number;
  /** Called with the stack after every sweep (undefined when it is gone); the wait ends when it gives true. */
  readonly until: (stack: ObservedStack | undefined) => boolean;
}

export class WaitTimeout extends Error {
  readonly stackName: string;

  constructor(stack: string, waitedMs: number) {
    super(`${stack}: no end was seen in ${Math.round(waitedMs / 1000)} s`);
    this.name = 'WaitTimeout';
    this.stackName = stack;
  }
}

interface Pending {
  readonly wait: WaitFor;
  readonly signal: AbortSignal | undefined;
  /** How long it has been waited for, as far as anybody saw: see `#expire`. */
  waitedMs: number;
  resolve(stack: ObservedStack | undefined): void;
  reject(error: unknown): void;
}

/**
 * The one poller of an account and region: a single sweep serves every stack in flight. It runs only while
 * somebody waits, and a sweep that began before a wait was asked for does not end it.
 */
export class Poller {
  #latest: StackMap | undefined;
  #pending = new Set<Pending>();
  #watched = new WeakSet<AbortSignal>();
  #running = false;
  readonly #cloud: StackCloud;
  readonly #clock: Clock;
  readonly #options: PollerOptions;
  readonly #onSweep: ((stacks: StackMap) => void) | undefined;
  #wake: AbortController | undefined;

  constructor(cloud: StackCloud, clock: Clock, options: PollerOptions, onSweep?: (stacks: StackMap) => void) {
    this.#cloud = cloud;
    this.#clock = clock;
    this.#options = options;
    this.#onSweep = onSweep;
  }

  /** The stacks as the last sweep saw them. */
  get latest(): StackMap {
    assert(this.#latest !== undefined, 'the first sweep comes before any planning');
    return this.#latest;
  }

  /** Sweeps once now; what passes is tried again. */
  async sweep(signal?: AbortSignal): Promise<StackMap> {
    return await patiently(this.#clock, () => this.#look(), signal);
  }

  async #look(): Promise<StackMap> {
    const stacks = await this.#cloud.sweep();
    this.#latest = new Map(stacks.map((stack) => [stack.name, stack]));
    this.#onSweep?.(this.#latest);
    return this.#latest;
  }

  /**
   * Waits until a sweep shows what is waited for.
   * @returns the stack as seen, undefined when it is gone.
   * @throws WaitTimeout past the deadline; the signal's reason when aborted; RunTrouble when sweeps keep failing.
   */
  async waitFor(wait: WaitFor, signal?: AbortSignal): Promise<ObservedStack | undefined> {
    signal?.throwIfAborted();
    return await new Promise((resolve, reject) => {
      if (signal !== undefined) this.#watch(signal);
      this.#pending.add({ wait, signal, waitedMs: 0, resolve, reject });
      this.#wake?.abort(WOKEN);
      if (!this.#running) void this.#run();
    });
  }

  /** One listener for each signal, however many stacks wait under it. */
  #watch(signal: AbortSignal): void {
    if (this.#watched.has(signal)) return;
    this.#watched.add(signal);
    signal.addEventListener('abort', () => {
      const dropped = [...this.#pending].filter((pending) => pending.signal === signal);
      for (const pending of dropped) {
        this.#pending.delete(pending);
        pending.reject(signal.reason);
      }
      this.#wake?.abort(WOKEN);
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    let failures = 0;
    while (this.#pending.size > 0) {
      const beganAt = this.#clock.now();
      await this.#pause(failures);
      if (this.#pending.size === 0) break;
      const asked = [...this.#pending];
      try {
        const stacks = await this.#look();
        failures = 0;
        for (const pending of asked) this.#settle(pending, stacks.get(pending.wait.stack));
      } catch (error) {
        failures += 1;
        if (failures > refusalsMax(error, this.#options.failuresMax)) this.#giveUp(error);
      }
      this.#expire(this.#clock.now() - beganAt);
    }
    this.#running = false;
  }

  /** Sleeps until the next sweep is due; a new wait wakes it, because its gap may be shorter. */
  async #pause(failures: number): Promise<void> {
    const beganAt = this.#clock.now();
    for (;;) {
      const { pollMsMax, failureMs } = this.#options;
      const gapMs =
        failures > 0
          ? Math.min(pollMsMax, failureMs * 2 ** (failures - 1))
          : pollGapMs(
              [...this.#pending].map((one) => one.wait),
              this.#clock.now(),
              this.#options,
            );
      // Never longer than the gap itself: the clock may have been set back meanwhile.
      const leftMs = Math.min(gapMs, beganAt + gapMs - this.#clock.now());
      if (leftMs <= 0 || this.#pending.size === 0) return;
      this.#wake = new AbortController();
      try {
        await this.#clock.sleep(leftMs, this.#wake.signal);
        return;
      } catch {
        // Woken by a new or a dropped wait: the gap is calculated again.
      } finally {
        this.#wake = undefined;
      }
    }
  }

  #settle(pending: Pending, stack: ObservedStack | undefined): void {
    if (!this.#pending.has(pending) || !pending.wait.until(stack)) return;
    this.#pending.delete(pending);
    pending.resolve(stack);
  }

  /**
   * Gives up what has been waited for until its deadline. A machine that slept and a clock that was set have not waited:
   * from one sweep to the next no more counts than such a turn can take.
   */
  #expire(turnMs: number): void {
    const seenMs = Math.max(0, Math.min(turnMs, this.#options.pollMsMax + SWEEP_MS_MAX));
    for (const pending of this.#pending) {
      const { stack, startedAt, deadlineAt } = pending.wait;
      pending.waitedMs += seenMs;
      if (pending.waitedMs < deadlineAt - startedAt) continue;
      this.#pending.delete(pending);
      pending.reject(new WaitTimeout(stack, pending.waitedMs));
    }
  }

  #giveUp(error: unknown): void {
    for (const pending of this.#pending) pending.reject(new RunTrouble(error));
    this.#pending.clear();
  }
}

/**
 * How many failures in a row are borne. Throttles, networks and servers get better: a poll that they lost fails no run
 * before the wait's own deadline. Credentials are asked for anew; a lack of rights stays.
 */
function refusalsMax(error: unknown, otherwise: number): number {
  if (!(error instanceof CloudError)) return otherwise;
  if (error.kind === 'denied') return 0;
  if (error.kind === 'credentials') return CREDENTIALS_TRIES;
  return isPassing(classOfError(error)) ? Infinity : otherwise;
}
