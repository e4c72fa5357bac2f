import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { JournalEntry } from '@roundtrip/engine';
import { takeSignals, type Signals } from './signals.ts';

let signals: Signals;
let written: JournalEntry[];
test.before.each(() => {
  written = [];
  signals = takeSignals({ write: (entry) => written.push(entry) }, 'make stage', () => {
    throw new RangeError('nobody may leave at the first signal');
  });
});
test.after.each(() => signals.stop());

for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  test(`${name} interrupts the run and decides its exit code`, () => {
    assert.is(signals.exitCode, undefined);
    process.emit(name);
    assert.is(signals.exitCode, code);
    assert.equal(written, [{ type: 'interrupted', signal: name }]);
    assert.is(signals.signal.aborted, true);
    assert.is((signals.signal.reason as Error).message, `interrupted by ${name}`);
  });
}

test('after the run signals do what they do by default', () => {
  const before = process.listenerCount('SIGINT');
  signals.stop();
  assert.is(process.listenerCount('SIGINT'), before - 1);
});

test.run();
