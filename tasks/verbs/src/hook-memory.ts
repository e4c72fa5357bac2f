import { patiently } from '@roundtrip/engine';
import type { Step } from '@roundtrip/engine';
import { hasPendingHook } from './layer-run.ts';
import { realClock } from './real-clock.ts';
import type { RunState } from './run-state.ts';
import { HURRY_MS } from './under-lease.ts';
import { withinMs } from './within-ms.ts';

/** Nobody waits longer for what other machines remember; without it a hook runs once more. */
const MEMORY_MS_MAX = 5_000;

/**
 * Where a hook alone is open, it may have succeeded on another machine: what the account's bucket remembers is asked
 * for. S3 is asked in no other case. Never rejects.
 */
export async function recallHooks(state: RunState, steps: ReadonlyMap<string, readonly Step[]>): Promise<void> {
  if (!hasPendingHook(state, steps)) return;
  const { open, command, context, hookState } = state;
  const asked = ask(async () => (await open.bucket.hooks(command.environment)).read(), context.signal);
  const remembered = await withinMs(asked, MEMORY_MS_MAX);
  if (remembered !== undefined) hookState.learn(remembered);
}

/**
 * Lets every machine know which hooks have succeeded, as long as the run has the lease: whoever has it now may be
 * writing the same. Never rejects.
 */
export async function shareHooks({ open, command, context, hookState }: RunState): Promise<void> {
  const news = hookState.news();
  if (Object.keys(news).length === 0) return;
  const late = new AbortController();
  const told = ask(async () => {
    await context.lease?.ensure();
    await (await open.bucket.hooks(command.environment)).add(news);
  }, late.signal);
  await withinMs(told, context.signal.aborted ? HURRY_MS : MEMORY_MS_MAX);
  // The lease is given back now: nothing is sent again.
  late.abort();
}

async function ask<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  try {
    return await patiently(realClock, call, signal);
  } catch {
    return undefined;
  }
}
