import type { Observation } from './record.ts';

/** A rehearsal as lines, the same for the same scenario: every call, and every run with its journal. */
export function tell({ calls, runs, operations, sights }: Observation): string[] {
  const startedAt = runs[0]?.startedAt ?? 0;
  const seconds = (at: number): string => ((at - startedAt) / 1000).toFixed(3).padStart(12);
  const told = [
    ...calls.map(({ at, run, service, operation, subject, outcome }) => ({
      at,
      text: `${run} ${service} ${operation} ${subject} ${outcome}`,
    })),
    ...runs.flatMap(({ run, journal }) =>
      journal.map(({ at, ...entry }) => ({ at, text: `${run} journal ${JSON.stringify(entry)}` })),
    ),
    ...runs.map(({ run, endedAt, outcome }) => ({ at: endedAt, text: `${run} ends ${JSON.stringify(outcome)}` })),
  ];
  return [
    ...told.sort((a, b) => a.at - b.at).map(({ at, text }) => `${seconds(at)} ${text}`),
    ...operations.map((one) => `operation ${JSON.stringify(one)}`),
    ...[...sights].map(([act, sight]) => `after act ${act}: ${JSON.stringify(sight)}`),
  ];
}
