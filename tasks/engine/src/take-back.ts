import { NotReady } from './await-ready.ts';
import { clearStack } from './clear-stack.ts';
import { hasMoved } from './has-moved.ts';
import { messageOf, send, StepFailure, tokenOf, waitForEnd } from './operation.ts';
import { patiently } from './patiently.ts';
import { CloudError, type StackContent } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { ObservedStack, ResolvedStack } from './stack.ts';
import { statusClass, succeeded } from './status.ts';

/** What a stack was given before an update. */
export type FormerContent = Omit<StackContent, 'token'>;

/** As CloudFormation shows a parameter of which the template says NoEcho. */
const HIDDEN = '****';
/** Whatever the former template was allowed to make. */
const CAPABILITIES = ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

/**
 * Waits for a stack that this run has just made or changed to be ready, and takes the operation back where it never
 * gets so: what CloudFormation does by itself in standard mode, and in express mode no longer does once it is complete.
 * @throws StepFailure with what was seen before anything was taken back
 */
export async function readyOrTakenBack(
  context: RunContext,
  ready: () => Promise<void>,
  takeBack: () => Promise<void>,
): Promise<void> {
  try {
    await ready();
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    try {
      await takeBack();
    } catch (second) {
      context.signal.throwIfAborted();
      throw new StepFailure(error.stackName, `${error.message}; taking it back failed: ${messageOf(second)}`, {
        ...error.findings,
        cause: second,
      });
    }
    const { next: _next, ...findings } = error.findings;
    // What would start it anew is of no use: it is gone.
    throw new StepFailure(error.stackName, error.message, { ...findings, cause: error });
  }
}

/** A stack that was made and never became ready goes again: it holds nothing that anybody has used. */
export async function takeBackCreate(context: RunContext, stack: ObservedStack, attempt: number): Promise<void> {
  context.journal.write({ type: 'notice', text: `${stack.name}: never became ready, so it is deleted again` });
  await clearStack(context, stack, attempt);
}

/**
 * Reads what an update will replace, for the case that it has to be taken back.
 * @returns undefined where nothing will be waited for, or the stack is not whole now: there is nothing to go back to then
 */
export async function formerContent(
  { readiness, cloud, clock, signal }: RunContext,
  next: ResolvedStack,
  before: ObservedStack,
): Promise<FormerContent | undefined> {
  if (readiness?.probe.mayWait(next.templateBody) !== true || statusClass(before.status) !== 'complete')
    return undefined;
  const templateBody = await patiently(clock, () => cloud.template(before.name), signal);
  const shown = Object.entries(before.parameters);
  return {
    stackName: before.name,
    templateBody,
    parameters: Object.fromEntries(shown.filter(([, value]) => value !== HIDDEN)),
    keep: shown.flatMap(([key, value]) => (value === HIDDEN ? [key] : [])),
    capabilities: CAPABILITIES,
    tags: before.tags,
  };
}

/** Gives a stack what it had before its update, in standard mode: CloudFormation waits until that is ready. */
export async function takeBackUpdate(
  context: RunContext,
  former: FormerContent,
  updated: ObservedStack,
  attempt: number,
): Promise<void> {
  const { name, id } = updated;
  context.journal.write({ type: 'notice', text: `${name}: did not become ready, so its update is taken back` });
  const token = tokenOf(context.run, name, 'UpdateStack/back', attempt);
  const accepted = await send(context, {
    ...{ stack: name, operation: 'UpdateStack', token },
    call: () => context.cloud.update({ ...former, token }),
    done: (stacks) => (hasMoved(stacks, updated) ? id : undefined),
  }).catch((error: unknown) => {
    if (error instanceof CloudError && error.kind === 'no-updates') return undefined;
    throw error;
  });
  if (accepted === undefined) return;
  const end = await waitForEnd(context, name, 'update', { id, before: updated });
  if (end === undefined || !succeeded('update', end.status)) {
    throw new StepFailure(name, `ended in ${end?.status ?? 'nothing'}`, { token, observed: end });
  }
}
