import type { Due, World } from '../../world.ts';
import { forgetDrift } from './drift/drift-state.ts';
import { signalWaits } from './signals.ts';
import { forgetEvents } from './stack-event.ts';
import { stackResourceKey, stackResources } from './stack-resource.ts';
import { stacks, templates } from './stack.ts';

/** Ninety days after its delete a stack is listed no more, not even by its ARN. */
export function forgetStack(world: World, due: Due): void {
  const { stackId } = due.payload as { stackId: string };
  const stack = stacks(world, due.realm).get(stackId);
  if (stack?.status !== 'DELETE_COMPLETE') return;
  forgetDrift(world, due.realm, stackId, stack.logicalIds);
  for (const id of stack.logicalIds) {
    stackResources(world, due.realm).delete(stackResourceKey(stackId, id));
    signalWaits(world, due.realm).delete(stackResourceKey(stackId, id));
  }
  forgetEvents(world, due.realm, stackId);
  templates(world, due.realm).delete(stackId);
  stacks(world, due.realm).delete(stackId);
}
