import { createHash } from 'node:crypto';
import { CALL_PATIENCE, classOfError, pauseMs } from './failure-class.ts';
import { ForeignUpdate, UpdateWatch } from './foreign-update.ts';
import type { Findings } from './inquest.ts';
import type { StepKind } from './journal-event.ts';
import { WaitTimeout, type StackMap } from './poller.ts';
import { CloudError } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { RunTrouble } from './run-trouble.ts';
import type { ObservedStack } from './stack.ts';
import { statusClass } from './status.ts';

/** How long a sweep may go on showing the state from before an accepted write. */
const STALE_MS_MAX = 30_000;
/** Sweeps in a row without a stack that was seen before, until it counts as gone. */
const VANISHED_SWEEPS = 3;

interface FailureDetails extends Findings {
  readonly token?: string | undefined;
  readonly observed?: ObservedStack | undefined;
  readonly next?: string;
  readonly cause?: unknown;
}

/** A step that did not end well; carries what the journal needs to explain it. */
export class StepFailure extends Error {
  readonly stackName: string;
  readonly token: string | undefined;
  readonly observed: ObservedStack | undefined;
  /** The resource that failed first, what was seen of it, and what to type; known where somebody has looked already. */
  readonly findings: Findings & { readonly next?: string };

  constructor(stack: string, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'StepFailure';
    this.stackName = stack;
    this.token = details.token;
    this.observed = details.observed;
    const { first, evidence, next } = details;
    this.findings = {
      ...(first === undefined ? {} : { first }),
      ...(evidence === undefined ? {} : { evidence }),
      ...(next === undefined ? {} : { next }),
    };
  }
}

/** The same operation of the same run has the same token, so that a repeated call is answered, not done twice. */
export function tokenOf(run: string, stack: string, operation: string, attempt: number): string {
  const digest = createHash('sha256').update(`${stack}/${operation}/${attempt}`).digest('hex').slice(0, 16);
  return `${run}-${digest}`;
}

export interface WriteOrder<T> {
  readonly stack: string;
  readonly operation: string;
  /** The same for each attempt: AWS then answers a second call as it did the first. */
  readonly token: string;
  readonly call: () => Promise<T>;
  /** What a look at the account says of a write whose reply was lost; undefined where nothing shows that it was done. */
  readonly done: (stacks: StackMap) => T | undefined;
}

/** How often and how long a write without a reply is looked for before it is sent again. */
const LOOKS = 4;
const LOOK_MS = 5_000;

/**
 * Records a write in the journal and sends it, through the pool and with the lease. What passes is tried again; a lost
 * reply is settled by looking first.
 * @throws StepFailure with what AWS says; LeaseLost.
 */
export async function send<T>(context: RunContext, order: WriteOrder<T>): Promise<T> {
  const { stack, operation, token } = order;
  return await context.writes.run(async () => {
    for (let retry = 1; ; retry += 1) {
      await mayWrite(context);
      context.journal.write({ type: 'write', stack, operation, token });
      try {
        return await order.call();
      } catch (error) {
        context.signal.throwIfAborted();
        if (error instanceof RunTrouble) throw error;
        if (error instanceof CloudError && (error.kind === 'no-updates' || error.kind === 'already-exists'))
          throw error;
        const known = await settleLost(context, order, error);
        if (known !== undefined) return known.value;
        await pauseOrFail(context, order, error, retry);
      }
    }
  });
}

/** Asked before each of several calls that one order of a write makes. @throws what ended the run; LeaseLost; RunTrouble */
export async function mayWrite(context: Pick<RunContext, 'lease' | 'signal'>): Promise<void> {
  context.signal.throwIfAborted();
  await ensureLease(context);
}

/**
 * Asked before a write, whatever it is.
 * @throws LeaseLost; RunTrouble where nobody can say whose the lease is
 */
export async function ensureLease({ lease }: Pick<RunContext, 'lease'>): Promise<void> {
  try {
    await lease?.ensure();
  } catch (error) {
    throw error instanceof CloudError ? new RunTrouble(error) : error;
  }
}

/** A connection or a server that broke down may have done the work all the same. */
async function settleLost<T>(
  context: RunContext,
  order: WriteOrder<T>,
  error: unknown,
): Promise<{ readonly value: T } | undefined> {
  if (!(error instanceof CloudError) || (error.kind !== 'network' && error.kind !== 'server')) return undefined;
  for (let look = 0; look < LOOKS; look += 1) {
    await context.clock.sleep(LOOK_MS, context.signal);
    const value = order.done(await context.poller.sweep(context.signal));
    if (value !== undefined) return { value };
  }
  return undefined;
}

async function pauseOrFail<T>(context: RunContext, order: WriteOrder<T>, error: unknown, retry: number): Promise<void> {
  const { stack, operation } = order;
  const failure = new StepFailure(stack, `${operation}: ${messageOf(error)}`, { cause: error });
  if (!(error instanceof CloudError)) throw failure;
  const kind = classOfError(error);
  const pause = pauseMs(CALL_PATIENCE[kind], retry);
  if (pause === undefined) throw failure;
  context.journal.write({ type: 'retry', stack, operation, class: kind, reason: error.message, pauseMs: pause });
  await context.clock.sleep(pause, context.signal);
}

/**
 * Waits for a stack of that id to come out of `_IN_PROGRESS`. `before` is how it looked when the write was sent;
 * `goneAfterSweeps` says that it is there already, and after how many sweeps without it it counts as gone.
 * @throws ForeignUpdate where its end is the one of somebody else's update
 */
export async function waitForEnd(
  context: RunContext,
  stack: string,
  kind: StepKind,
  expect: {
    readonly id: string;
    readonly before?: ObservedStack;
    readonly goneAfterSweeps?: number;
    /** Shown the stack at every sweep that is not stale. */
    readonly look?: (stack: ObservedStack) => void;
  },
): Promise<ObservedStack | undefined> {
  const startedAt = context.clock.now();
  const sweepsMax = expect.goneAfterSweeps ?? VANISHED_SWEEPS;
  let seen = expect.before !== undefined || expect.goneAfterSweeps !== undefined;
  let missed = 0;
  const updates = new UpdateWatch(kind, expect.before);
  const end = await wait(context, stack, kind, startedAt, (observed) => {
    if (observed === undefined || observed.id !== expect.id) {
      missed += 1;
      return seen && missed >= sweepsMax;
    }
    seen = true;
    missed = 0;
    updates.see(observed);
    if (expect.before !== undefined && isStale(observed, expect.before, context.clock.now() - startedAt)) return false;
    expect.look?.(observed);
    return statusClass(observed.status) !== 'in-progress';
  });
  if (end !== undefined && updates.isForeign(end)) throw new ForeignUpdate(stack);
  return end;
}

/** Waits until a stack of that id is gone, or its delete has failed. Gives the stack that stayed, undefined when gone. */
export async function waitForGone(context: RunContext, before: ObservedStack): Promise<ObservedStack | undefined> {
  const startedAt = context.clock.now();
  const end = await wait(context, before.name, 'delete', startedAt, (observed) => {
    if (observed === undefined || observed.id !== before.id) return true;
    if (isStale(observed, before, context.clock.now() - startedAt)) return false;
    return statusClass(observed.status) === 'delete-failed';
  });
  return end?.id === before.id ? end : undefined;
}

/** True while a sweep may still show the stack as it was before the write. */
function isStale(observed: ObservedStack, before: ObservedStack, waitedMs: number): boolean {
  const same = observed.status === before.status && observed.updatedAt === before.updatedAt;
  return same && waitedMs < STALE_MS_MAX;
}

async function wait(
  context: RunContext,
  stack: string,
  kind: StepKind,
  startedAt: number,
  until: (observed: ObservedStack | undefined) => boolean,
): Promise<ObservedStack | undefined> {
  const expectedMs = context.expectedMs(stack, kind);
  const deadlineAt = startedAt + context.operationMsMax;
  const look = (observed: ObservedStack | undefined): boolean => {
    const ended = until(observed);
    if (!ended) context.inFlightAt.set(stack, context.clock.now());
    return ended;
  };
  try {
    return await context.poller.waitFor(
      { stack, kind, startedAt, expectedMs, deadlineAt, until: look },
      context.signal,
    );
  } catch (error) {
    context.signal.throwIfAborted();
    const observed = context.poller.latest.get(stack);
    if (error instanceof WaitTimeout) {
      throw new StepFailure(stack, `${error.message}; it is ${observed?.status ?? 'gone'}`, { observed, cause: error });
    }
    throw new StepFailure(stack, `could not be observed: ${messageOf(error)}`, { observed, cause: error });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
