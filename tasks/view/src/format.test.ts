import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatClock, formatCount, formatDuration, formatNumber, formatOffset } from './format.ts';

test('a duration is shown in the unit that a person would use', () => {
  const cases: [number, string][] = [
    [-5, '0.0 s'],
    [0, '0.0 s'],
    [400, '0.4 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [12_000, '12 s'],
    [59_499, '59 s'],
    [59_600, '1:00 min'],
    [65_000, '1:05 min'],
    [3_599_400, '59:59 min'],
    [3_599_600, '1:00:00 h'],
    [3_723_000, '1:02:03 h'],
    [86_399_400, '23:59:59 h'],
    [86_399_600, '1 d 0 h'],
    [273_600_000, '3 d 4 h'],
  ];
  for (const [ms, text] of cases) assert.is(formatDuration(ms), text, String(ms));
});

test('a clock cuts off and does not round', () => {
  assert.is(formatClock(999), '0:00');
  assert.is(formatClock(80_999), '1:20');
  assert.is(formatClock(3_723_000), '1:02:03');
});

test('an offset has two digits for minutes', () => {
  assert.is(formatOffset(0), '+00:00');
  assert.is(formatOffset(83_000), '+01:23');
  assert.is(formatOffset(683_000), '+11:23');
  assert.is(formatOffset(3_723_000), '+1:02:03');
});

test('a number has thousands separators', () => {
  assert.is(formatNumber(0), '0');
  assert.is(formatNumber(999), '999');
  assert.is(formatNumber(1234), '1,234');
  assert.is(formatNumber(1234567), '1,234,567');
});

test('a count agrees with its noun', () => {
  assert.is(formatCount(1, 'stack'), '1 stack');
  assert.is(formatCount(0, 'stack'), '0 stacks');
  assert.is(formatCount(1204, 'stack'), '1,204 stacks');
  assert.is(formatCount(2, 'reply', 'replies'), '2 replies');
});

test.run();
