import { setTimeout as delay } from 'node:timers/promises';
import * as assert from 'uvu/assert';

/** Waits for what another process does. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'what is waited for happens within 20 s');
    await delay(20);
  }
}
