import type { StackMap } from './poller.ts';
import type { ObservedStack } from './stack.ts';

/** True for a stack that no longer is as it was before a write. */
export function hasMoved(stacks: StackMap, before: ObservedStack): boolean {
  const now = stacks.get(before.name);
  return now?.status !== before.status || now.updatedAt !== before.updatedAt;
}
