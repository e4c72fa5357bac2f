import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RateBudget, type RateBudgetOptions } from './rate-budget.ts';
import { createVirtualClock } from './virtual-clock.ts';

const known = { read: { perSecond: 10, burst: 4 }, write: { perSecond: 5, burst: 4 } };
const untried = { read: { perSecond: 100, burst: 8 }, write: { perSecond: 100, burst: 8 } };

/** When each of so many calls may go, in milliseconds; `during` is done so many milliseconds after the first one. */
async function times(
  count: number,
  prepare: (budget: RateBudget) => void = () => {},
  { options = { known }, during }: { options?: RateBudgetOptions; during?: number } = {},
): Promise<number[]> {
  const clock = createVirtualClock(1_000_000);
  const budget = new RateBudget(clock, options);
  if (during === undefined) prepare(budget);
  const calls = Array.from({ length: count }, async () => {
    await budget.take('write');
    return clock.now() - 1_000_000;
  });
  const later = during === undefined ? Promise.resolve() : clock.sleep(during).then(() => prepare(budget));
  const [all] = await clock.drive(Promise.all([Promise.all(calls), later]));
  return all;
}

test('a few calls go at once, the others one after the other', async () => {
  assert.equal(await times(8), [0, 0, 0, 0, 200, 400, 600, 800]);
});

test('reads and writes have budgets of their own', async () => {
  const clock = createVirtualClock(0);
  const one = { perSecond: 10, burst: 1 };
  const budget = new RateBudget(clock, { known: { read: one, write: one } });
  await clock.drive(budget.take('write'));
  await clock.drive(budget.take('read'));
  assert.is(clock.now(), 0);
});

test('a throttle makes the run slower, and calls that pass make it quicker again', async () => {
  const slowed = await times(40, (budget) => budget.throttled('write'));
  const gaps = slowed.slice(1).map((at, index) => at - (slowed[index] ?? 0));
  assert.ok((gaps[0] ?? 0) > 250, `${gaps.join(' ')}`);
  assert.ok((gaps.at(-1) ?? 0) <= 200, `${gaps.at(-1)}`);
});

test('what was never throttled goes as quickly as is tried', async () => {
  assert.equal(await times(12, undefined, { options: { known, untried } }), [0, 0, 0, 0, 0, 0, 0, 0, 10, 20, 30, 40]);
});

test('the first throttle ends the trial, also for those who wait already', async () => {
  const seen = await times(12, (budget) => budget.throttled('write'), { options: { known, untried }, during: 15 });
  assert.equal(seen, [0, 0, 0, 0, 0, 0, 0, 0, 10, 215, 415, 615]);
});

test('throttles of calls that went together count once', async () => {
  const throttle = (budget: RateBudget): void => {
    for (let call = 0; call < 6; call += 1) budget.throttled('write');
  };
  const once = await times(6, (budget) => budget.throttled('write'), { options: { known, untried }, during: 5 });
  assert.equal(await times(6, throttle, { options: { known, untried }, during: 5 }), once);
});

test.run();
