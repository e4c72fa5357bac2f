import type { Checker } from '../record.ts';
import { isRead } from './reads.ts';

/** Nothing is written before AWS has said whose account it is and the lease is there. */
export const noWriteBeforeGuards: Checker = ({ calls }) => {
  const asked = new Set<string>();
  const problems: string[] = [];
  for (const call of calls) {
    if (call.service === 'sts' && call.outcome === 'ok') asked.add(call.run);
    if (!isRead(call) && !asked.has(call.run))
      problems.push(`${call.run} sent ${call.operation} ${call.subject} before its guards`);
  }
  return problems;
};
