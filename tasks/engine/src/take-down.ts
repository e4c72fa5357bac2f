import type { Blocker, StuckResource } from './blockers.ts';
import { classOfReason, OPERATION_PATIENCE, pauseMs } from './failure-class.ts';
import { addOrphans } from './ledger.ts';
import { mayWrite, send, StepFailure, tokenOf, waitForEnd, waitForGone } from './operation.ts';
import { patiently } from './patiently.ts';
import type { StackMap } from './poller.ts';
import type { DeleteManner, StackEvent } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { ObservedStack } from './stack.ts';
import { statusClass } from './status.ts';

/** States in which CloudFormation accepts a delete although something is still going on. */
const DELETABLE_IN_PROGRESS = ['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'REVIEW_IN_PROGRESS'];

/** Deletes that are tried whole, the cause mended between them, before anything is left behind. */
const WHOLE_TRIES = 4;
/** After those one that retains what resists, and one by force. */
const TRIES_MAX = WHOLE_TRIES + 2;
const EVENTS_MAX = 500;

/**
 * Takes one stack away and sees it gone. Termination protection is a hard stop here, also when somebody switched it
 * on after the plan was made. What is in its way is cleared first; what resists four deletes is left in the account
 * and noted in the ledger, so that the stacks below it can go.
 * @throws StepFailure when it is protected or its delete fails for good.
 */
export async function takeDown(context: RunContext, name: string): Promise<void> {
  let stack = context.poller.latest.get(name);
  if (stack !== undefined && mustWaitFirst(stack)) {
    stack = await waitForEnd(context, name, 'wait', { id: stack.id, goneAfterSweeps: 1 });
  }
  if (stack === undefined) return;
  if (stack.terminationProtection) throw new StepFailure(name, 'termination protection is on', { observed: stack });
  await climbDown(context, stack, 0);
}

/**
 * Deletes a stack on the way up, which wants its names again: the same ladder, but for the rungs that leave something in
 * the account.
 * @param attempt counts the deletes of this stack in one run: the writes of each have tokens of their own
 * @throws StepFailure when its delete fails for good.
 */
export async function deleteStack(context: RunContext, stack: ObservedStack, attempt: number): Promise<void> {
  const { ledger: _ledger, ...leavingNothing } = context;
  await climbDown(leavingNothing, stack, attempt);
}

/** The ladder: what is in the way is cleared first, and each rung gives up a little more than the one before. */
async function climbDown(context: RunContext, first: ObservedStack, attempt: number): Promise<void> {
  let stack = first;
  let stuck: readonly StuckResource[] = [];
  await clearBlockers(context, stack, stuck);
  for (let rung = 0; rung < TRIES_MAX; rung += 1) {
    const manner = await mannerOf(context, stack, rung, stuck);
    const token = await sendDelete(context, stack, attempt * TRIES_MAX + rung, manner);
    const left = await waitForGone(context, stack);
    if (left === undefined) return;
    stuck = await stuckResources(context, left, token);
    const cleared = rung === TRIES_MAX - 1 ? 0 : await clearBlockers(context, left, stuck);
    if (!mayClimb(context, rung, stuck, cleared)) {
      throw new StepFailure(stack.name, left.reason ?? left.status, { token, observed: left });
    }
    await pause(context, left, stuck, rung + 1);
    stack = left;
  }
}

/** Without a ledger nothing is left in the account; where nothing passes and nothing was mended, trying again is in vain. */
function mayClimb({ ledger }: RunContext, rung: number, stuck: readonly StuckResource[], cleared: number): boolean {
  if (rung >= TRIES_MAX - 1) return false;
  if (rung >= WHOLE_TRIES - 1) return ledger !== undefined;
  return cleared > 0 || stuck.some(({ reason }) => classOfReason(reason) !== 'real');
}

/** Waits for what passes by itself. */
async function pause(
  context: RunContext,
  stack: ObservedStack,
  stuck: readonly StuckResource[],
  retry: number,
): Promise<void> {
  const kinds = stuck.map(({ reason }) => classOfReason(reason));
  const kind = kinds.find((one) => one !== 'real') ?? 'eventual';
  const waitMs = pauseMs(OPERATION_PATIENCE[kind], retry) ?? OPERATION_PATIENCE[kind].largestMs;
  const reason = stuck.map((one) => `${one.logicalId}: ${one.reason}`).join('; ') || (stack.reason ?? stack.status);
  context.journal.write({
    type: 'retry',
    stack: stack.name,
    operation: 'delete',
    class: kind,
    reason,
    pauseMs: waitMs,
  });
  await context.clock.sleep(waitMs, context.signal);
}

/** @returns how many were cleared */
async function clearBlockers(
  context: RunContext,
  stack: ObservedStack,
  stuck: readonly StuckResource[],
): Promise<number> {
  const { blockers } = context;
  if (blockers === undefined) return 0;
  const found = await patiently(context.clock, () => blockers.find(stack, stuck), context.signal);
  for (const blocker of found) await clearOne(context, stack, blocker);
  return found.length;
}

async function clearOne(context: RunContext, stack: ObservedStack, blocker: Blocker): Promise<void> {
  const { blockers } = context;
  if (blockers === undefined) return;
  if ('next' in blocker.remedy) {
    // Without the stack: what its events say is about something else.
    throw new StepFailure(stack.name, `${blocker.what}; ${blocker.remedy.next}`);
  }
  const operation = blocker.remedy.clear;
  const token = tokenOf(context.run, stack.name, `${operation}/${blocker.physicalId}`, 0);
  await send(context, {
    ...{ stack: stack.name, operation, token },
    call: async () => {
      await blockers.clear(blocker, () => mayWrite(context));
      return true;
    },
    // Clearing may be done twice, so that a lost reply needs no look.
    done: () => undefined,
  });
  context.journal.write({ type: 'cleared', stack: stack.name, what: blocker.what });
}

/** How a rung deletes. What will be left in the account stands in the ledger before it is. */
async function mannerOf(
  context: RunContext,
  stack: ObservedStack,
  rung: number,
  stuck: readonly StuckResource[],
): Promise<DeleteManner> {
  if (rung < WHOLE_TRIES || stack.status !== 'DELETE_FAILED') return {};
  await note(context, stack, stuck);
  return rung === WHOLE_TRIES && stuck.length > 0
    ? { retain: stuck.map(({ logicalId }) => logicalId) }
    : { force: true };
}

async function note(context: RunContext, stack: ObservedStack, stuck: readonly StuckResource[]): Promise<void> {
  const { ledger, environment, run, clock } = context;
  if (ledger === undefined) return;
  const policies = await readPolicies(context, stack);
  const orphans = stuck.map((one) => {
    const policy = policies?.get(one.logicalId);
    const what = { environment, stack: stack.name, ...one, ...(policy === undefined ? {} : { policy }) };
    return { ...what, run, at: clock.now() };
  });
  await addOrphans(ledger, clock, environment, orphans);
  for (const { logicalId: resource, resourceType, physicalId, reason } of stuck) {
    context.journal.write({ type: 'orphaned', stack: stack.name, resource, resourceType, physicalId, reason });
  }
}

/** A stack that is retained from takes no snapshots: what was to leave one must not be removed without. */
async function readPolicies(
  { blockers, clock, signal }: RunContext,
  stack: ObservedStack,
): Promise<ReadonlyMap<string, string> | undefined> {
  return blockers === undefined ? undefined : await patiently(clock, () => blockers.policies(stack), signal);
}

/** What the last delete could not remove; the events come newest first. Unread, nothing is forced. */
async function stuckResources(
  context: RunContext,
  stack: ObservedStack,
  token: string | undefined,
): Promise<readonly StuckResource[]> {
  const events = await patiently(context.clock, () => context.cloud.events(stack.id, EVENTS_MAX), context.signal);
  const latest = new Map<string, StackEvent>();
  for (const event of events) if (!latest.has(event.logicalId)) latest.set(event.logicalId, event);
  return [...latest.values()].flatMap((event): StuckResource[] =>
    event.status === 'DELETE_FAILED' &&
    event.resourceType !== 'AWS::CloudFormation::Stack' &&
    (token === undefined || event.token === undefined || event.token === token)
      ? [
          {
            logicalId: event.logicalId,
            resourceType: event.resourceType,
            physicalId: event.physicalId ?? '',
            reason: event.reason ?? 'no reason given',
          },
        ]
      : [],
  );
}

/** @returns the delete's token; undefined for one that an earlier run sent and that is still under way */
async function sendDelete(
  context: RunContext,
  stack: ObservedStack,
  attempt: number,
  manner: DeleteManner,
): Promise<string | undefined> {
  if (stack.status === 'DELETE_IN_PROGRESS') return undefined;
  const token = tokenOf(context.run, stack.name, 'DeleteStack', attempt);
  await send(context, {
    ...{ stack: stack.name, operation: 'DeleteStack', token },
    call: async () => {
      await context.cloud.delete({ stackName: stack.name, stackId: stack.id, token, ...manner });
      return true;
    },
    done: (stacks) => isGoing(stacks, stack) || undefined,
  });
  return token;
}

function isGoing(stacks: StackMap, before: ObservedStack): boolean {
  const now = stacks.get(before.name);
  return now === undefined || now.id !== before.id || now.status === 'DELETE_IN_PROGRESS';
}

function mustWaitFirst(stack: ObservedStack): boolean {
  if (stack.status === 'DELETE_IN_PROGRESS') return false;
  return statusClass(stack.status) === 'in-progress' && !DELETABLE_IN_PROGRESS.includes(stack.status);
}
