import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DueQueue } from './due-queue.ts';

test('things come out by time, and in the order they went in where the time is the same', () => {
  const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
  fc.assert(
    fc.property(times, (given) => {
      const queue = new DueQueue<{ at: number; sequence: number }>();
      const items = given.map((at, sequence) => ({ at, sequence }));
      for (const item of items) queue.push(item);
      const out = items.map(() => queue.pop());
      assert.equal(
        out,
        [...items].sort((left, right) => left.at - right.at || left.sequence - right.sequence),
      );
      assert.is(queue.pop(), undefined);
    }),
  );
});

test.run();
