import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TokenBuckets } from './token-buckets.ts';

const READ = { bucket: 'read', burst: 3, perSecond: 2 };

test('a burst is let through, then as much as comes back', () => {
  const buckets = new TokenBuckets();
  const taken = [0, 0, 0, 0, 400, 500, 900, 1000, 60_000, 60_000, 60_000, 60_000].map((now) =>
    buckets.take('a', READ, now),
  );
  assert.equal(taken, [true, true, true, false, false, true, false, true, true, true, true, false]);
});

test('owners and buckets do not share', () => {
  const buckets = new TokenBuckets();
  const one = { ...READ, burst: 1 };
  assert.ok(buckets.take('a', one, 0));
  assert.not(buckets.take('a', one, 0));
  assert.ok(buckets.take('b', one, 0));
  assert.ok(buckets.take('a', { ...one, bucket: 'write' }, 0));
});

test.run();
