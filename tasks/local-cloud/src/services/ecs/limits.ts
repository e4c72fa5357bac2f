import { isRead } from '../../faults/stale-answers.ts';
import type { RateLimit } from '../../world.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const LIMITS = {
  'cluster-modify': { burst: 20, perSecond: 1 },
  'cluster-read': { burst: 50, perSecond: 20 },
  'service-modify': { burst: 50, perSecond: 5 },
  'service-read': { burst: 100, perSecond: 20 },
  'task-definition-modify': { burst: 20, perSecond: 1 },
  'task-definition-read': { burst: 50, perSecond: 20 },
} as const;

/** Clusters, their tasks and capacity providers share the buckets of clusters. */
export function limitOf(operation: string): RateLimit {
  const subject = /TaskDefinition/.test(operation)
    ? 'task-definition'
    : /Service/.test(operation)
      ? 'service'
      : 'cluster';
  const bucket = `${subject}-${isRead(operation) ? 'read' : 'modify'}` as const;
  return { bucket, ...LIMITS[bucket] };
}
