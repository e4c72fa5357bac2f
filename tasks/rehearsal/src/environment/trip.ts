import {
  createBlockers,
  createCallCounter,
  createCollisions,
  createAccountBucket,
  createReadinessProbe,
  createRemains,
  createStackCloud,
  createWitness,
  whoAmI,
  type ClientSettings,
} from '@roundtrip/aws';
import { AWS_POLLING, conduct, LEASE_TIMES, ReadinessWatch, sweepEnvironment, TAG } from '@roundtrip/engine';
import type {
  Clock,
  ConductPorts,
  Direction,
  Expectations,
  JournalEvent,
  Lease,
  Orders,
  Readiness,
  RunOutcome,
  StackMap,
  Swept,
} from '@roundtrip/engine';
import { SWEEPING_LAYER, type HookAwsConfig, type HookKind } from '@roundtrip/environment';
import type { Project } from './project.ts';
import { runHook } from './run-hook.ts';
import type { SimulatedAccount } from './simulated-account.ts';

/** A hook's share of a trip. */
export interface HookTime {
  readonly layer: string;
  readonly kind: HookKind;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly end: 'done' | 'left-out' | 'failed';
  /** What went wrong, where it failed. */
  readonly why?: string;
}

/** One way: the environment is built, or taken away. */
export interface Trip {
  readonly direction: Direction;
  readonly ms: number;
  readonly outcome: RunOutcome;
  /** Every call of the run by operation; those of hooks are not counted, as in a run of `make`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly journal: readonly JournalEvent[];
  readonly hooks: readonly HookTime[];
}

export interface TripInput {
  readonly project: Project;
  readonly account: SimulatedAccount;
  readonly direction: Direction;
  /** Names the run: no two of an account may be alike. */
  readonly run: string;
  /** What earlier trips took; learns from this one. */
  readonly expectations: Expectations;
  /** False leaves all hooks out. */
  readonly withHooks: boolean;
}

const LEASE_WAIT_MS = 600_000;
const WRITES_MAX = 16;
const OPERATION_MS_MAX = 3 * 3_600_000;

/** Runs the engine with its AWS adapters as `make` does, with turbo's part done by the layer graph itself. */
export async function travel(input: TripInput): Promise<Trip> {
  const { project, account, direction, run } = input;
  const { facts } = project.environment;
  const orders: Orders = {
    ...{ run, direction, environment: facts.name, account: facts.account, protect: facts.protect },
    layers: direction === 'up' ? project.layers : sweepingLast(project.layers),
    desired: project.desired,
  };
  const counter = createCallCounter();
  const journal: JournalEvent[] = [];
  const hooks: HookTime[] = [];
  const startedAt = account.clock.now();
  const outcome = await conduct(orders, await portsOf(input, { counter, journal, hooks }));
  const ms = account.clock.now() - startedAt;
  return { direction, ms, outcome, calls: { ...counter.calls }, throttled: counter.throttled, journal, hooks };
}

/** A teardown follows the arrows backwards: that of the layer that sweeps is turned round, so that it comes last. */
function sweepingLast(layers: Project['layers']): Orders['layers'] {
  return layers.map(({ name, dependsOn }) =>
    name === SWEEPING_LAYER ? { name, dependsOn: [] } : { name, dependsOn: [...dependsOn, SWEEPING_LAYER] },
  );
}

interface Notes {
  readonly counter: ReturnType<typeof createCallCounter>;
  readonly journal: JournalEvent[];
  readonly hooks: HookTime[];
}

async function portsOf(input: TripInput, { counter, journal, hooks }: Notes): Promise<ConductPorts> {
  const { project, account, run, direction, expectations, withHooks } = input;
  const { clock } = account;
  const { settings, hookSettings } = account.openRun();
  const { name: environment, account: number } = project.environment.facts;
  const bucket = createAccountBucket(settings, number, counter);
  const { store } = await bucket.lease(environment);
  const holder = { run, environment, verb: direction, who: 'rehearsal', host: 'rehearsal', pid: 1 };
  const signal = new AbortController().signal;
  return {
    account: async () => (await whoAmI(settings, counter)).account,
    cloud: createStackCloud(settings, number, counter, bucket),
    ...{ clock, signal, expectations, polling: AWS_POLLING, ledger: bucket.ledger },
    journal: {
      write(entry) {
        const event = { at: clock.now(), ...entry };
        journal.push(event);
        expectations.learn(event);
      },
    },
    lease: { store, holder, times: LEASE_TIMES, waitMs: LEASE_WAIT_MS },
    blockers: createBlockers(settings, counter, {
      templateOf: templateOf(project),
      mayUnprotect: project.environment.unprotect === true,
    }),
    collisions: createCollisions(settings, counter, number),
    witness: createWitness(settings, counter),
    sweep: async (lease, onlyLedger) => {
      // A layer that sweeps has done so in its hook; what it has left over is left.
      const dryRun = !onlyLedger && withHooks && hasSweepingHook(project);
      const { left } = await sweepAccount(project, account, { lease, onlyLedger, dryRun });
      return left.map(({ leftover }) => leftover.arn);
    },
    writesMax: WRITES_MAX,
    operationMsMax: OPERATION_MS_MAX,
    ...(project.environment.mode === 'express' ? { readiness: readinessOf(settings, clock, counter) } : {}),
    ...(withHooks ? { hook: hookPort(input, hookSettings, hooks, signal) } : {}),
  };
}

/** What was seen ready is forgotten with the run: the next one builds everything anew. */
function readinessOf(settings: ClientSettings, clock: Clock, counter: Notes['counter']): Readiness {
  const probe = createReadinessProbe(settings, counter);
  const ready = new Set<string>();
  return {
    probe,
    watch: new ReadinessWatch(probe, clock, { lookMsMin: 3_000, lookMsMax: 15_000, waitMsMax: OPERATION_MS_MAX }),
    memory: { has: ({ id }) => ready.has(id), record: ({ id }) => void ready.add(id) },
  };
}

export function templateOf({ desired }: Project): (stack: string) => string | undefined {
  const bodies = new Map([...desired.values()].flat().map(({ name, templateBody }) => [name, templateBody]));
  return (stack) => bodies.get(stack);
}

function hasSweepingHook({ layers }: Project): boolean {
  return layers.some(({ name, hooks }) => name === SWEEPING_LAYER && hooks.includes('after-down'));
}

function hookPort(
  { project, account }: TripInput,
  aws: HookAwsConfig,
  hooks: HookTime[],
  signal: AbortSignal,
): NonNullable<ConductPorts['hook']> {
  return async (name: string, kind: HookKind, stacks: StackMap) => {
    const layer = project.layers.find((one) => one.name === name);
    if (layer?.hooks.includes(kind) !== true) return undefined;
    const startedAt = account.clock.now();
    const end = await runHook({ project, account, aws, layer, kind, stacks, signal });
    const why = end.kind === 'failed' ? end.why : undefined;
    hooks.push({
      ...{ layer: name, kind, startedAt, finishedAt: account.clock.now(), end: end.kind },
      ...(why === undefined ? {} : { why }),
    });
    return why;
  };
}

/** Looks for what is left of the environment; removes it, unless it is to look only. */
export async function sweepAccount(
  { environment, layers }: Project,
  { settings, clock }: SimulatedAccount,
  {
    lease,
    onlyLedger = false,
    dryRun,
  }: { readonly lease?: Lease; readonly onlyLedger?: boolean; readonly dryRun: boolean },
): Promise<Swept> {
  const { name, account } = environment.facts;
  const counter = createCallCounter();
  const bucket = createAccountBucket(settings, account, counter);
  const cloud = createStackCloud(settings, account, counter, bucket);
  const stacks = await cloud.sweep();
  const isOwn = (tags: Readonly<Record<string, string>>): boolean => tags[TAG.environment] === name;
  const { retain = [] } = (environment.sections.get(SWEEPING_LAYER)?.config ?? {}) as { retain?: readonly string[] };
  return await sweepEnvironment({
    ...{ environment: name, retain, ledger: bucket.ledger, clock, onlyLedger, dryRun },
    layers: layers.map((layer) => layer.name),
    standing: stacks.filter(({ tags }) => isOwn(tags)).map((stack) => stack.name),
    strangers: stacks.filter(({ tags }) => !isOwn(tags)).map((stack) => stack.name),
    remains: createRemains({ settings, account, stacks: cloud, sleep: (ms) => clock.sleep(ms) }),
    mayWrite: async () => await lease?.ensure(),
  });
}
