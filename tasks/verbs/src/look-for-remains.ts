import { createRemains, proofView } from '@roundtrip/aws';
import { CloudError, patiently, sweepEnvironment, type Judgement, type Lease, type Swept } from '@roundtrip/engine';
import { proofLines } from '@roundtrip/view';
import { neighbours } from './neighbours.ts';
import type { OpenEnvironment } from './open-environment.ts';
import { realClock } from './real-clock.ts';
import { retained } from './retained.ts';
import { sweepProblem } from './sweep-problem.ts';

/** What a look needs that may remove something. */
export interface Held {
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly removing: (judgement: Judgement) => void;
}

/** Without a lease nothing is removed. */
export async function look(open: OpenEnvironment, held?: Held): Promise<Swept> {
  const { settings, counter, cloud, bucket, layers } = open;
  const { name: environment, account } = open.environment.facts;
  const sleep = async (ms: number): Promise<void> => await realClock.sleep(ms, held?.signal);
  try {
    const stacks = await patiently(realClock, () => cloud.sweep(), held?.signal);
    return await sweepEnvironment({
      ...{ environment, retain: retained(open.environment), layers: layers.map(({ name }) => name) },
      ...neighbours(stacks, environment),
      remains: createRemains({ settings, account, stacks: cloud, sleep, counter }),
      ledger: bucket.ledger,
      clock: { sleep },
      ...(held === undefined ? { dryRun: true } : { mayWrite: () => mayWrite(held), removing: held.removing }),
    });
  } catch (error) {
    held?.signal.throwIfAborted();
    throw error instanceof CloudError ? sweepProblem(error, open) : error;
  }
}

async function mayWrite({ lease, signal }: Held): Promise<void> {
  signal.throwIfAborted();
  await lease.ensure();
}

export function linesOf(open: OpenEnvironment, swept: Swept): string[] {
  const { name: environment, account, region } = open.environment.facts;
  return proofLines(proofView(swept, { environment, place: `${account} ${region}` }));
}

/** Stacks that stand, and what they hold, are not left over. */
export function isLeft({ left }: Swept): boolean {
  return left.some(({ leftover }) => leftover.foundBy !== 'stack');
}
