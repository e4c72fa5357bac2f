import type { Blocker } from './blockers.ts';
import type { Collisions } from './collisions.ts';
import type { FailureEntry } from './journal-event.ts';
import { messageOf, send, tokenOf } from './operation.ts';
import { patiently } from './patiently.ts';
import type { RunContext } from './run-context.ts';
import { resolveStack, type DesiredStack } from './stack.ts';

/** Clearing once is enough, unless somebody makes the same thing again; then a person has to see it. */
const ROUNDS_MAX = 2;

/** What AWS says where a name is taken. */
const TAKEN = /already exists|AlreadyExists|AlreadyOwnedByYou|already scheduled for deletion/i;

/**
 * Looks at who bears the names of a stack that failed because one is taken. What its own environment has left is cleared
 * away, unless something is in its way that only a person may decide about.
 * @param round counts how often this step was tried before
 * @returns `cleared` where the step may be tried again; else the failure, with what is known of the names and what to type
 */
export async function settleCollisions(
  context: RunContext,
  desired: DesiredStack,
  failure: FailureEntry,
  round: number,
): Promise<'cleared' | FailureEntry> {
  const { collisions } = context;
  if (collisions === undefined || !TAKEN.test(failure.reason)) return failure;
  const found = await findAll(context, collisions, desired);
  const forPeople = found.flatMap(({ what, remedy }) => ('next' in remedy ? [{ what, next: remedy.next }] : []));
  if (forPeople.length > 0) {
    const whats = forPeople.map(({ what }) => what).join('; ');
    return { ...failure, cause: whats, next: forPeople.map(({ next }) => next).join('; ') };
  }
  if (found.length === 0 || round >= ROUNDS_MAX) return failure;
  try {
    for (const blocker of found) await clear(context, collisions, blocker);
  } catch (error) {
    context.signal.throwIfAborted();
    return { ...failure, cause: `what is in the way could not be cleared away: ${messageOf(error)}` };
  }
  // A look, because what failed may have been rolled back meanwhile.
  await context.poller.sweep(context.signal);
  return 'cleared';
}

/** A look that is refused leaves the failure as it is. */
async function findAll(
  { environment, poller, clock, signal }: RunContext,
  collisions: Collisions,
  desired: DesiredStack,
): Promise<readonly Blocker[]> {
  const resolved = resolveStack(desired, poller.latest);
  if ('missing' in resolved) return [];
  try {
    return await patiently(clock, () => collisions.find(environment, resolved.stack), signal);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

async function clear(context: RunContext, collisions: Collisions, blocker: Blocker): Promise<void> {
  if ('next' in blocker.remedy) return;
  const { stack, what, physicalId } = blocker;
  const operation = blocker.remedy.clear;
  await send(context, {
    ...{ stack, operation, token: tokenOf(context.run, stack, `${operation}/${physicalId}`, 0) },
    call: async () => {
      await collisions.clear(blocker);
      return true;
    },
    // Clearing may be done twice, so that a lost reply needs no look.
    done: () => undefined,
  });
  context.journal.write({ type: 'cleared', stack, what });
}
