import { awaitReady, isKnownReady } from './await-ready.ts';
import { clearStack, protectStack } from './clear-stack.ts';
import { fingerprint, tagsWithFingerprint } from './fingerprint.ts';
import { hasMoved } from './has-moved.ts';
import { openInquest, type Findings } from './inquest.ts';
import type { StepOutcome } from './journal-event.ts';
import { send, StepFailure, tokenOf, waitForEnd } from './operation.ts';
import { decideUp, type IsReady } from './plan.ts';
import type { StackMap } from './poller.ts';
import { CloudError } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { resolveStack, TAG, type DesiredStack, type ObservedStack, type ResolvedStack } from './stack.ts';
import { statusClass, succeeded } from './status.ts';
import { formerContent, readyOrTakenBack, takeBackCreate, takeBackUpdate } from './take-back.ts';

/** More turns than this mean that something outside changes the stack as fast as we do. */
const TURNS_MAX = 6;

/**
 * Makes one stack what it should be: looks, does the one thing that is next, looks again, until nothing is left to do.
 * What an earlier run left half done is so finished by the same code as a fresh create.
 * @param round counts how often this is begun in one run: each round's writes have tokens of their own
 * @param force updates it once although it looks as it should: somebody else may have kept our tags
 * @throws StepFailure with AWS's reason when an operation ends anywhere but where it should.
 */
export async function bringUp(
  context: RunContext,
  desired: DesiredStack,
  round = 0,
  force = false,
): Promise<StepOutcome> {
  let outcome: StepOutcome = 'unchanged';
  let isForced = force;
  for (let turn = round * TURNS_MAX; turn < (round + 1) * TURNS_MAX; turn += 1) {
    const isReady: IsReady = (wanted, observed) => isKnownReady(context.readiness, wanted, observed);
    const { environment, poller, neverWhole } = context;
    const { kind, reason } = decideUp(environment, desired, poller.latest, isReady, neverWhole);
    const stack = poller.latest.get(desired.name);
    switch (kind) {
      case 'skip':
        if (!isForced) return outcome;
        isForced = false;
        await update(context, resolve(context, desired), unmarked(stack!), turn);
        outcome = 'updated';
        break;
      case 'refuse':
        throw new StepFailure(desired.name, reason, { observed: stack });
      case 'wait':
        await settle(context, desired, stack!);
        break;
      case 'recreate':
        await clearStack(context, stack!, turn);
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

/** Something is going on, or in express mode it was never seen that what came of it is ready. */
async function settle(context: RunContext, desired: DesiredStack, stack: ObservedStack): Promise<void> {
  if (statusClass(stack.status) === 'complete') await awaitReady(context, desired, stack);
  else await waitForEnd(context, stack.name, 'wait', { id: stack.id, goneAfterSweeps: 1 });
}

async function create(context: RunContext, stack: ResolvedStack, attempt: number): Promise<void> {
  const token = tokenOf(context.run, stack.name, 'CreateStack', attempt);
  const content = { ...contentOf(context, stack), token, terminationProtection: stack.terminationProtection };
  const id = await send(context, {
    stack: stack.name,
    operation: 'CreateStack',
    token,
    call: () => context.cloud.create(content),
    done: (stacks) => ourId(stacks, stack),
  }).catch((error: unknown) => adopt(context, stack, error));
  const { look, findings } = openInquest(context, id, token);
  const end = await waitForEnd(context, stack.name, 'create', { id, look });
  if (end === undefined) throw new StepFailure(stack.name, 'was deleted while it was being created', { token });
  if (!succeeded('create', end.status)) throw failureOf(end, token, await findings());
  const ready = (): Promise<void> => awaitReady(context, stack, end);
  await readyOrTakenBack(context, ready, () => takeBackCreate(context, end, attempt));
}

/** Differs from whatever is wanted. */
function unmarked(stack: ObservedStack): ObservedStack {
  return { ...stack, tags: { ...stack.tags, [TAG.fingerprint]: '' } };
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
    const former = await formerContent(context, stack, before);
    const accepted = await send(context, {
      stack: stack.name,
      operation: 'UpdateStack',
      token,
      call: () => context.cloud.update({ ...contentOf(context, stack), token }),
      done: (stacks) => (hasMoved(stacks, before) ? before.id : undefined),
    }).catch((error: unknown) => {
      if (error instanceof CloudError && error.kind === 'no-updates') return undefined;
      throw error;
    });
    if (accepted !== undefined) {
      const end = await expectUpdated(context, before, token);
      const ready = (): Promise<void> => awaitReady(context, stack, end);
      const takeBack = async (): Promise<void> => {
        if (former !== undefined) await takeBackUpdate(context, former, end, attempt);
      };
      await readyOrTakenBack(context, ready, takeBack);
    }
  }
  if (before.terminationProtection !== stack.terminationProtection) {
    await protectStack(context, stack.name, stack.terminationProtection, attempt);
    await context.poller.sweep();
  }
}

async function expectUpdated(context: RunContext, before: ObservedStack, token: string): Promise<ObservedStack> {
  const { look, findings } = openInquest(context, before.id, token);
  const end = await waitForEnd(context, before.name, 'update', { id: before.id, before, look });
  if (end === undefined) throw new StepFailure(before.name, 'was deleted while it was being updated', { token });
  if (!succeeded('update', end.status)) throw failureOf(end, token, await findings());
  return end;
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

function resolve(context: RunContext, desired: DesiredStack): ResolvedStack {
  const resolved = resolveStack(desired, context.poller.latest);
  if ('stack' in resolved) return resolved.stack;
  const missing = resolved.missing.map((one) => `${one.stack} gives no output ${one.output}`);
  throw new StepFailure(desired.name, missing.join('; '));
}

function contentOf(context: RunContext, stack: ResolvedStack) {
  return {
    stackName: stack.name,
    templateBody: stack.templateBody,
    parameters: stack.parameters,
    capabilities: stack.capabilities,
    tags: tagsWithFingerprint(stack),
    ...(context.readiness === undefined ? {} : { express: true }),
  };
}

function failureOf(end: ObservedStack, token: string, findings: Findings = {}): StepFailure {
  const reason = end.reason === undefined ? `ended in ${end.status}` : `ended in ${end.status}: ${end.reason}`;
  return new StepFailure(end.name, reason, { token, observed: end, ...findings });
}
