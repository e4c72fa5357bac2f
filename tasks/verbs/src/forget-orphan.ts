import { readOrphans, strikeOrphans, type Lease, type Orphan } from '@roundtrip/engine';
import { EXIT, ProblemError } from '@roundtrip/problem';
import type { OpenEnvironment } from './open-environment.ts';
import { realClock } from './real-clock.ts';

/** What the ledger has under a physical id. */
export async function notedAs(
  { bucket, environment }: OpenEnvironment,
  physicalId: string,
): Promise<readonly Orphan[]> {
  const orphans = await readOrphans(bucket.ledger, realClock, environment.facts.name);
  return orphans.filter((one) => one.physicalId === physicalId);
}

/** @returns what was struck out, in a line each */
export async function forgetOrphan(
  open: OpenEnvironment,
  lease: Lease,
  physicalId: string,
): Promise<readonly string[]> {
  const noted = await notedAs(open, physicalId);
  await lease.ensure();
  await strikeOrphans(open.bucket.ledger, realClock, open.environment.facts.name, noted);
  return noted.map(({ resourceType, stack }) => `struck out of the ledger: ${resourceType} ${physicalId} of ${stack}`);
}

export function notNoted(environment: string, physicalId: string): ProblemError {
  return new ProblemError(
    {
      code: 'not-in-ledger',
      what: `the ledger of ${environment} has nothing under ${physicalId}`,
      next: `to see what is left, type: make sweep ENV=${environment}`,
    },
    EXIT.badInput,
  );
}
