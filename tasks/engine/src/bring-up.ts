import { fingerprint, tagsWithFingerprint } from './fingerprint.ts';
import type { StepOutcome } from './journal-event.ts';
import { send, StepFailure, tokenOf, waitForEnd } from './operation.ts';
import { decideUp } from './plan.ts';
import type { StackMap } from './poller.ts';
import { CloudError } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { resolveStack, TAG, type DesiredStack, type ObservedStack, type ResolvedStack } from './stack.ts';
import { succeeded } from './status.ts';
import { deleteStack } from './take-down.ts';

/** More turns than this mean that something outside changes the stack as fast as we do. */
const TURNS_MAX = 6;

/**
 * Makes one stack what it should be: looks, does the one thing that is next, looks again, until nothing is left to do.
 * What an earlier run left half done is so finished by the same code as a fresh create.
 * @param round counts how often this is begun in one run: each round's writes have tokens of their own
 * @throws StepFailure with AWS's reason when an operation ends anywhere but where it should.
 */
export async function bringUp(context: RunContext, desired: DesiredStack, round = 0): Promise<StepOutcome> {
  let outcome: StepOutcome = 'unchanged';
  for (let turn = round * TURNS_MAX; turn < (round + 1) * TURNS_MAX; turn += 1) {
    const { kind, reason } = decideUp(context.environment, desired, context.poller.latest);
    const stack = context.poller.latest.get(desired.name);
    switch (kind) {
      case 'skip':
        return outcome;
      case 'refuse':
        throw new StepFailure(desired.name, reason, { observed: stack });
      case 'wait':
        await waitForEnd(context, desired.name, 'wait', { id: stack!.id, goneAfterSweeps: 1 });
        break;
      case 'recreate':
        await clear(context, stack!, turn);
        outcome = 'recreated';
        break;
      case 'continue-rollback':
        await continueRollback(context, stack!, turn);
        break;
      case 'create':
        await create(context, resolve(context, desired), turn);
        return outcome === 'recreated' ? 'recreated' : 'created';
      default:
        await update(context, resolve(context, desired), stack!, turn);
        outcome = outcome === 'unchanged' ? 'updated' : outcome;
    }
  }
  throw new StepFailure(
    desired.name,
    `is still not as wanted after ${TURNS_MAX} operations; something else changes it`,
  );
}

/** A stack that never was complete holds nothing worth protecting and can only be deleted, so it is unprotected first. */
async function clear(context: RunContext, stack: ObservedStack, attempt: number): Promise<void> {
  if (stack.terminationProtection) await protect(context, stack.name, false, attempt);
  await deleteStack(context, stack, attempt);
}

async function create(context: RunContext, stack: ResolvedStack, attempt: number): Promise<void> {
  const token = tokenOf(context.run, stack.name, 'CreateStack', attempt);
  const content = { ...contentOf(stack), token, terminationProtection: stack.terminationProtection };
  const id = await send(context, {
    stack: stack.name,
    operation: 'CreateStack',
    token,
    call: () => context.cloud.create(content),
    done: (stacks) => ourId(stacks, stack),
  }).catch((error: unknown) => adopt(context, stack, error));
  const end = await waitForEnd(context, stack.name, 'create', { id });
  if (end === undefined) throw new StepFailure(stack.name, 'was deleted while it was being created', { token });
  if (!succeeded('create', end.status)) throw failureOf(end, token);
}

/** The same fingerprint says that a stack is ours. */
function ourId(stacks: StackMap, stack: ResolvedStack): string | undefined {
  const found = stacks.get(stack.name);
  return found?.tags[TAG.fingerprint] === fingerprint(stack) ? found.id : undefined;
}

/** `already exists` may be the echo of a create whose reply was lost. */
async function adopt(context: RunContext, stack: ResolvedStack, error: unknown): Promise<string> {
  if (!(error instanceof CloudError) || error.kind !== 'already-exists') throw error;
  const stacks = await context.poller.sweep();
  const id = ourId(stacks, stack);
  if (id !== undefined) return id;
  throw new StepFailure(stack.name, error.message, { observed: stacks.get(stack.name), cause: error });
}

async function update(
  context: RunContext,
  stack: ResolvedStack,
  before: ObservedStack,
  attempt: number,
): Promise<void> {
  if (before.tags[TAG.fingerprint] !== fingerprint(stack) || before.status === 'UPDATE_FAILED') {
    const token = tokenOf(context.run, stack.name, 'UpdateStack', attempt);
    const accepted = await send(context, {
      stack: stack.name,
      operation: 'UpdateStack',
      token,
      call: () => context.cloud.update({ ...contentOf(stack), token }),
      done: (stacks) => (hasMoved(stacks, before) ? before.id : undefined),
    }).catch((error: unknown) => {
      if (error instanceof CloudError && error.kind === 'no-updates') return undefined;
      throw error;
    });
    if (accepted !== undefined) await expectUpdated(context, before, token);
  }
  if (before.terminationProtection !== stack.terminationProtection) {
    await protect(context, stack.name, stack.terminationProtection, attempt);
    await context.poller.sweep();
  }
}

async function expectUpdated(context: RunContext, before: ObservedStack, token: string): Promise<void> {
  const end = await waitForEnd(context, before.name, 'update', { id: before.id, before });
  if (end === undefined) throw new StepFailure(before.name, 'was deleted while it was being updated', { token });
  if (!succeeded('update', end.status)) throw failureOf(end, token);
}

async function continueRollback(context: RunContext, before: ObservedStack, attempt: number): Promise<void> {
  const token = tokenOf(context.run, before.name, 'ContinueUpdateRollback', attempt);
  await send(context, {
    stack: before.name,
    operation: 'ContinueUpdateRollback',
    token,
    call: async () => {
      await context.cloud.continueRollback({ stackName: before.name, stackId: before.id, token });
      return true;
    },
    done: (stacks) => hasMoved(stacks, before) || undefined,
  });
  const end = await waitForEnd(context, before.name, 'continue-rollback', { id: before.id, before });
  if (end === undefined || !succeeded('continue-rollback', end.status)) throw failureOf(end ?? before, token);
}

async function protect(context: RunContext, stack: string, enabled: boolean, attempt: number): Promise<void> {
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

/** True for a stack that no longer is as it was before a write. */
function hasMoved(stacks: StackMap, before: ObservedStack): boolean {
  const now = stacks.get(before.name);
  return now?.status !== before.status || now.updatedAt !== before.updatedAt;
}

function resolve(context: RunContext, desired: DesiredStack): ResolvedStack {
  const resolved = resolveStack(desired, context.poller.latest);
  if ('stack' in resolved) return resolved.stack;
  const missing = resolved.missing.map((one) => `${one.stack} gives no output ${one.output}`);
  throw new StepFailure(desired.name, missing.join('; '));
}

function contentOf(stack: ResolvedStack) {
  return {
    stackName: stack.name,
    templateBody: stack.templateBody,
    parameters: stack.parameters,
    capabilities: stack.capabilities,
    tags: tagsWithFingerprint(stack),
  };
}

function failureOf(end: ObservedStack, token: string): StepFailure {
  const reason = end.reason === undefined ? `ended in ${end.status}` : `ended in ${end.status}: ${end.reason}`;
  return new StepFailure(end.name, reason, { token, observed: end });
}
