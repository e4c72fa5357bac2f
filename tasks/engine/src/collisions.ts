import type { Blocker } from './blockers.ts';
import type { ResolvedStack } from './stack.ts';

/**
 * Finds what bears the names that a stack wants, and clears away what an earlier teardown of the same environment has
 * left. Methods reject with a CloudError.
 */
export interface Collisions {
  /** Reads only. Empty where nobody else bears one of the names that the stack's template gives. */
  find(environment: string, stack: ResolvedStack): Promise<readonly Blocker[]>;
  /** Clears one away whose remedy says so; may be done twice. */
  clear(blocker: Blocker): Promise<void>;
}
