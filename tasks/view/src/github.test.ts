import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { disarm, githubCommand } from './github.ts';

test('a command without properties', () => {
  assert.is(githubCommand('group', 'network: 100 %\nof it'), '::group::network: 100 %25%0Aof it');
  assert.is(githubCommand('endgroup', ''), '::endgroup::');
});

test('a property escapes colons and commas too', () => {
  assert.is(
    githubCommand('error', 'a: b, c', { file: 'packages/data/layer.ts', title: 'data: failed, 1' }),
    '::error file=packages/data/layer.ts,title=data%3A failed%2C 1::a: b, c',
  );
});

test('text from elsewhere is never a command', () => {
  assert.is(disarm('::error::x'), ': :error::x');
  assert.is(disarm('  ::stop-commands::x'), '  : :stop-commands::x');
  assert.is(disarm('a ##[group]x'), 'a ## [group]x');
  assert.is(disarm('arn:aws:iam::111111111111:role/x'), 'arn:aws:iam::111111111111:role/x');
});

test.run();
