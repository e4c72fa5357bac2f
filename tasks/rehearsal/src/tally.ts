import type { Played } from './play-seed.ts';

/** What many seeds have come to. */
export class Tally {
  readonly failed: Played[] = [];
  #played = 0;
  #weeks = 0;
  #deaths = 0;
  readonly #faults: Record<string, number> = {};

  add(played: Played): void {
    this.#played += 1;
    this.#weeks += played.weeks;
    this.#deaths += played.deaths;
    for (const [kind, fired] of Object.entries(played.faults)) this.#faults[kind] = (this.#faults[kind] ?? 0) + fired;
    if (played.violations.length > 0) this.failed.push(played);
  }

  /** `faults: throttle 12, slow 3; processes killed: 4` */
  faultsLine(): string {
    const faults = Object.entries(this.#faults).map(([kind, fired]) => `${kind} ${fired}`);
    return `faults: ${faults.join(', ')}; processes killed: ${this.#deaths}`;
  }

  /** `200 seeds, 900 weeks in 30.0 s, 1800 weeks a minute: 0 seeds with violations` */
  line(elapsedMs: number): string {
    const seconds = elapsedMs / 1000;
    const pace = Math.round((this.#weeks * 60) / seconds);
    const found = `${this.failed.length} seeds with violations`;
    return `${this.#played} seeds, ${this.#weeks} weeks in ${seconds.toFixed(1)} s, ${pace} weeks a minute: ${found}`;
  }
}
