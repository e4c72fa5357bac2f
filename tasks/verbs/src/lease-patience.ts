import { ProblemError } from '@roundtrip/problem';

/** So long a run waits for another one of the same environment. */
const WAIT_MS_MAX = 10 * 60_000;

/**
 * How long to wait for the lease, in milliseconds, from LEASE: `wait` (as without it) or `refuse`.
 * @throws ProblemError for any other word
 */
export function leasePatienceMs(env: NodeJS.ProcessEnv): number {
  const word = env['LEASE'] ?? '';
  if (word === '' || word === 'wait') return WAIT_MS_MAX;
  if (word === 'refuse') return 0;
  throw new ProblemError({
    code: 'bad-lease',
    what: `LEASE is "${word}", which means nothing`,
    why: 'LEASE=wait waits up to 10 minutes for another run of the environment, as without it; LEASE=refuse does not wait',
    next: 'LEASE=refuse, or leave it out',
  });
}
