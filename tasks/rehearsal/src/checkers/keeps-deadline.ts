import type { Checker } from '../record.ts';

/** Longer than any of these environments takes with everything that can go wrong. */
const RUN_HOURS_MAX = 48;

/** Every run comes to an end in its time. */
export const keepsDeadline: Checker = ({ runs }) =>
  runs
    .filter(({ startedAt, endedAt }) => endedAt - startedAt > RUN_HOURS_MAX * 3_600_000)
    .map(({ run, startedAt, endedAt }) => `${run} took ${Math.round((endedAt - startedAt) / 3_600_000)} hours`);
