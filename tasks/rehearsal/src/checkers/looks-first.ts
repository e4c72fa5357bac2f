import type { CallRecord, Checker } from '../record.ts';
import { isChange } from './reads.ts';

/**
 * Whoever does not know whether a stack's operation was begun looks before it is sent again. A delete through Cloud
 * Control carries a token of its own and names one thing: to send it twice is to send it once.
 */
export const looksFirst: Checker = ({ calls }) => {
  const unsure = new Map<string, CallRecord>();
  const problems: string[] = [];
  for (const call of calls) {
    if (call.operation === 'DescribeStacks' && call.outcome === 'ok') forget(unsure, call.run);
    if (!isChange(call) || call.service !== 'cloudformation') continue;
    const key = `${call.run} ${call.operation} ${call.subject}`;
    if (unsure.has(key)) problems.push(`${key} is sent again without a look, although nobody knows what became of it`);
    unsure.delete(key);
    if (isUnsure(call)) unsure.set(key, call);
  }
  return problems;
};

function isUnsure({ outcome }: CallRecord): boolean {
  return outcome === 'lost' || outcome === 'InternalFailure' || outcome === 'ServiceUnavailable';
}

function forget(unsure: Map<string, CallRecord>, run: string): void {
  for (const [key, call] of unsure) if (call.run === run) unsure.delete(key);
}
