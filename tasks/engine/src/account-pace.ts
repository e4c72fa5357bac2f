import type { PollerOptions } from './poller.ts';
import type { RateBudgetOptions } from './rate-budget.ts';

/** Sweeps as AWS bears them: its limit for DescribeStacks is about five a second for all callers together. */
export const AWS_POLLING: PollerOptions = {
  pollMsMin: 400,
  pollMsUnknown: 1_000,
  pollMsMax: 5_000,
  quietMs: 6_000,
  failuresMax: 20,
  failureMs: 500,
};

/**
 * What a run asks of an account. AWS publishes no limits for CloudFormation: a run tries what lets an environment of 200
 * stacks begin without waiting, and keeps to what the strictest accounts allow once it was throttled. The known bursts
 * stay below what a second brings, because calls that were spaced here may arrive closer together.
 */
export const ACCOUNT_RATE: RateBudgetOptions = {
  untried: { read: { perSecond: 40, burst: 10 }, write: { perSecond: 40, burst: 10 } },
  known: { read: { perSecond: 10, burst: 8 }, write: { perSecond: 5, burst: 4 } },
};

/** The same for a cloud whose clock runs so many times as quickly as the real one. */
export function rateAtSpeed({ known, untried }: RateBudgetOptions, speed: number): RateBudgetOptions {
  const quicker = ({ read, write }: RateBudgetOptions['known']): RateBudgetOptions['known'] => ({
    read: { ...read, perSecond: read.perSecond * speed },
    write: { ...write, perSecond: write.perSecond * speed },
  });
  return { known: quicker(known), ...(untried === undefined ? {} : { untried: quicker(untried) }) };
}
