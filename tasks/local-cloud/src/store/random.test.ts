import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Random, seedState } from './random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: string): number[] => {
    const random = new Random(seedState(seed));
    return Array.from({ length: 20 }, () => random.next());
  };
  assert.equal(draw('a'), draw('a'));
  assert.not.equal(draw('a'), draw('b'));
});

test('a saved state goes on where it was', () => {
  const random = new Random(seedState('a'));
  random.hex(40);
  const saved = random.state;
  const next = [random.next(), random.uuid()];
  const resumed = new Random(saved);
  assert.equal([resumed.next(), resumed.uuid()], next);
});

test('numbers are spread evenly from 0 to 1', () => {
  const random = new Random(seedState('even'));
  const buckets = Array.from({ length: 10 }, () => 0);
  for (let count = 0; count < 10_000; count += 1) {
    const bucket = Math.floor(random.next() * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  assert.ok(
    buckets.every((count) => count > 850 && count < 1150),
    buckets.join(' '),
  );
});

test('identifiers have the shape that was asked for', () => {
  const random = new Random(seedState('ids'));
  assert.match(random.hex(17), /^[0-9a-f]{17}$/);
  assert.match(random.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test.run();
