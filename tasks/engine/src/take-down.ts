import { send, StepFailure, tokenOf, waitForEnd, waitForGone } from './operation.ts';
import type { RunContext } from './run-context.ts';
import type { ObservedStack } from './stack.ts';
import { statusClass } from './status.ts';

/** States in which CloudFormation accepts a delete although something is still going on. */
const DELETABLE_IN_PROGRESS = ['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'REVIEW_IN_PROGRESS'];

/**
 * Takes one stack away and sees it gone. Termination protection is a hard stop here, also when somebody switched it
 * on after the plan was made.
 * @throws StepFailure when it is protected or its delete fails.
 */
export async function takeDown(context: RunContext, name: string): Promise<void> {
  let stack = context.poller.latest.get(name);
  if (stack !== undefined && mustWaitFirst(stack)) {
    stack = await waitForEnd(context, name, 'wait', { id: stack.id, goneAfterSweeps: 1 });
  }
  if (stack === undefined) return;
  if (stack.terminationProtection) throw new StepFailure(name, 'termination protection is on', { observed: stack });
  await deleteStack(context, stack, 0);
}

/** Sends the delete (unless one is under way) and waits until the stack is gone. */
export async function deleteStack(context: RunContext, stack: ObservedStack, attempt: number): Promise<void> {
  const token = tokenOf(context.run, stack.name, 'DeleteStack', attempt);
  if (stack.status !== 'DELETE_IN_PROGRESS') {
    await send(context, stack.name, 'DeleteStack', token, () =>
      context.cloud.delete({ stackName: stack.name, stackId: stack.id, token }),
    );
  }
  const left = await waitForGone(context, stack);
  if (left !== undefined) throw new StepFailure(stack.name, left.reason ?? left.status, { token, observed: left });
}

function mustWaitFirst(stack: ObservedStack): boolean {
  if (stack.status === 'DELETE_IN_PROGRESS') return false;
  return statusClass(stack.status) === 'in-progress' && !DELETABLE_IN_PROGRESS.includes(stack.status);
}
