import { send, tokenOf } from './operation.ts';
import type { RunContext } from './run-context.ts';
import type { ObservedStack } from './stack.ts';
import { statusClass } from './status.ts';
import { deleteStack } from './take-down.ts';

/**
 * Deletes a stack that never was whole: it holds nothing worth protecting, so it is unprotected first. One whose delete
 * got stuck comes here unprotected alone.
 */
export async function clearStack(context: RunContext, stack: ObservedStack, attempt: number): Promise<void> {
  if (statusClass(stack.status) !== 'delete-failed') context.neverWhole.add(stack.id);
  if (stack.terminationProtection) await protectStack(context, stack.name, false, attempt);
  await deleteStack(context, stack, attempt);
}

/** Switches termination protection on or off. */
export async function protectStack(
  context: RunContext,
  stack: string,
  enabled: boolean,
  attempt: number,
): Promise<void> {
  const operation = 'UpdateTerminationProtection';
  await send(context, {
    stack,
    operation,
    token: tokenOf(context.run, stack, operation, attempt),
    call: async () => {
      await context.cloud.setTerminationProtection(stack, enabled);
      return true;
    },
    done: (stacks) => stacks.get(stack)?.terminationProtection === enabled || undefined,
  });
}
