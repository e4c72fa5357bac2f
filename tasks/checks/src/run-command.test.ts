import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { runCommand } from './run-command.ts';

const run = (script: string, deadlineMs?: number) => runCommand(process.cwd(), ['-e', script], deadlineMs);

test('a command that succeeds has nothing to say, whatever it printed', async () => {
  assert.is(await run("console.log('fine')"), '');
});

test('a command that fails gives all that it printed', async () => {
  assert.is(await run("console.log('wrong'); process.exitCode = 2"), 'wrong\n');
});

test('a command that fails in silence still gives a text', async () => {
  assert.is(await run('process.exitCode = 3'), 'exit code 3');
});

test('a command that hangs is killed at its deadline', async () => {
  assert.is(await run('setInterval(() => {}, 1000)', 300), 'killed by SIGKILL (the limit is 0.3 s)');
});

test('tools are told to be quiet: no colour, no daemon, no cloud', async () => {
  process.env['FORCE_COLOR'] = '1';
  const script =
    'console.log(process.env.FORCE_COLOR, process.env.NO_COLOR, process.env.NX_DAEMON); process.exitCode = 1';
  assert.is(await run(script), 'undefined 1 false\n');
  delete process.env['FORCE_COLOR'];
});

test.run();
