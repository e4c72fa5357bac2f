import { setMaxListeners } from 'node:events';
import { isKnownReady, type Readiness } from './await-ready.ts';
import { execute, isGood } from './execute.ts';
import type { Expectations } from './expectations.ts';
import { Gate } from './gate.ts';
import type { Direction, HookKind, LayerNode, LayerOutcome } from './journal-event.ts';
import { takeLease, type Lease, type LeaseOptions } from './lease.ts';
import type { LedgerStore } from './ledger.ts';
import type { Blockers } from './blockers.ts';
import type { Collisions } from './collisions.ts';
import type { Witness } from './inquest.ts';
import { patiently } from './patiently.ts';
import { planDown, planUp, type IsReady, type Step } from './plan.ts';
import { Poller, type PollerOptions, type StackMap } from './poller.ts';
import { CloudError, type Clock, type Journal, type StackCloud } from './ports.ts';
import { inTurn, removalsLast } from './removals.ts';
import type { RunContext } from './run-context.ts';
import type { DesiredStack } from './stack.ts';

/** What a run is to do. */
export interface Orders {
  readonly run: string;
  readonly direction: Direction;
  readonly environment: string;
  readonly account: string;
  readonly protect: boolean;
  /** In an order in which every layer comes after those that it depends on. */
  readonly layers: readonly LayerNode[];
  readonly desired: ReadonlyMap<string, readonly DesiredStack[]>;
}

export interface ConductPorts {
  /** The account of the credentials, asked of AWS. */
  readonly account: () => Promise<string>;
  readonly cloud: StackCloud;
  readonly clock: Clock;
  readonly journal: Journal;
  /** What earlier runs took; this one's steps are learned too. */
  readonly expectations: Expectations;
  readonly signal: AbortSignal;
  readonly polling: PollerOptions;
  readonly lease: Pick<LeaseOptions, 'store' | 'holder' | 'times' | 'waitMs' | 'hasEnded'>;
  readonly ledger: LedgerStore;
  readonly blockers: Blockers;
  readonly collisions: Collisions;
  readonly witness: Witness;
  /**
   * The last act of a teardown: removes what was left, and says what still is. Before a rebuild it works off the ledger
   * alone, whose orphans may bear the names that are wanted again.
   */
  readonly sweep: (lease: Lease, onlyLedger: boolean) => Promise<readonly string[]>;
  readonly writesMax: number;
  readonly operationMsMax: number;
  /** In express mode: waits for what CloudFormation does not wait for there. */
  readonly readiness?: Readiness;
  /** Runs a layer's hook where it has one, and says what went wrong; absent where hooks have no part. */
  readonly hook?: (layer: string, kind: HookKind, stacks: StackMap) => Promise<string | undefined>;
}

export type RunOutcome =
  | { readonly kind: 'done'; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'interrupted' };

/**
 * One run without a terminal, files or turbo: guards, lease, plan, layers in the order of their graph, sweep. What
 * turbo does for a run of `make` (starting a layer when those before it are done) is done here by the graph itself.
 */
export async function conduct(orders: Orders, ports: ConductPorts): Promise<RunOutcome> {
  const refusal = await guard(orders, ports);
  if (refusal !== undefined) return { kind: 'refused', why: refusal };
  const poller = new Poller(ports.cloud, ports.clock, ports.polling);
  try {
    await poller.sweep(ports.signal);
    const refused = refusedStep(orders, poller.latest, ports);
    if (refused !== undefined) return { kind: 'refused', why: `${refused.stack} ${refused.reason}` };
    if (orders.direction === 'up' && isUnchanged(orders, poller.latest, ports)) return { kind: 'done', changed: false };
    return await underLease(orders, ports, poller);
  } catch (error) {
    return outcomeOf(error, ports);
  }
}

function outcomeOf(error: unknown, { signal }: ConductPorts): RunOutcome {
  if (signal.aborted) return { kind: 'interrupted' };
  return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
}

async function underLease(orders: Orders, ports: ConductPorts, poller: Poller): Promise<RunOutcome> {
  return await withLease(ports, async (lease, signal) => {
    // Whoever had the lease before may have changed everything.
    await poller.sweep(signal);
    const refused = refusedStep(orders, poller.latest, ports);
    if (refused !== undefined) return { kind: 'refused', why: `${refused.stack} ${refused.reason}` };
    const context = contextOf(orders, ports, poller, lease, signal);
    if (orders.direction === 'up') await ports.sweep(lease, true);
    const outcomes = await runLayers(orders, context, ports.hook);
    if (signal.aborted) return { kind: 'interrupted' };
    const bad = [...outcomes].filter(([, outcome]) => outcome !== 'done').map(([layer]) => layer);
    if (bad.length > 0) return { kind: 'failed', why: `layers ${bad.join(', ')}` };
    const stayed = orders.direction === 'up' ? await removeUnwanted(orders, context) : [];
    if (signal.aborted) return { kind: 'interrupted' };
    if (stayed.length > 0) return { kind: 'failed', why: `stacks ${stayed.join(', ')}` };
    return orders.direction === 'down' ? await sweepAll(lease, ports) : { kind: 'done', changed: true };
  });
}

async function sweepAll(lease: Lease, ports: ConductPorts): Promise<RunOutcome> {
  const left = await ports.sweep(lease, false);
  return left.length === 0 ? { kind: 'done', changed: true } : { kind: 'failed', why: `left: ${left.join(', ')}` };
}

/** The sweep by itself: guards, lease, and what is left. What stands is left alone. */
export async function conductSweep(orders: Orders, ports: ConductPorts): Promise<RunOutcome> {
  const refusal = await guard(orders, ports);
  if (refusal !== undefined) return { kind: 'refused', why: refusal };
  try {
    return await withLease(ports, (lease) => sweepAll(lease, ports));
  } catch (error) {
    return outcomeOf(error, ports);
  }
}

/** Aborted when the run is, and when its lease is lost. */
async function withLease(
  ports: ConductPorts,
  work: (lease: Lease, signal: AbortSignal) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const lease = await takeLease({ ...ports.lease, clock: ports.clock, signal: ports.signal });
  // By hand: what AbortSignal.any makes is kept for as long as the process lives.
  const stop = new AbortController();
  // Each stack in flight listens to it.
  setMaxListeners(0, stop.signal);
  const forward = (event: Event): void => stop.abort((event.target as AbortSignal).reason);
  const sources = [ports.signal, lease.lost];
  for (const source of sources) {
    if (source.aborted) stop.abort(source.reason);
    source.addEventListener('abort', forward);
  }
  try {
    return await work(lease, stop.signal);
  } finally {
    for (const source of sources) source.removeEventListener('abort', forward);
    await lease.release();
  }
}

async function guard({ direction, protect, account }: Orders, ports: ConductPorts): Promise<string | undefined> {
  if (direction === 'down' && protect) return 'the environment is protected';
  try {
    const found = await patiently(ports.clock, ports.account, ports.signal);
    return found === account ? undefined : `wrong account: ${found}, not ${account}`;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.message;
  }
}

function planOf(
  { environment, direction, desired }: Orders,
  layer: string,
  observed: StackMap,
  readiness: Readiness | undefined,
): readonly Step[] {
  const isReady: IsReady = (wanted, stack) => isKnownReady(readiness, wanted, stack);
  const input = { environment, layer, desired: desired.get(layer) ?? [], observed, isReady };
  return direction === 'up' ? planUp(input) : planDown(input);
}

function planAll(orders: Orders, observed: StackMap, { readiness }: ConductPorts): readonly Step[] {
  return orders.layers.flatMap(({ name }) => planOf(orders, name, observed, readiness));
}

function refusedStep(orders: Orders, observed: StackMap, ports: ConductPorts): Step | undefined {
  return planAll(orders, observed, ports).find(({ kind }) => kind === 'refuse');
}

function isUnchanged(orders: Orders, observed: StackMap, ports: ConductPorts): boolean {
  return planAll(orders, observed, ports).every(({ kind }) => kind === 'skip');
}

function contextOf(orders: Orders, ports: ConductPorts, poller: Poller, lease: Lease, signal: AbortSignal): RunContext {
  const { cloud, clock, journal, ledger, blockers, collisions, witness, operationMsMax } = ports;
  return {
    ...{
      run: orders.run,
      environment: orders.environment,
      cloud,
      poller,
      clock,
      journal,
      lease,
      signal,
      operationMsMax,
      collisions,
      witness,
    },
    ...(orders.direction === 'down' ? { ledger } : {}),
    ...(orders.protect ? {} : { blockers }),
    ...(ports.readiness === undefined ? {} : { readiness: ports.readiness }),
    writes: new Gate(ports.writesMax),
    inFlightAt: new Map(),
    neverWhole: new Set(),
    expectedMs: (stack, kind) => ports.expectations.own(stack, kind),
    diagnose: () => undefined,
    command: orders.direction,
  };
}

/** A layer begins when the layers before it are done; when one fails, those behind it do not begin. */
async function runLayers(
  orders: Orders,
  context: RunContext,
  hook: ConductPorts['hook'],
): Promise<ReadonlyMap<string, LayerOutcome>> {
  const results = new Map<string, Promise<LayerOutcome>>();
  const before = layersBefore(orders);
  const start = (layer: string): Promise<LayerOutcome> => {
    const known = results.get(layer);
    if (known !== undefined) return known;
    const result = Promise.all((before.get(layer) ?? []).map(start)).then((outcomes) =>
      outcomes.every((outcome) => outcome === 'done') ? runOne(orders, context, layer, hook) : 'not-started',
    );
    results.set(layer, result);
    return result;
  };
  const ended = await Promise.all(orders.layers.map(async ({ name }) => [name, await start(name)] as const));
  return new Map(ended);
}

/** @returns the stacks that are no longer wanted and stand all the same */
async function removeUnwanted(orders: Orders, context: RunContext): Promise<readonly string[]> {
  const { latest } = context.poller;
  const steps = orders.layers.map(({ name }) => [name, planOf(orders, name, latest, context.readiness)] as const);
  const results = await execute(context, removalsLast(orders.layers, new Map(steps)));
  return [...results].filter(([, result]) => !isGood(result)).map(([stack]) => stack);
}

async function runOne(
  orders: Orders,
  context: RunContext,
  layer: string,
  hook: ConductPorts['hook'],
): Promise<LayerOutcome> {
  if (context.signal.aborted) return 'interrupted';
  context.journal.write({ type: 'layer-started', layer });
  const steps = planOf(orders, layer, context.poller.latest, context.readiness);
  const announce = ({ stack, kind, reason, dependsOn }: Step): void =>
    context.journal.write({ type: 'step-planned', layer, stack, kind, reason, dependsOn });
  for (const step of steps) announce(step);
  const now = inTurn(orders.direction, steps);
  // A layer without stacks looks after the others: its hooks have their turn whenever there is a run.
  const hasWork = steps.length === 0 || steps.some(({ kind }) => kind !== 'skip');
  const runHook = async (when: 'before' | 'after'): Promise<boolean> =>
    !hasWork || (await hook?.(layer, `${when}-${orders.direction}`, context.poller.latest)) === undefined;
  let isDone = await runHook('before');
  if (isDone) isDone = [...(await execute(context, now, announce)).values()].every(isGood) && (await runHook('after'));
  const outcome = isDone ? 'done' : context.signal.aborted ? 'interrupted' : 'failed';
  context.journal.write({ type: 'layer-finished', layer, outcome });
  return outcome;
}

/** Which layers have to be done before each: the graph as it stands, or with its arrows reversed. */
function layersBefore({ direction, layers }: Orders): ReadonlyMap<string, readonly string[]> {
  if (direction === 'up') return new Map(layers.map(({ name, dependsOn }) => [name, dependsOn]));
  return new Map(
    layers.map(({ name }) => [name, layers.filter((one) => one.dependsOn.includes(name)).map((one) => one.name)]),
  );
}
