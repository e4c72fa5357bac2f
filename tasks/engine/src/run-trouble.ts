import { CloudError } from './ports.ts';

/** An error that every stack of a run would meet: the account cannot be looked at, or the lease cannot be kept. */
export class RunTrouble extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'RunTrouble';
  }
}

/** What AWS adds to a refusal that comes from above the account, so that no stack of it would fare better. */
const FROM_ABOVE = /explicit deny in a service control policy|no service control policy allows/;

/** How deep an error may lie in others. */
const CAUSES_MAX = 5;

/**
 * What of an error is no stack's own trouble, so that going on with the others would only repeat it: credentials that
 * AWS no longer takes, an account that is denied by a policy, sweeps that are refused. Undefined for all else.
 */
export function runTrouble(error: unknown): CloudError | undefined {
  let isRunWide = false;
  let inner = error;
  for (let depth = 0; depth < CAUSES_MAX && inner instanceof Error; depth += 1) {
    isRunWide ||= inner instanceof RunTrouble;
    if (inner instanceof CloudError) return isRunWide || isFromAbove(inner) ? inner : undefined;
    inner = inner.cause;
  }
  return undefined;
}

function isFromAbove({ kind, message }: CloudError): boolean {
  return kind === 'credentials' || (kind === 'denied' && FROM_ABOVE.test(message));
}
