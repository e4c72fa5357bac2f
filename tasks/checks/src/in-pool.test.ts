import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { inPool } from './in-pool.ts';

test('no more than `size` at once, and results in the order of the list', async () => {
  const gates: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const all = inPool([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++running);
    await new Promise<void>((open) => gates.push(open));
    running--;
    return item * 10;
  });
  for (let opened = 0; opened < 5; opened++) {
    gates.pop()?.();
    await new Promise((next) => setImmediate(next));
  }
  assert.equal(await all, [10, 20, 30, 40, 50]);
  assert.is(most, 2);
});

test('an empty list is done at once', async () => {
  assert.equal(await inPool([], 3, async () => 1), []);
});

test.run();
