import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { limitsOf, portOf, speedOf } from './settings.ts';

test('defaults hold where nothing is said', () => {
  assert.equal([portOf(undefined), portOf(''), speedOf(undefined), speedOf('')], [4566, 4566, 60, 60]);
  assert.equal([portOf('4567'), speedOf('1'), speedOf('0.5')], [4567, 1, 0.5]);
});

test('a port that is none is refused with how to give one', () => {
  for (const text of ['abc', '0', '65536', '-1', '4566.5', '1e3']) {
    assert.throws(
      () => portOf(text),
      (error: Error) =>
        error.message ===
        `LOCAL_CLOUD_PORT is "${text}", which is no port\n` +
          '  why: a port is a whole number from 1 to 65535\n' +
          '  next: LOCAL_CLOUD_PORT=4567 make stage',
      text,
    );
  }
});

test('a speed that is none is refused with how to give one', () => {
  for (const text of ['fast', '0', '-1', '100001', 'Infinity']) {
    assert.throws(
      () => speedOf(text),
      (error: Error) =>
        error.message ===
        `SPEED is "${text}", which is no speed\n` +
          '  why: it says how many seconds of the local cloud pass in a second: a number over 0, at most 100000\n' +
          '  next: SPEED=60 make stage',
      text,
    );
  }
});

test('limits are on unless they are switched off', () => {
  assert.equal([undefined, '', 'on', 'off'].map(limitsOf), ['on', 'on', 'on', 'off']);
  assert.throws(
    () => limitsOf('no'),
    (error: Error) =>
      error.message ===
      'LOCAL_CLOUD_LIMITS is "no", which is neither on nor off\n' +
        "  why: it says whether the local cloud keeps to AWS's rate limits; on unless said\n" +
        '  next: LOCAL_CLOUD_LIMITS=off make stage',
  );
});

test.run();
