import type { LeaseOptions } from './lease.ts';
import { patiently } from './patiently.ts';

/** So many looks are made by what the server's clock said before; then it is asked anew. */
const LOOKS_PER_ASKING = 15;

type ServerClockOptions = Pick<LeaseOptions, 'store' | 'clock' | 'signal' | 'serverSpeed'>;

/**
 * What the server's clock says, asked as seldom as may be: each asking is a write. Between two of them the run's own
 * clock counts on; that a lease has ended is never said by it alone, since it may have jumped.
 */
export class ServerClock {
  readonly #options: ServerClockOptions;
  #asked: { readonly serverMs: number; readonly at: number } | undefined;
  #looks = 0;

  constructor(options: ServerClockOptions) {
    this.#options = options;
  }

  /** @param endsAt a time by the server's clock that is not taken for past without asking */
  async now(endsAt: number): Promise<number> {
    const { store, clock, signal, serverSpeed = 1 } = this.#options;
    const at = clock.now();
    this.#looks += 1;
    if (this.#asked !== undefined && this.#looks < LOOKS_PER_ASKING && at >= this.#asked.at) {
      const serverMs = this.#asked.serverMs + (at - this.#asked.at) * serverSpeed;
      if (serverMs <= endsAt) return serverMs;
    }
    this.#looks = 0;
    const serverMs = await patiently(clock, () => store.serverNow(), signal);
    this.#asked = { serverMs, at: clock.now() };
    return serverMs;
  }
}
