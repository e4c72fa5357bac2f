import type { JournalEvent } from '@roundtrip/engine';
import { emptyRunView, type HookView, type LayerView, type RunView, type StackView } from './run-view.ts';

const HOOK_LINES_MAX = 200;

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

/**
 * The view after one more event. Pure; the view given is not changed. An event about a stack that was never planned
 * is passed over, because the journal of a killed run may lack its beginning or its end.
 */
export function reduce(before: RunView, event: JournalEvent): RunView {
  const view: RunView = { ...before, startedAt: before.startedAt ?? event.at, latestAt: event.at };
  switch (event.type) {
    case 'run-started':
      return startRun(view, event);
    case 'guard-passed':
      return { ...view, guards: [...view.guards, event] };
    case 'layer-started':
      return withLayer(view, event.layer, { startedAt: event.at });
    case 'layer-finished':
      return withLayer(view, event.layer, { finishedAt: event.at, outcome: event.outcome });
    case 'step-planned':
      return planStep(view, event);
    case 'step-started':
      return withStack(view, event.stack, () => ({ startedAt: event.at }));
    case 'write':
      return withStack(view, event.stack, (stack) => ({ writes: stack.writes + 1 }));
    case 'state':
      return withStack(view, event.stack, (stack) => seen(stack, event.at, event.status));
    case 'step-finished':
      return finishStep(view, event);
    case 'failure':
      return { ...view, failures: [...view.failures, event] };
    case 'hook-started':
    case 'hook-output':
    case 'hook-finished':
      return reduceHook(view, event);
    case 'notice':
      return { ...view, notices: [...view.notices, event] };
    case 'lease':
      return { ...view, lease: event };
    case 'stopped':
      return { ...view, stopped: event };
    case 'slower':
      return { ...view, slower: event };
    case 'interrupted':
      return { ...view, interrupted: event };
    case 'run-finished':
      return { ...view, result: event };
    default:
      return view;
  }
}

/** The view of a whole journal. */
export function reduceAll(events: Iterable<JournalEvent>): RunView {
  let view = emptyRunView;
  for (const event of events) view = reduce(view, event);
  return view;
}

function startRun(view: RunView, event: EventOf<'run-started'>): RunView {
  const { run, verb, direction, environment, account, region, cloud } = event;
  return {
    ...view,
    startedAt: event.at,
    head: { run, verb, direction, environment, account, region, cloud },
    layers: new Map(event.layers.map((layer) => [layer.name, { name: layer.name, dependsOn: layer.dependsOn }])),
  };
}

function withLayer(view: RunView, name: string, change: Partial<LayerView>): RunView {
  const layer = view.layers.get(name) ?? { name, dependsOn: [] };
  return { ...view, layers: new Map(view.layers).set(name, { ...layer, ...change }) };
}

function planStep(view: RunView, event: EventOf<'step-planned'>): RunView {
  const stack: StackView = {
    name: event.stack,
    layer: event.layer,
    kind: event.kind,
    reason: event.reason,
    dependsOn: event.dependsOn,
    ...(event.expectedMs === undefined ? {} : { expectedMs: event.expectedMs }),
    statuses: [],
    writes: 0,
  };
  return { ...view, stacks: new Map(view.stacks).set(event.stack, stack) };
}

function withStack(view: RunView, name: string, change: (stack: StackView) => Partial<StackView>): RunView {
  const stack = view.stacks.get(name);
  if (stack === undefined) return view;
  return { ...view, stacks: new Map(view.stacks).set(name, { ...stack, ...change(stack) }) };
}

function seen(stack: StackView, at: number, status: string): Partial<StackView> {
  return stack.status === status ? {} : { status, statuses: [...stack.statuses, { at, status }] };
}

function finishStep(view: RunView, event: EventOf<'step-finished'>): RunView {
  return withStack(view, event.stack, (stack) => ({
    ...(event.status === undefined ? {} : seen(stack, event.at, event.status)),
    outcome: event.outcome,
    finishedAt: event.at,
  }));
}

function reduceHook(view: RunView, event: EventOf<'hook-started' | 'hook-output' | 'hook-finished'>): RunView {
  if (event.type === 'hook-started') {
    const { layer, hook, at } = event;
    return { ...view, hooks: [...view.hooks, { layer, hook, startedAt: at, lines: [], linesDropped: 0 }] };
  }
  const index = view.hooks.findLastIndex((hook) => hook.layer === event.layer && hook.hook === event.hook);
  const hook = view.hooks[index];
  if (hook === undefined) return view;
  return {
    ...view,
    hooks: view.hooks.with(index, event.type === 'hook-output' ? print(hook, event.line) : end(hook, event)),
  };
}

function print(hook: HookView, text: string): HookView {
  const full = hook.lines.length >= HOOK_LINES_MAX;
  const lines = full ? hook.lines.slice(1 - HOOK_LINES_MAX) : hook.lines;
  return { ...hook, lines: [...lines, text], linesDropped: hook.linesDropped + (full ? 1 : 0) };
}

function end(hook: HookView, event: EventOf<'hook-finished'>): HookView {
  const detail = event.detail === undefined ? {} : { detail: event.detail };
  return { ...hook, finishedAt: event.at, outcome: event.outcome, ...detail };
}
