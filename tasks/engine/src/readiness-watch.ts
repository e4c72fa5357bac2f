import { patiently } from './patiently.ts';
import type { Clock } from './ports.ts';
import type { GatedResource, ReadinessProbe, ResourceState } from './readiness-probe.ts';

export interface WatchOptions {
  /** The time between two looks while something has begun to be waited for a moment ago. */
  readonly lookMsMin: number;
  readonly lookMsMax: number;
  /** The longest that one stack is waited for. */
  readonly waitMsMax: number;
}

/** A resource that did not become ready. */
export interface UnreadyResource {
  readonly resource: GatedResource;
  readonly state: Exclude<ResourceState, 'ready'>;
}

interface Waiting {
  readonly startedAt: number;
  readonly signal: AbortSignal;
  open: readonly GatedResource[];
  resolve(unready: readonly UnreadyResource[]): void;
  reject(error: unknown): void;
}

/** Of what has been waited for a minute, the next look is 3 s away: the wait after its end costs 3 % on average. */
const SHARE_OF_ELAPSED = 0.05;

/** Waits for the resources of all stacks in one loop, so that one call serves as many as AWS lets it. */
export class ReadinessWatch {
  readonly #probe: Pick<ReadinessProbe, 'look'>;
  readonly #clock: Clock;
  readonly #options: WatchOptions;
  readonly #waiting = new Set<Waiting>();
  #running = false;

  constructor(probe: Pick<ReadinessProbe, 'look'>, clock: Clock, options: WatchOptions) {
    this.#probe = probe;
    this.#clock = clock;
    this.#options = options;
  }

  /**
   * Waits until every one of a stack's resources is ready.
   * @returns what will not be: as soon as one has failed, or at the deadline; nothing where all are ready
   * @throws CloudError where they cannot be asked; the signal's reason where it is aborted
   */
  async until(resources: readonly GatedResource[], signal: AbortSignal): Promise<readonly UnreadyResource[]> {
    signal.throwIfAborted();
    if (resources.length === 0) return [];
    return await new Promise((resolve, reject) => {
      this.#waiting.add({ startedAt: this.#clock.now(), signal, open: resources, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Runs only while somebody waits; whoever comes later is served by the next look. */
  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.size > 0) {
      for (const one of this.#waiting) if (one.signal.aborted) this.#end(one, () => one.reject(one.signal.reason));
      await this.#look([...this.#waiting]);
      if (this.#waiting.size > 0) await this.#pause();
    }
    this.#running = false;
  }

  async #look(asked: readonly Waiting[]): Promise<void> {
    try {
      const resources = asked.flatMap(({ open }) => open);
      const states = await patiently(this.#clock, () => this.#probe.look(resources));
      let from = 0;
      for (const one of asked) {
        this.#settle(one, states.slice(from, (from += one.open.length)));
      }
    } catch (error) {
      for (const one of asked) this.#end(one, () => one.reject(error));
    }
  }

  #settle(one: Waiting, states: readonly ResourceState[]): void {
    const unready = one.open.flatMap((resource, index): UnreadyResource[] => {
      const state = states[index] ?? 'ready';
      return state === 'ready' ? [] : [{ resource, state }];
    });
    const failed = unready.filter(({ state }) => 'fails' in state);
    const isLate = this.#clock.now() - one.startedAt >= this.#options.waitMsMax;
    one.open = unready.map(({ resource }) => resource);
    if (unready.length === 0 || isLate || failed.length > 0) {
      this.#end(one, () => one.resolve(failed.length > 0 ? failed : unready));
    }
  }

  #end(one: Waiting, settle: () => void): void {
    if (this.#waiting.delete(one)) settle();
  }

  /** Until the youngest wait is due, or one is called off. */
  async #pause(): Promise<void> {
    const { lookMsMin, lookMsMax } = this.#options;
    const youngest = Math.max(...[...this.#waiting].map(({ startedAt }) => startedAt));
    const gapMs = Math.min(lookMsMax, Math.max(lookMsMin, (this.#clock.now() - youngest) * SHARE_OF_ELAPSED));
    const anyOf = AbortSignal.any([...new Set([...this.#waiting].map(({ signal }) => signal))]);
    try {
      await this.#clock.sleep(gapMs, anyOf);
    } catch {
      // Whoever was called off is told so at the next turn.
    }
  }
}
