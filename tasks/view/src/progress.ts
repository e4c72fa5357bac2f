import type { RunView, StackView } from './run-view.ts';

export interface Progress {
  /** Done, from 0 to 1; 1 only when every planned stack is finished and every layer is over. */
  readonly fraction: number;
  /** Time that the rest needs along its longest chain; absent where nothing is known of it. */
  readonly remainingMs?: number;
  /** True where something unfinished has no expected time, so that `remainingMs` is a lower bound. */
  readonly atLeast: boolean;
  readonly inFlight: number;
  readonly waiting: number;
  readonly finished: number;
  readonly failed: number;
}

/** A stack that runs longer than expected never counts as wholly done before it is. */
const IN_FLIGHT_FRACTION_MAX = 0.95;

/** How far a run is, each stack weighing its expected duration where that is known, else the median of those known. */
export function progress(view: RunView, nowMs: number): Progress {
  const stacks = [...view.stacks.values()];
  const expected = stacks.map((stack) => stack.expectedMs).filter((ms) => ms !== undefined);
  const fallback = median(expected);
  let done = 0;
  let all = 0;
  for (const stack of stacks) {
    const weight =
      stack.kind === 'skip' || stack.kind === 'refuse' ? 0 : Math.max(1, stack.expectedMs ?? fallback ?? 1);
    all += weight;
    done += weight * fractionOf(stack, nowMs, fallback);
  }
  const finished = stacks.filter((stack) => stack.outcome !== undefined).length;
  const inFlight = stacks.filter((stack) => stack.outcome === undefined && stack.startedAt !== undefined).length;
  return {
    fraction: overall(view, done, all),
    ...remaining(view, nowMs),
    inFlight,
    waiting: stacks.length - finished - inFlight,
    finished,
    failed: stacks.filter((stack) => stack.outcome === 'failed').length,
  };
}

function fractionOf(stack: StackView, nowMs: number, fallbackMs: number | undefined): number {
  if (stack.outcome !== undefined) return 1;
  const expectedMs = stack.expectedMs ?? fallbackMs;
  if (stack.startedAt === undefined || expectedMs === undefined) return 0;
  const elapsed = Math.max(0, nowMs - stack.startedAt);
  return Math.min(IN_FLIGHT_FRACTION_MAX, elapsed / Math.max(1, expectedMs));
}

/** A layer that has not shown its stacks yet counts as much as the layers that have, on average. */
function overall(view: RunView, done: number, all: number): number {
  const planned = new Set([...view.stacks.values()].map((stack) => stack.layer));
  const open = [...view.layers.values()].filter((layer) => layer.outcome === undefined);
  const unknown = open.filter((layer) => !planned.has(layer.name)).length;
  if (open.length === 0 && view.layers.size > 0) return 1;
  if (all > 0) return done / (all * (1 + unknown / Math.max(1, planned.size)));
  return view.layers.size === 0 ? 0 : (view.layers.size - open.length) / view.layers.size;
}

function remaining(view: RunView, nowMs: number): { remainingMs?: number; atLeast: boolean } {
  const unfinished = [...view.stacks.values()].filter((stack) => stack.outcome === undefined);
  const planned = new Set([...view.stacks.values()].map((stack) => stack.layer));
  const layersUnknown = [...view.layers.values()].some(
    (layer) => layer.outcome === undefined && !planned.has(layer.name),
  );
  const known = unfinished.filter((stack) => stack.expectedMs !== undefined);
  const atLeast = layersUnknown || known.length < unfinished.length;
  if (known.length === 0) return { atLeast };
  const ends = new Map<string, number>();
  return { remainingMs: Math.max(...unfinished.map((stack) => endOf(stack, view, nowMs, ends))), atLeast };
}

/** When a stack will be finished, in milliseconds from now: after its dependencies, as nothing else holds it back. */
function endOf(stack: StackView, view: RunView, nowMs: number, ends: Map<string, number>): number {
  if (stack.outcome !== undefined) return 0;
  const known = ends.get(stack.name);
  if (known !== undefined) return known;
  // Stands in the map before its dependencies are asked, so that a circle in a damaged journal ends.
  ends.set(stack.name, 0);
  const expected = stack.expectedMs ?? 0;
  if (stack.startedAt !== undefined) {
    const left = Math.max(0, expected - (nowMs - stack.startedAt));
    ends.set(stack.name, left);
    return left;
  }
  let start = 0;
  for (const name of stack.dependsOn) {
    const dependency = view.stacks.get(name);
    if (dependency !== undefined) start = Math.max(start, endOf(dependency, view, nowMs, ends));
  }
  ends.set(stack.name, start + expected);
  return start + expected;
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
