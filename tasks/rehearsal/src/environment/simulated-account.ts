import { clientConfig } from '@roundtrip/aws';
import type { ClientSettings } from '@roundtrip/aws';
import { ACCOUNT_RATE, createVirtualClock, RateBudget } from '@roundtrip/engine';
import type { VirtualClock } from '@roundtrip/engine';
import type { HookAwsConfig } from '@roundtrip/environment';
import { createCloud, invoker, requestHandler } from '@roundtrip/local-cloud';

/** An empty account in this process, and the clock that everything in it goes by. */
export interface SimulatedAccount {
  readonly clock: VirtualClock;
  /** For whoever looks at the account beside a run. */
  readonly settings: ClientSettings;
  /** For a run and its hooks, whose calls keep the pace of a run of `make`. */
  openRun(): RunSettings;
  /** What broke down in the simulation itself. */
  readonly defects: readonly string[];
  /** The account's clock stands still until that is over: something that takes real time. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

export interface RunSettings {
  readonly settings: ClientSettings;
  /** Any SDK client that is made with it talks to this account. */
  readonly hookSettings: HookAwsConfig;
}

export interface AccountOptions {
  /** How long things take is drawn from it. */
  readonly seed: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly startAt: number;
  /** Whether something is on its way that takes real time; the clock stands still meanwhile. */
  readonly isBusy: () => boolean;
}

/** With the limits of an account: what asks too often is throttled. */
export function createSimulatedAccount({ seed, account, region, startAt, isBusy }: AccountOptions): SimulatedAccount {
  let holds = 0;
  const clock = createVirtualClock(startAt, () => holds > 0 || isBusy());
  const defects: string[] = [];
  const report = (defect: unknown): void =>
    void defects.push(defect instanceof Error ? (defect.stack ?? defect.message) : String(defect));
  const cloud = createCloud({ clock, seed, limits: 'on', report });
  const sleep = (ms: number): Promise<void> => clock.sleep(ms);
  // An access key of twelve digits is that account of the local cloud.
  const credentials = { accessKeyId: account, secretAccessKey: 'rehearsal' };
  const settings = {
    ...{ region, credentials, sleep },
    requestHandler: requestHandler(cloud, { sleep }),
    invoke: invoker(cloud, { accessKeyId: account, region, sleep }),
  };
  return {
    clock,
    settings,
    openRun() {
      const paced = { ...settings, pace: new RateBudget(clock, ACCOUNT_RATE) };
      return { settings: paced, hookSettings: { ...clientConfig(settings), ...paced } };
    },
    defects,
    async hold(work) {
      holds += 1;
      try {
        return await work();
      } finally {
        holds -= 1;
      }
    },
  };
}
