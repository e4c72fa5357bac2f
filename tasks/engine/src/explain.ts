import type { FailureEntry, FailureEvidence } from './journal-event.ts';
import { messageOf, StepFailure } from './operation.ts';
import type { StackEvent } from './ports.ts';
import type { RunContext } from './run-context.ts';

/** Enough for the whole history of one operation on a large stack. */
const EVENTS_MAX = 500;

/** Reasons that name no cause: the siblings of what really failed. */
const ECHOES = ['Resource creation cancelled', 'Resource update cancelled', 'Resource deletion cancelled'];

/**
 * Says why a step failed: the first resource that failed, in AWS's words, with the likely cause and what to type.
 * A stack's events are read once: by an inquest while the operation went back, else here. A failure to read them is no failure of the run.
 */
export async function explain(context: RunContext, stack: string, error: unknown): Promise<FailureEntry> {
  const findings = error instanceof StepFailure ? error.findings : {};
  const first = findings.first ?? (error instanceof StepFailure ? await firstFailure(context, error) : undefined);
  const reason = first?.reason ?? messageOf(error);
  const diagnosis = diagnose(context, first?.resourceType, reason, findings.evidence ?? []);
  return {
    type: 'failure',
    stack,
    ...(first === undefined ? {} : { resource: first.logicalId, resourceType: first.resourceType }),
    reason,
    ...(findings.evidence === undefined || findings.evidence.length === 0 ? {} : { evidence: findings.evidence }),
    ...(diagnosis?.cause === undefined ? {} : { cause: diagnosis.cause }),
    next: findings.next ?? diagnosis?.next ?? `mend the cause, then type: ${context.command}`,
  };
}

/** How a task ended says more than that its service did not become steady. */
function diagnose(
  context: RunContext,
  resourceType: string | undefined,
  reason: string,
  evidence: readonly FailureEvidence[],
): ReturnType<RunContext['diagnose']> {
  const tasks = evidence.filter(({ about }) => about === 'task').map(({ text }) => text);
  for (const text of [...tasks, reason]) {
    const diagnosis = context.diagnose(resourceType, text);
    if (diagnosis !== undefined) return diagnosis;
  }
  return undefined;
}

async function firstFailure(context: RunContext, failure: StepFailure): Promise<StackEvent | undefined> {
  const id = failure.observed?.id;
  if (id === undefined) return undefined;
  try {
    const events = await context.cloud.events(id, EVENTS_MAX);
    return pickFirstFailure(events, failure.token);
  } catch {
    return undefined;
  }
}

/** The oldest failed resource event of the operation that is no mere echo; events come newest first. */
export function pickFirstFailure(events: readonly StackEvent[], token: string | undefined): StackEvent | undefined {
  const failed = events.filter(
    (event) =>
      event.status.endsWith('_FAILED') &&
      event.resourceType !== 'AWS::CloudFormation::Stack' &&
      (token === undefined || event.token === token || event.token === undefined) &&
      !ECHOES.some((echo) => event.reason?.startsWith(echo)),
  );
  return failed.at(-1);
}
