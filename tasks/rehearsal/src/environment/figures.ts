import { longestChain, type Link } from './longest-chain.ts';
import type { PlayedSeed } from './play-seed.ts';
import type { Project } from './project.ts';
import type { Trip } from './trip.ts';

/** What all trips of one direction came to. */
export interface Figures {
  readonly trips: number;
  readonly medianMs: number;
  /** 95 of 100 took no longer. */
  readonly mostMs: number;
  readonly longestMs: number;
  /** The critical path of the trip that took the median. */
  readonly chain: readonly Link[];
  /** By operation, medians. */
  readonly calls: Readonly<Record<string, number>>;
  /** The most of all trips. */
  readonly throttled: number;
}

/** Undefined where no trip of that direction came to a good end. */
export function figuresOf(
  project: Project,
  played: readonly PlayedSeed[],
  direction: Trip['direction'],
): Figures | undefined {
  const trips = played
    .flatMap((one) => one.trips)
    .filter((trip) => trip.direction === direction && trip.outcome.kind === 'done')
    .sort((one, other) => one.ms - other.ms);
  const middle = rank(trips, 0.5);
  if (middle === undefined) return undefined;
  const operations = [...new Set(trips.flatMap(({ calls }) => Object.keys(calls)))].sort();
  return {
    trips: trips.length,
    medianMs: middle.ms,
    mostMs: rank(trips, 0.95)?.ms ?? middle.ms,
    longestMs: trips.at(-1)?.ms ?? middle.ms,
    chain: longestChain(project, middle),
    calls: Object.fromEntries(operations.map((name) => [name, medianOf(trips.map(({ calls }) => calls[name] ?? 0))])),
    throttled: Math.max(...trips.map(({ throttled }) => throttled)),
  };
}

function medianOf(values: readonly number[]): number {
  return (
    rank(
      [...values].sort((one, other) => one - other),
      0.5,
    ) ?? 0
  );
}

/** The nearest rank: a value that was seen, not one in between. */
function rank<T>(sorted: readonly T[], share: number): T | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
