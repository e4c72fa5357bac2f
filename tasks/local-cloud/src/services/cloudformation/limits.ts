import { isRead } from '../../faults/stale-answers.ts';
import type { RateLimit } from '../../world.ts';

/** EST: AWS publishes none; its support has named five DescribeStacks a second. */
const READS: RateLimit = { bucket: 'read', burst: 10, perSecond: 10 };
const WRITES: RateLimit = { bucket: 'write', burst: 5, perSecond: 5 };

export function limitOf(operation: string): RateLimit {
  return isRead(operation) || operation === 'ValidateTemplate' ? READS : WRITES;
}
