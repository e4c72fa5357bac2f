import type { Checker } from '../record.ts';
import { isChange } from './reads.ts';

/** Whoever changes the environment holds its lease at that moment. */
export const oneWriter: Checker = ({ calls }) => {
  // Where the answer to a write of the lease got lost, nobody can say whether it was done: both may be true.
  let holders: readonly string[] = [''];
  const problems: string[] = [];
  for (const call of calls) {
    if (call.leaseOf !== undefined && call.outcome === 'ok') holders = [call.leaseOf];
    if (call.leaseOf !== undefined && call.outcome === 'lost') holders = [...holders, call.leaseOf];
    if (isChange(call) && !holders.includes(call.run)) {
      problems.push(
        `${call.run} sent ${call.operation} ${call.subject} while ${holders.join(' or ') || 'nobody'} held the lease`,
      );
    }
  }
  return problems;
};
