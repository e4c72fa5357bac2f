import type { CallRecord, Checker } from '../record.ts';
import type { Scenario } from '../scenario.ts';
import { isRead } from './reads.ts';

interface Limit {
  readonly perSecond: number;
  readonly burst: number;
}

/** What the account allows in a second, and at once. */
const ALLOWED = { reads: { perSecond: 10, burst: 10 }, writes: { perSecond: 5, burst: 5 } } as const;
/** What a run that tries more asks for until a call of that kind is throttled. */
const TRIED: Limit = { perSecond: 40, burst: 10 };
const WINDOW_MS = 10_000;
/** An answer may come so late, and what was on its way goes on. */
const HEARD_MS = 30_000;

/** No run asks CloudFormation more often than its account allows; one that tries more does so until its first throttle. */
export const keepsBudget: Checker = ({ calls, scenario }) => {
  const problems: string[] = [];
  const own = calls.filter(({ service }) => service === 'cloudformation');
  for (const run of new Set(own.map((call) => call.run))) {
    const ofRun = own.filter((call) => call.run === run);
    for (const kind of ['reads', 'writes'] as const) {
      const ofKind = ofRun.filter((call) => isRead(call) === (kind === 'reads'));
      for (const { limit, times } of phasesOf(scenario, ofKind, ALLOWED[kind])) {
        const most = busiest(times);
        const allowed = (limit.perSecond * WINDOW_MS) / 1000 + limit.burst;
        if (most > allowed)
          problems.push(`${run} makes ${most} ${kind} in ${WINDOW_MS / 1000} s, and ${allowed} are allowed`);
      }
    }
  }
  return problems;
};

/** Which calls are held against which limit. */
function phasesOf({ budget }: Scenario, calls: readonly CallRecord[], known: Limit) {
  const times = calls.map(({ at }) => at);
  if (budget !== 'tries') return [{ limit: known, times }];
  const throttledAt = calls.find(({ outcome }) => outcome === 'Throttling')?.at ?? Infinity;
  return [
    { limit: TRIED, times },
    { limit: known, times: times.filter((at) => at > throttledAt + HEARD_MS) },
  ];
}

function busiest(times: readonly CallRecord['at'][]): number {
  let most = 0;
  let from = 0;
  for (let to = 0; to < times.length; to += 1) {
    while ((times[to] ?? 0) - (times[from] ?? 0) > WINDOW_MS) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
