import type { CallRecord, Checker } from '../record.ts';
import { isRead } from './reads.ts';

/** What the account allows in a second, and at once. */
const READS = { perSecond: 10, burst: 10 };
const WRITES = { perSecond: 5, burst: 5 };
const WINDOW_MS = 10_000;

/** No run asks CloudFormation more often than its account allows. */
export const keepsBudget: Checker = ({ calls }) => {
  const problems: string[] = [];
  const own = calls.filter(({ service }) => service === 'cloudformation');
  for (const run of new Set(own.map((call) => call.run))) {
    const ofRun = own.filter((call) => call.run === run);
    for (const [kind, limit] of [
      ['reads', READS],
      ['writes', WRITES],
    ] as const) {
      const times = ofRun.filter((call) => isRead(call) === (kind === 'reads')).map(({ at }) => at);
      const most = busiest(times);
      const allowed = (limit.perSecond * WINDOW_MS) / 1000 + limit.burst;
      if (most > allowed)
        problems.push(`${run} makes ${most} ${kind} in ${WINDOW_MS / 1000} s, and ${allowed} are allowed`);
    }
  }
  return problems;
};

function busiest(times: readonly CallRecord['at'][]): number {
  let most = 0;
  let from = 0;
  for (let to = 0; to < times.length; to += 1) {
    while ((times[to] ?? 0) - (times[from] ?? 0) > WINDOW_MS) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
