import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { JournalEntry } from '@roundtrip/engine';
import { takeSignals, type Signals } from './signals.ts';

let signals: Signals;
let written: JournalEntry[];
let left: number[];
let printed: string;
let timers: { ms: number; action: () => void }[];
test.before.each(() => {
  [written, left, printed, timers] = [[], [], '', []];
  signals = takeSignals({
    journal: { write: (entry) => written.push(entry) },
    make: 'make stage',
    leave: (code) => left.push(code),
    later(ms, action) {
      const timer = { ms, action };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
    stderr: { write: (text: string) => ((printed += text), true) },
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
    assert.equal(written, [{ type: 'interrupted', signal: name, next: 'type: make stage' }]);
    assert.is(signals.signal.aborted, true);
    assert.is((signals.signal.reason as Error).message, `interrupted by ${name}`);
    assert.equal(left, [], 'nobody leaves at the first signal');
  });
}

test('whatever hangs, the run leaves before five seconds are over', () => {
  process.emit('SIGTERM');
  assert.is(timers.length, 1);
  assert.ok(timers[0]!.ms < 5_000);
  timers[0]!.action();
  assert.equal(left, [143]);
  assert.is(
    printed,
    '\nLeft 4.5 s after SIGTERM, although not all has ended. What AWS has accepted goes on there.\n  next: type: make stage\n',
  );
});

test('a run that has ended in good order is not left a second time', () => {
  process.emit('SIGINT');
  signals.stop();
  assert.equal(timers, []);
});

test('the second signal leaves at once, with the code of the first', () => {
  process.emit('SIGINT');
  process.emit('SIGTERM');
  assert.equal(left, [130]);
  assert.is(
    printed,
    '\nInterrupted again: left at once. What AWS has accepted goes on there.\n  next: type: make stage\n',
  );
  assert.equal(written.length, 1);
});

test('after the run signals do what they do by default', () => {
  const before = process.listenerCount('SIGINT');
  signals.stop();
  assert.is(process.listenerCount('SIGINT'), before - 1);
});

test.run();
