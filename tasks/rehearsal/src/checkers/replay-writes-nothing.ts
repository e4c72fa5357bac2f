import type { Checker } from '../record.ts';
import { isRead } from './reads.ts';

/** The second `up` in a row, with nothing changed, writes nothing at all. */
export const replayWritesNothing: Checker = ({ scenario, calls, runs }) => {
  const again = runs.filter(({ act }) => act === scenario.acts.length + 1).map(({ run }) => run);
  return calls
    .filter((call) => again.includes(call.run) && !isRead(call))
    .map(({ run, operation, subject }) => `${run} has nothing to do and sends ${operation} ${subject}`);
};
