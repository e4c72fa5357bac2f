import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { alignColumns } from './columns.ts';
import { line } from './text.ts';

const shown = (rows: Parameters<typeof alignColumns>[0]) =>
  alignColumns(rows).map((spans) => line(spans, { color: false }));

test('columns are as wide as their widest cell', () => {
  assert.equal(
    shown([
      ['a', 'bbb', 'c'],
      ['aaa', 'b', 'c'],
    ]),
    ['a    bbb  c', 'aaa  b    c'],
  );
});

test('a wide character counts two', () => {
  assert.equal(
    shown([
      ['日本', 'x'],
      ['a', 'x'],
    ]),
    ['日本  x', 'a     x'],
  );
});

test('nothing is padded at the end of a line', () => {
  assert.equal(shown([['a', '', ''], ['aa', ['', 'red'], 'c'], []]), ['a', 'aa    c', '']);
});

test.run();
