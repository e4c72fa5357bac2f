import { execute, inTurn, isGood, isKnownReady, planDown, planUp } from '@roundtrip/engine';
import type { HookKind, IsReady, LayerOutcome, StackMap, Step } from '@roundtrip/engine';
import type { Layer } from '@roundtrip/environment';
import type { Command } from './command.ts';
import { hookKey } from './hook-state.ts';
import type { OpenEnvironment } from './open-environment.ts';
import type { RunState } from './run-state.ts';

/** Runs one hook in the layer's own process; resolves with what went wrong, undefined when it succeeded. */
export type RunHook = (hook: HookKind) => Promise<string | undefined>;

/**
 * One layer's share of a run: hook before, plan, execute, hook after. Asked for by the layer's process, which turbo
 * starts when the layers before it are done.
 */
export async function runLayer(state: RunState, layer: Layer, runHook: RunHook): Promise<LayerOutcome> {
  const { journal, context } = state;
  journal.write({ type: 'layer-started', layer: layer.name });
  const outcome = await layerOutcome(state, layer, runHook);
  const final = context.signal.aborted && outcome !== 'done' ? 'interrupted' : outcome;
  journal.write({ type: 'layer-finished', layer: layer.name, outcome: final });
  return final;
}

async function layerOutcome(state: RunState, layer: Layer, runHook: RunHook): Promise<LayerOutcome> {
  const { direction } = state.command;
  const steps = planLayer(state.command, state.open, state.context.poller.latest, layer.name);
  state.announce(layer.name, steps);
  const changes = steps.some((step) => step.kind !== 'skip');
  if (changes && !(await runNamedHook(state, layer, `before-${direction}`, runHook))) {
    return notStarted(state, steps);
  }
  if (state.context.signal.aborted) return 'interrupted';
  let planned = steps;
  const results = await execute(state.context, inTurn(direction, steps), (step) => {
    planned = planned.map((one) => (one.stack === step.stack ? step : one));
    state.announce(layer.name, planned);
  });
  if (![...results.values()].every(isGood)) return state.context.signal.aborted ? 'interrupted' : 'failed';
  return (await runAfterHook(state, layer, changes, runHook)) ? 'done' : 'failed';
}

/** The steps of a layer, from what a sweep saw. */
export function planLayer(command: Command, open: OpenEnvironment, observed: StackMap, layer: string): readonly Step[] {
  const isReady: IsReady = (desired, stack) => isKnownReady(open.readiness, desired, stack);
  const input = { environment: command.environment, layer, desired: open.desired.get(layer) ?? [], observed, isReady };
  return command.direction === 'up' ? planUp(input) : planDown(input);
}

/** True when an up run has nothing to do: no step and no hook. Then turbo has nothing to order and is not started. */
export function isUnchanged(state: RunState, steps: ReadonlyMap<string, readonly Step[]>): boolean {
  if (state.command.direction === 'down') return false;
  const allSkipped = [...steps.values()].flat().every((step) => step.kind === 'skip');
  return allSkipped && !state.open.layers.some((layer) => afterHookPending(state, layer));
}

/** True when a hook is open although its stacks stay as they are: only what was remembered can tell. */
export function hasPendingHook(state: RunState, steps: ReadonlyMap<string, readonly Step[]>): boolean {
  if (state.command.direction === 'down') return false;
  const all = [...steps.values()].flat();
  const watched = (layer: string): readonly Step[] =>
    (state.open.desired.get(layer) ?? []).length > 0 ? (steps.get(layer) ?? []) : all;
  const isSame = (layer: Layer): boolean => watched(layer.name).every((step) => step.kind === 'skip');
  return state.open.layers.some((layer) => isSame(layer) && afterHookPending(state, layer));
}

/** Journals a run in which nothing had to be done. */
export function skipLayers(state: RunState, steps: ReadonlyMap<string, readonly Step[]>): true {
  for (const [layer, ofLayer] of steps) {
    for (const step of ofLayer) {
      const status = state.context.poller.latest.get(step.stack)?.status ?? '';
      state.journal.write({ type: 'step-finished', stack: step.stack, outcome: 'unchanged', status, elapsedMs: 0 });
    }
    state.journal.write({ type: 'layer-finished', layer, outcome: 'done' });
  }
  return true;
}

/** True when the layer's "after up" hook still has to succeed for the stacks as they are now. */
function afterHookPending(state: RunState, layer: Layer): boolean {
  return layer.hooks.includes('after-up') && !state.hookState.succeeded(layer.name, keyOf(state, layer));
}

async function runAfterHook(state: RunState, layer: Layer, changes: boolean, runHook: RunHook): Promise<boolean> {
  if (state.command.direction === 'down') return await runNamedHook(state, layer, 'after-down', runHook);
  if (!changes && !afterHookPending(state, layer)) return true;
  const done = await runNamedHook(state, layer, 'after-up', runHook);
  if (done) state.hookState.record(layer.name, keyOf(state, layer));
  return done;
}

/** A layer's own stacks, or all of the environment for a layer that has none (it looks after the others). */
function keyOf(state: RunState, layer: Layer): string {
  const own = state.open.desired.get(layer.name) ?? [];
  const stacks = own.length > 0 ? own : [...state.open.desired.values()].flat();
  return hookKey(stacks.flatMap((stack) => state.context.poller.latest.get(stack.name) ?? []));
}

async function runNamedHook(state: RunState, layer: Layer, hook: HookKind, runHook: RunHook): Promise<boolean> {
  if (!layer.hooks.includes(hook)) return true;
  if (state.context.signal.aborted) return false;
  const { journal } = state;
  journal.write({ type: 'hook-started', layer: layer.name, hook });
  const error = await runHook(hook);
  const detail = error === undefined ? {} : { detail: error };
  journal.write({
    type: 'hook-finished',
    layer: layer.name,
    hook,
    outcome: error === undefined ? 'done' : 'failed',
    ...detail,
  });
  return error === undefined;
}

function notStarted(state: RunState, steps: readonly Step[]): LayerOutcome {
  for (const step of steps) {
    state.journal.write({ type: 'step-finished', stack: step.stack, outcome: 'not-started', elapsedMs: 0 });
  }
  return 'failed';
}
