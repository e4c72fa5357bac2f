import { isRead } from '../../faults/stale-answers.ts';
import type { RateLimit } from '../../world.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html; writes EST. */
const READ: RateLimit = { bucket: 'elasticloadbalancing.read', burst: 40, perSecond: 10 };
const WRITE: RateLimit = { bucket: 'elasticloadbalancing.write', burst: 20, perSecond: 3 };

export function limitOf(operation: string): RateLimit {
  return isRead(operation) ? READ : WRITE;
}
