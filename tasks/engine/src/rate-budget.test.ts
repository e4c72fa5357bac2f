import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RateBudget } from './rate-budget.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** When each of so many calls may go, in milliseconds. */
async function times(count: number, prepare: (budget: RateBudget) => void = () => {}): Promise<number[]> {
  const clock = createVirtualClock(1_000_000);
  const budget = new RateBudget(clock, { readsPerSecond: 10, writesPerSecond: 5, burst: 4 });
  prepare(budget);
  const calls = Array.from({ length: count }, async () => {
    await budget.take('write');
    return clock.now() - 1_000_000;
  });
  return await clock.drive(Promise.all(calls));
}

test('a few calls go at once, the others one after the other', async () => {
  assert.equal(await times(8), [0, 0, 0, 0, 200, 400, 600, 800]);
});

test('reads and writes have budgets of their own', async () => {
  const clock = createVirtualClock(0);
  const budget = new RateBudget(clock, { readsPerSecond: 10, writesPerSecond: 5, burst: 1 });
  await clock.drive(budget.take('write'));
  await clock.drive(budget.take('read'));
  assert.is(clock.now(), 0);
});

test('a throttle makes the run slower, and calls that pass make it quicker again', async () => {
  const slowed = await times(40, (budget) => budget.throttled('write'));
  const gaps = slowed.slice(1).map((at, index) => at - (slowed[index] ?? 0));
  assert.ok((gaps[1] ?? 0) > 250, `${gaps[1]}`);
  assert.ok((gaps.at(-1) ?? 0) <= 200, `${gaps.at(-1)}`);
});

test.run();
