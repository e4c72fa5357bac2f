import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clean, line, padEnd, padStart, width } from './text.ts';

test('a line that fits stays as it is', () => {
  assert.is(line(['ab', ['cd', 'red']], { color: false, columns: 4 }), 'abcd');
  assert.is(line(['ab', ['cd', 'red']], { color: false }), 'abcd');
});

test('a line is cut to its columns with an ellipsis, wherever the cut falls', () => {
  assert.is(line(['abcdef'], { color: false, columns: 5 }), 'abcd…');
  assert.is(line(['abcd', 'ef'], { color: false, columns: 5 }), 'abcd…');
  assert.is(line(['ab', 'cd', 'ef'], { color: false, columns: 4 }), 'abc…');
  assert.is(line(['abc'], { color: false, columns: 1 }), '…');
});

test('a wide character counts two and is never cut in half', () => {
  assert.is(width('日本'), 4);
  assert.is(line(['日本語'], { color: false, columns: 4 }), '日…');
  assert.is(padEnd('日', 4), '日  ');
  assert.is(padStart('日', 4), '  日');
});

test('symbols before letters do not shift the cut', () => {
  assert.is(line(['… and 3 more'], { color: false, columns: 5 }), '… an…');
  assert.is(line(['█░ab', 'cd'], { color: false, columns: 4 }), '█░a…');
  assert.is(line(['e\u0301e\u0301e\u0301'], { color: false, columns: 2 }), 'e\u0301…');
});

test('a line is painted after it is cut, so that every colour is closed', () => {
  assert.is(line([['abcdef', 'red']], { color: true, columns: 4 }), '\u001b[31mabc…\u001b[39m');
  assert.is(line([['', 'red'], 'a'], { color: true }), 'a');
});

test('text from elsewhere loses escape sequences and control characters', () => {
  assert.is(clean('\u001b[31mred\u001b[0m\tand\u0007 \u009bmore\r\n'), 'red  and ore');
  assert.is(clean('one\r\ntwo'), 'one two');
});

test.run();
