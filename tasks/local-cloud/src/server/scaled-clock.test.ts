import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scaledClock } from './scaled-clock.ts';

const test = suite<{ directory: string }>('scaled clock');
test.before.each((context) => {
  context.directory = mkdtempSync(join(tmpdir(), 'clock-'));
});
test.after.each(({ directory }) => rmSync(directory, { recursive: true, force: true }));

test('a second is a minute at speed 60', ({ directory }) => {
  let real = 1_000_000;
  const clock = scaledClock(directory, 60, () => real);
  assert.is(clock.now(), 1_000_000);
  real += 1000;
  assert.is(clock.now(), 1_060_000);
});

test('it goes on over restarts and over changes of speed, and never back', ({ directory }) => {
  let real = 1_000_000;
  scaledClock(directory, 60, () => real);
  real += 1000;
  assert.is(scaledClock(directory, 60, () => real).now(), 1_060_000);
  const slow = scaledClock(directory, 1, () => real);
  assert.is(slow.now(), 1_060_000);
  real += 1000;
  assert.is(slow.now(), 1_061_000);
  real = 5;
  assert.is(slow.now(), 1_060_000);
});

test('a file that cannot be read starts it anew', ({ directory }) => {
  writeFileSync(join(directory, 'clock.json'), '{"cloudMs":');
  assert.is(scaledClock(directory, 60, () => 7).now(), 7);
});

test.run();
