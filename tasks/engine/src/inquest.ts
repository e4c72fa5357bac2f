import { pickFirstFailure } from './explain.ts';
import type { FailureEvidence } from './journal-event.ts';
import type { RunContext } from './run-context.ts';
import type { ObservedStack } from './stack.ts';

/** A resource that failed, as its stack's events name it. */
export interface FailedResource {
  readonly stackId: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** Absent where it was never made. */
  readonly physicalId?: string;
}

/** Knows more of a failed resource than AWS's reason says. Reads only; may reject. */
export interface Witness {
  testify(resource: FailedResource): Promise<readonly FailureEvidence[]>;
}

export interface Findings {
  readonly first?: { readonly logicalId: string; readonly resourceType: string; readonly reason: string };
  readonly evidence?: readonly FailureEvidence[];
}

/** Enough for the whole history of one operation on a large stack. */
const EVENTS_MAX = 500;

/**
 * Looks into a failure while the operation goes back: tasks and their logs are gone when the rollback is over.
 * Shown every sight of the stack; asks AWS when it first sees it go wrong, and once.
 */
export function openInquest(context: RunContext, stackId: string, token: string) {
  let begun: Promise<Findings> | undefined;
  return {
    look({ status }: ObservedStack): void {
      if (/ROLLBACK|_FAILED$/.test(status)) begun ??= investigate(context, stackId, token);
    },
    findings: async (): Promise<Findings> => (await begun) ?? {},
  };
}

/** What is found out of a failure is a help, never a failure of its own. */
async function investigate(context: RunContext, stackId: string, token: string): Promise<Findings> {
  try {
    const event = pickFirstFailure(await context.cloud.events(stackId, EVENTS_MAX), token);
    if (event === undefined) return {};
    const { logicalId, resourceType, physicalId, reason = 'no reason given' } = event;
    const resource = { stackId, logicalId, resourceType, ...(physicalId === undefined ? {} : { physicalId }) };
    const evidence = await testify(context, resource);
    return { first: { logicalId, resourceType, reason }, ...(evidence.length === 0 ? {} : { evidence }) };
  } catch {
    return {};
  }
}

/** Empty where nobody knows more, or nobody can be asked. */
export async function testify({ witness }: RunContext, resource: FailedResource): Promise<readonly FailureEvidence[]> {
  try {
    return (await witness?.testify(resource)) ?? [];
  } catch {
    return [];
  }
}
