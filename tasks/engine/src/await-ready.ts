import { messageOf, send, StepFailure, tokenOf } from './operation.ts';
import { patiently } from './patiently.ts';
import { CloudError } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { GatedResource, ReadinessProbe, ReadyMemory } from './readiness-probe.ts';
import type { ReadinessWatch, UnreadyResource } from './readiness-watch.ts';
import type { DesiredStack, ObservedStack } from './stack.ts';
import { testify } from './inquest.ts';

/** What a run in express mode waits with: CloudFormation itself waits for nothing there. */
export interface Readiness {
  readonly probe: ReadinessProbe;
  readonly watch: ReadinessWatch;
  readonly memory: ReadyMemory;
}

/** A stack whose operation went well and that holds something that is not ready. */
export class NotReady extends StepFailure {}

/** True for a complete stack of which nothing has to be found out before others build on it. */
export function isKnownReady(
  readiness: Readiness | undefined,
  desired: Pick<DesiredStack, 'templateBody'>,
  stack: ObservedStack,
): boolean {
  if (readiness === undefined || !readiness.probe.mayWait(desired.templateBody)) return true;
  return readiness.memory.has(stack);
}

/**
 * Waits until what a complete stack holds is ready. In standard mode that was CloudFormation's part: it asks nothing then.
 * @throws NotReady with what the resource says of itself; StepFailure where it cannot be asked
 */
export async function awaitReady(
  context: RunContext,
  desired: Pick<DesiredStack, 'templateBody'>,
  stack: ObservedStack,
): Promise<void> {
  const { readiness, signal } = context;
  if (readiness === undefined || isKnownReady(readiness, desired, stack)) return;
  try {
    const list = () => readiness.probe.list(stack, desired.templateBody);
    const resources = await patiently(context.clock, list, signal);
    await confirm(context, readiness, stack, resources);
    if (resources.length > 0) {
      context.journal.write({ type: 'readiness', stack: stack.name, what: 'waiting', detail: namesOf(resources) });
    }
    const unready = await readiness.watch.until(resources, signal);
    if (unready.length > 0) throw await failureOf(context, stack, unready);
    readiness.memory.record(stack);
    if (resources.length > 0) {
      context.journal.write({ type: 'readiness', stack: stack.name, what: 'ready', detail: namesOf(resources) });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CloudError)) throw error;
    throw new StepFailure(stack.name, `cannot be asked whether it is ready: ${messageOf(error)}`, { cause: error });
  }
}

async function confirm(
  context: RunContext,
  { probe }: Readiness,
  stack: ObservedStack,
  resources: readonly GatedResource[],
): Promise<void> {
  for (const operation of new Set(resources.flatMap(({ confirmedBy }) => confirmedBy ?? []))) {
    const affected = resources.filter(({ confirmedBy }) => confirmedBy === operation);
    await send(context, {
      ...{ stack: stack.name, operation, token: tokenOf(context.run, stack.name, operation, 0) },
      call: async () => {
        await probe.confirm(affected);
        return true;
      },
      // May be sent twice, so that a lost reply needs no look.
      done: () => undefined,
    });
  }
}

async function failureOf(
  context: RunContext,
  stack: ObservedStack,
  unready: readonly UnreadyResource[],
): Promise<NotReady> {
  const texts = unready.map(({ state }) =>
    'fails' in state ? state.fails : `${state.waits}, and it went on too long`,
  );
  const [{ resource, state }] = unready as [UnreadyResource, ...UnreadyResource[]];
  const { logicalId, resourceType, physicalId } = resource;
  return new NotReady(stack.name, texts.join('; '), {
    first: { logicalId, resourceType, reason: texts.join('; ') },
    evidence: await testify(context, { stackId: stack.id, logicalId, resourceType, physicalId }),
    ...('next' in state && state.next !== undefined ? { next: state.next } : {}),
  });
}

function namesOf(resources: readonly GatedResource[]): string {
  return resources.map(({ logicalId }) => logicalId).join(', ');
}
