import { LEDGER_GARBAGE, ledgerKey } from '@roundtrip/aws';
import { CloudError, runTrouble } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import type { OpenEnvironment } from './open-environment.ts';
import type { RunState } from './run-state.ts';

/** What is done with the ledger, in words, and what it is good for. */
export interface LedgerDeed {
  /** After "What": `a teardown has left cannot be worked off`. */
  readonly what: string;
  readonly why: string;
}

/**
 * Does what needs the environment's ledger. What every stack would meet as well (expired credentials, a policy) passes as
 * it is, and stops the run.
 * @throws ProblemError for all else that AWS refuses: exit code 3 where the run has written nothing so far, else 1
 */
export async function withLedger(
  { open, command, context, journal }: RunState,
  { what, why }: LedgerDeed,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof CloudError) || runTrouble(error) !== undefined) throw error;
    const hasWritten = journal.events.some((event) => event.type === 'write');
    const problem = ledgerGarbage(error, open, command.make) ?? {
      code: 'ledger-unread',
      what: `${what}: ${error.message} (${error.code})`,
      why,
      next: nextFor(error, open, command.make),
    };
    throw new ProblemError(problem, hasWritten ? EXIT.failed : EXIT.refused, { cause: error });
  }
}

/** `s3://…` */
export function ledgerPlace({ bucket, environment }: OpenEnvironment): string {
  return `s3://${bucket.name}/${ledgerKey(environment.facts.name)}`;
}

/** What to say of a ledger that no run has written; undefined for any other error. */
export function ledgerGarbage({ code }: CloudError, open: OpenEnvironment, make: string): Problem | undefined {
  if (code !== LEDGER_GARBAGE) return undefined;
  const place = ledgerPlace(open);
  return {
    code: 'ledger-garbage',
    what: `Refused: ${place} is no ledger that this tool has written`,
    why: `nobody can say what teardowns of ${open.environment.facts.name} have left in the account`,
    next: `look at it: aws s3 cp ${place} -; when nothing of what it names is left, type: aws s3 rm ${place}, then: ${make}`,
  };
}

function nextFor({ kind }: CloudError, { environment }: OpenEnvironment, make: string): string {
  if (kind !== 'denied') return `type again: ${make}`;
  const whose = environment.role === undefined ? 'the credentials' : `the role ${environment.role}`;
  return `give ${whose} the right that is named there, then type: ${make}`;
}
