import {
  createAccountBucket,
  createBlockers,
  createCallCounter,
  createCollisions,
  createReadinessProbe,
  createRemains,
  createStackCloud,
  createWitness,
  whoAmI,
  type CallCounter,
  type ClientSettings,
} from '@roundtrip/aws';
import {
  ACCOUNT_RATE,
  conduct,
  conductSweep,
  RateBudget,
  ReadinessWatch,
  sweepEnvironment,
  TAG,
  type Clock,
  type ConductPorts,
  type Expectations,
  type JournalEntry,
  type JournalEvent,
  type ObservedStack,
  type Orders,
  type Readiness,
  type ReadyMemory,
  type RunOutcome,
} from '@roundtrip/engine';
import { desiredOf, ENVIRONMENT } from './desired.ts';
import type { Life } from './life.ts';
import type { Scenario, Verb } from './scenario.ts';
import { ACCOUNT, type Stage } from './stage.ts';

/** Wider than the verbs' own: what is rehearsed is that a run converges, not how soon it sees it. */
const POLLING = {
  pollMsMin: 4_000,
  pollMsUnknown: 15_000,
  pollMsMax: 60_000,
  quietMs: 10_000,
  failuresMax: 20,
  failureMs: 500,
};
/** Heartbeats seldom, so that a rehearsal is quick; what a signature's age guarantees holds for these as for the engine's own. */
const LEASE_TIMES = { beatMs: 240_000, freshMs: 480_000, expiresMs: 840_000 };
const LEASE_WAIT_MS = 4 * 3_600_000;
const OPERATION_MS_MAX = 3 * 3_600_000;
/** What the simulated account allows, and a little less. */
const BUDGET = { known: { read: { perSecond: 8, burst: 4 }, write: { perSecond: 4, burst: 4 } } };

export interface RunInput {
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly run: string;
  readonly verb: Verb;
  readonly generations: readonly number[];
  readonly life: Life;
  readonly journal: JournalEvent[];
  /** What this environment's earlier runs have taught. */
  readonly expectations: Expectations;
  readonly ready: Map<string, string>;
  readonly protect: boolean;
  /** Whose credentials the process has, where they are not those of the environment's account. */
  readonly account?: string | undefined;
}

/** One run of the real engine with the real adapters, in a process that can die. Never settles where it does. */
export async function runProcess(input: RunInput): Promise<RunOutcome> {
  const { scenario, run, verb, generations, protect } = input;
  const orders = {
    ...{
      run,
      direction: verb === 'up' ? ('up' as const) : ('down' as const),
      environment: ENVIRONMENT,
      account: ACCOUNT,
      protect,
    },
    layers: scenario.layers,
    desired: desiredOf(scenario, generations),
  };
  const ports = await portsOf(input, orders.desired);
  return verb === 'sweep' ? await conductSweep(orders, ports) : await conduct(orders, ports);
}

async function portsOf(
  { stage, scenario, run, verb, life, journal, expectations, ready, account }: RunInput,
  desired: Orders['desired'],
): Promise<ConductPorts> {
  const clock = mortalClock(stage.clock, life);
  const budget = new RateBudget(clock, scenario.budget === 'tries' ? ACCOUNT_RATE : BUDGET);
  const counter = createCallCounter();
  const pace = {
    take: (kind: 'read' | 'write') => budget.take(kind),
    throttled: (kind: 'read' | 'write') => budget.throttled(kind),
  };
  const settings = { ...stage.settingsOf(run, life, account), pace };
  const bucket = createAccountBucket(settings, ACCOUNT, counter);
  const cloud = createStackCloud(settings, ACCOUNT, counter, bucket);
  const { ledger } = bucket;
  const { store } = await bucket.lease(ENVIRONMENT);
  const write = (entry: JournalEntry): void => {
    if (life.isDead) return;
    const event: JournalEvent = { at: clock.now(), ...entry };
    journal.push(event);
    expectations.learn(event);
  };
  const holder = { run, environment: ENVIRONMENT, verb, who: 'rehearsal', host: 'host', pid: 1 };
  return {
    account: async () => (await whoAmI(settings, counter)).account,
    cloud,
    clock,
    journal: { write },
    expectations,
    ...(scenario.mode === 'express' ? { readiness: readinessOf(settings, counter, clock, ready) } : {}),
    signal: new AbortController().signal,
    polling: POLLING,
    lease: { store, holder, times: LEASE_TIMES, waitMs: LEASE_WAIT_MS },
    ledger,
    blockers: createBlockers(settings, counter, { templateOf: templatesOf(desired), mayUnprotect: false }),
    collisions: createCollisions(settings, counter, ACCOUNT),
    witness: createWitness(settings, counter),
    sweep: async (lease, onlyLedger) => {
      const strangers = (await cloud.sweep()).filter(({ tags }) => tags[TAG.environment] !== ENVIRONMENT);
      const swept = await sweepEnvironment({
        ...{ environment: ENVIRONMENT, retain: [], ledger, clock, onlyLedger },
        layers: scenario.layers.map(({ name }) => name),
        strangers: strangers.map(({ name }) => name),
        remains: createRemains({ settings, account: ACCOUNT, stacks: cloud, sleep: settings.sleep, finders: [] }),
        mayWrite: () => lease.ensure(),
      });
      return swept.left.map(({ leftover }) => leftover.arn);
    },
    writesMax: 16,
    operationMsMax: OPERATION_MS_MAX,
  };
}

function templatesOf(desired: Orders['desired']): (name: string) => string | undefined {
  const all = new Map([...desired.values()].flat().map(({ name, templateBody }) => [name, templateBody]));
  return (name) => all.get(name);
}

/** What a run in express mode waits with. */
function readinessOf(
  settings: ClientSettings,
  counter: CallCounter,
  clock: Clock,
  ready: Map<string, string>,
): Readiness {
  const probe = createReadinessProbe(settings, counter);
  const watch = new ReadinessWatch(probe, clock, { lookMsMin: 3_000, lookMsMax: 15_000, waitMsMax: OPERATION_MS_MAX });
  const markOf = ({ id, updatedAt }: ObservedStack): string => `${id} ${updatedAt}`;
  const memory: ReadyMemory = {
    has: (stack) => ready.get(stack.name) === markOf(stack),
    record: (stack) => void ready.set(stack.name, markOf(stack)),
  };
  return { probe, watch, memory };
}

/** Time as a process sees it: when it is dead, it never wakes. */
function mortalClock(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    async sleep(ms, signal) {
      try {
        await clock.sleep(ms, signal);
      } catch (error) {
        if (!life.isDead) throw error;
      }
      if (life.isDead) await new Promise<never>(() => undefined);
    },
  };
}
