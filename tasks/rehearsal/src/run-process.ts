import { S3Client } from '@aws-sdk/client-s3';
import {
  clientConfig,
  createCallCounter,
  createRemains,
  createStackClient,
  createStackCloud,
  openRunBucket,
  whoAmI,
} from '@roundtrip/aws';
import { createLeaseStore, createLedgerStore } from '@roundtrip/aws/run-store';
import { conduct, RateBudget, sweepEnvironment, TAG } from '@roundtrip/engine';
import type { Clock, ConductPorts, JournalEntry, JournalEvent, RunOutcome } from '@roundtrip/engine';
import { desiredOf, ENVIRONMENT } from './desired.ts';
import type { Life } from './life.ts';
import type { Scenario } from './scenario.ts';
import { ACCOUNT, REGION, type Stage } from './stage.ts';

/** Wider than the verbs' own: what is rehearsed is that a run converges, not how soon it sees it. */
const POLLING = {
  pollMsMin: 2_000,
  pollMsUnknown: 8_000,
  pollMsMax: 60_000,
  quietMs: 6_000,
  failuresMax: 20,
  failureMs: 500,
};
const LEASE_EXPIRES_MS = 600_000;
const LEASE_WAIT_MS = 4 * 3_600_000;
const OPERATION_MS_MAX = 3 * 3_600_000;
/** What the simulated account allows, and a little less. */
const BUDGET = { readsPerSecond: 8, writesPerSecond: 4, burst: 4 };

export interface RunInput {
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly run: string;
  readonly verb: 'up' | 'down';
  readonly generations: readonly number[];
  readonly life: Life;
  readonly journal: JournalEvent[];
  readonly protect: boolean;
}

/** One run of the real engine with the real adapters, in a process that can die. Never settles where it does. */
export async function runProcess(input: RunInput): Promise<RunOutcome> {
  const { scenario, run, verb, generations, protect } = input;
  const orders = {
    ...{ run, direction: verb, environment: ENVIRONMENT, account: ACCOUNT, protect },
    layers: scenario.layers,
    desired: desiredOf(scenario, generations),
  };
  return await conduct(orders, portsOf(input));
}

function portsOf({ stage, scenario, run, verb, life, journal }: RunInput): ConductPorts {
  const clock = mortalClock(stage.clock, life);
  const budget = new RateBudget(clock, BUDGET);
  const counter = createCallCounter();
  const pace = {
    take: (kind: 'read' | 'write') => budget.take(kind),
    throttled: (kind: 'read' | 'write') => budget.throttled(kind),
  };
  const settings = { ...stage.settingsOf(run, life), pace };
  const bucket = openRunBucket({
    account: ACCOUNT,
    region: REGION,
    s3: new S3Client(clientConfig(settings)),
    cloudFormation: createStackClient(settings, counter),
    sleep: settings.sleep,
  });
  const cloud = createStackCloud(settings, ACCOUNT, counter);
  const ledger = createLedgerStore(bucket);
  const holder = { run, environment: ENVIRONMENT, verb, who: 'rehearsal', host: 'host', pid: 1 };
  return {
    account: async () => (await whoAmI(settings, counter)).account,
    cloud,
    clock,
    journal: { write: (entry: JournalEntry) => void (life.isDead || journal.push({ at: clock.now(), ...entry })) },
    signal: new AbortController().signal,
    polling: POLLING,
    lease: { store: createLeaseStore(bucket, ENVIRONMENT), holder, expiresMs: LEASE_EXPIRES_MS, waitMs: LEASE_WAIT_MS },
    ledger,
    blockers: { find: async () => [], clear: async () => undefined },
    sweep: async (lease, onlyLedger) => {
      const strangers = (await cloud.sweep()).filter(({ tags }) => tags[TAG.environment] !== ENVIRONMENT);
      const swept = await sweepEnvironment({
        ...{ environment: ENVIRONMENT, retain: [], ledger, clock, onlyLedger },
        layers: scenario.layers.map(({ name }) => name),
        strangers: strangers.map(({ name }) => name),
        remains: createRemains(settings, cloud, settings.sleep),
        mayWrite: () => lease.ensure(),
      });
      return swept.left.map(({ leftover }) => leftover.arn);
    },
    writesMax: 16,
    operationMsMax: OPERATION_MS_MAX,
  };
}

/** Time as a process sees it: when it is dead, it never wakes. */
function mortalClock(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    async sleep(ms, signal) {
      const both = signal === undefined ? life.signal : AbortSignal.any([signal, life.signal]);
      try {
        await clock.sleep(ms, both);
      } catch (error) {
        if (life.isDead) await new Promise<never>(() => undefined);
        throw error;
      }
    },
  };
}
