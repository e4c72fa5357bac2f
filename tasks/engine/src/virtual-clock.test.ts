import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createVirtualClock } from './virtual-clock.ts';

test('time moves to whoever wakes next', async () => {
  const clock = createVirtualClock(1_000);
  await clock.drive(Promise.all([clock.sleep(500), clock.sleep(200)]));
  assert.is(clock.now(), 1_500);
});

test('time stands still while something takes real time', async () => {
  let turns = 0;
  const clock = createVirtualClock(0, () => (turns += 1) < 50);
  const stop = new AbortController();
  const background = clock.sleep(10, stop.signal).catch(() => undefined);
  const work = async (): Promise<number> => {
    while (turns < 40) await new Promise((resolve) => setImmediate(resolve));
    return clock.now();
  };
  assert.is(await clock.drive(work()), 0);
  stop.abort();
  await background;
});

test.run();
