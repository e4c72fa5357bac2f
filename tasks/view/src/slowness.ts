import type { JournalEvent } from '@roundtrip/engine';
import { criticalPath } from './critical-path.ts';
import { reduceAll } from './reduce.ts';
import type { RunView } from './run-view.ts';
import { timedStacks } from './timed-stacks.ts';

/** How much slower than the last ones a run was, and which stacks made it so. */
export interface Slowness {
  readonly ms: number;
  /** The median of the earlier runs, and how many they were. */
  readonly usualMs: number;
  readonly runs: number;
  /** Of the critical path, the slowest of them first; none where the time went between the stacks. */
  readonly stacks: readonly { readonly stack: string; readonly ms: number; readonly usualMs: number }[];
}

const SLOWER_SHARE = 1.25;
/** Less than this is what any two runs differ by. */
const SLOWER_MS_MIN = 1_000;
/** One earlier run may itself have been odd. */
const RUNS_MIN = 2;
const STACKS_MAX = 3;

/**
 * Compares a run that has done its work with earlier ones that did the same work: the same direction, the same stacks
 * with the same outcomes. Time spent waiting for the lease is nobody's.
 * @param now the events of this run so far
 * @param ms how long it took
 * @param before the journals of earlier runs
 * @returns undefined where it was not slower by a quarter, or there is nothing to compare with
 */
export function slowness(
  now: readonly JournalEvent[],
  ms: number,
  before: readonly (readonly JournalEvent[])[],
): Slowness | undefined {
  const view = reduceAll(now);
  const work = workOf(view);
  const earlier = before
    .map((events) => ({ events, view: reduceAll(events) }))
    .filter((one) => one.view.result?.exitCode === 0 && workOf(one.view) === work);
  if (work === undefined || earlier.length < RUNS_MIN) return undefined;
  const netMs = ms - leaseMs(now);
  const usualMs = median(earlier.map((one) => (one.view.result?.wallMs ?? 0) - leaseMs(one.events)));
  if (!isSlower(netMs, usualMs)) return undefined;
  const views = earlier.map((one) => one.view);
  return { ms: netMs, usualMs, runs: earlier.length, stacks: slowStacks(view, views) };
}

/** What a run did, as a text that is the same for two runs that did the same. */
function workOf({ head, stacks }: RunView): string | undefined {
  const done = [...stacks.values()].filter(({ outcome }) => outcome !== undefined && outcome !== 'unchanged');
  if (head === undefined || done.length === 0) return undefined;
  return [head.direction, ...done.map(({ name, outcome }) => `${name} ${outcome}`).sort()].join('\n');
}

function slowStacks(view: RunView, earlier: readonly RunView[]): Slowness['stacks'] {
  return criticalPath(timedStacks(view))
    .stacks.map((stack) => ({
      stack,
      ms: tookMs(view, stack) ?? 0,
      usualMs: median(earlier.flatMap((one) => tookMs(one, stack) ?? [])),
    }))
    .filter((one) => isSlower(one.ms, one.usualMs))
    .sort((a, b) => b.ms - b.usualMs - (a.ms - a.usualMs))
    .slice(0, STACKS_MAX);
}

function tookMs({ stacks }: RunView, stack: string): number | undefined {
  const { startedAt, finishedAt } = stacks.get(stack) ?? {};
  return startedAt === undefined || finishedAt === undefined ? undefined : finishedAt - startedAt;
}

function isSlower(ms: number, usualMs: number): boolean {
  return ms >= usualMs * SLOWER_SHARE && ms - usualMs >= SLOWER_MS_MIN;
}

/** From the first word of another's lease until this run had it. */
function leaseMs(events: readonly JournalEvent[]): number {
  const leases = events.filter((event) => event.type === 'lease');
  const waitingAt = leases.find(({ what }) => what === 'waiting')?.at;
  const takenAt = leases.find(({ what }) => what === 'taken' || what === 'taken-over')?.at;
  return waitingAt === undefined || takenAt === undefined ? 0 : takenAt - waitingAt;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity;
}
