import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { outputMode } from './output-mode.ts';

const on = (isTTY: boolean, env: Record<string, string>, columns?: number) => {
  const mode = outputMode({ isTTY, env, columns });
  return [mode.kind, mode.color ? 'color' : 'mono', mode.github ? 'github' : 'other'].join(' ');
};

test('a terminal is live and coloured', () => {
  assert.is(on(true, { TERM: 'xterm-256color' }, 120), 'live color other');
  assert.is(on(true, {}), 'live color other');
});

test('a pipe is plain and without colour', () => {
  assert.is(on(false, { TERM: 'xterm-256color' }), 'plain mono other');
});

test('CI is plain and without colour, even on a terminal', () => {
  assert.is(on(true, { CI: 'true' }), 'plain mono other');
  assert.is(on(true, { CI: '1' }), 'plain mono other');
  assert.is(on(true, { CI: 'false' }), 'live color other');
  assert.is(on(true, { CI: '' }), 'live color other');
});

test('GitHub is known by its own variable and is CI', () => {
  assert.is(on(true, { GITHUB_ACTIONS: 'true' }), 'plain mono github');
  assert.is(on(false, { GITHUB_ACTIONS: 'false' }), 'plain mono other');
});

test('a dumb or very narrow terminal is plain', () => {
  assert.is(on(true, { TERM: 'dumb' }), 'plain mono other');
  assert.is(on(true, {}, 39), 'plain color other');
  assert.is(on(true, {}, 40), 'live color other');
});

test('NO_COLOR takes the colour away and leaves the screen live', () => {
  assert.is(on(true, { NO_COLOR: '1' }), 'live mono other');
  assert.is(on(true, { NO_COLOR: '' }), 'live color other');
});

test('FORCE_COLOR gives colour to a pipe and takes it from a terminal', () => {
  assert.is(on(false, { FORCE_COLOR: '1' }), 'plain color other');
  assert.is(on(false, { FORCE_COLOR: '' }), 'plain color other');
  assert.is(on(true, { FORCE_COLOR: '0' }), 'live mono other');
  assert.is(on(true, { FORCE_COLOR: 'false' }), 'live mono other');
});

test('NO_COLOR wins over FORCE_COLOR', () => {
  assert.is(on(true, { NO_COLOR: '1', FORCE_COLOR: '1' }), 'live mono other');
});

test.run();
