import type { Realm, World } from '../../world.ts';
import { livingStacks } from '../cloudformation/stack.ts';

/** Stacks are resources too, as far as tags go. */
export function* stacksWithTags(
  world: World,
  realm: Realm,
): Iterable<{ readonly arn: string; readonly tags: Readonly<Record<string, string>> }> {
  for (const { id, tags } of livingStacks(world, realm)) if (Object.keys(tags).length > 0) yield { arn: id, tags };
}
