import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { formatProblems } from '@roundtrip/problem';
import { bannedCalls } from './banned-calls.ts';
import { parseSource } from './source-file.ts';

const found = (text: string, path = 'tasks/engine/src/plan.ts') => bannedCalls(parseSource(path, text));
const names = (text: string, path?: string) => found(text, path).map(({ what }) => what.split(' is not for')[0]);

test('a hidden clock is named with its place and with what to use instead', () => {
  assert.is(
    formatProblems(found('const a = 1;\nconst now = Date.now();\n')),
    `tasks/engine/src/plan.ts:2:13: Date.now is not for this file
  why: the same input has to give the same result
  next: take a clock and call its now()`,
  );
});

test('everything that makes a result depend on more than the input is found', () => {
  const banned: [text: string, name: string][] = [
    ['new Date()', 'new Date()'],
    ['new Date', 'new Date()'],
    ['Date()', 'Date()'],
    ['performance.now()', 'performance.now'],
    ['Math.random()', 'Math.random'],
    ["Math['random']()", 'Math.random'],
    ['crypto.randomUUID()', 'randomUUID'],
    ['globalThis.crypto.randomUUID()', 'randomUUID'],
    ['randomUUID()', 'randomUUID'],
    ['randomBytes(8)', 'randomBytes'],
    ['setTimeout(f, 1)', 'setTimeout'],
    ['globalThis.setTimeout(f, 1)', 'setTimeout'],
    ['setInterval(f, 1)', 'setInterval'],
    ['console.log(1)', 'console'],
    ['console.error', 'console'],
    ['process.env', 'process.env'],
    ["process['env']", 'process.env'],
    ['process.exit(1)', 'process.exit'],
    ['process.stdout.write(a)', 'process.stdout'],
    ["import { setTimeout } from 'node:timers/promises';", 'setTimeout'],
  ];
  for (const [text, name] of banned) assert.equal(names(text), [name], text);
});

test('comments, strings, and what only sounds like it are left alone', () => {
  assert.equal(names(`// Date.now()\nconst a = 'console.log(Math.random())';`), []);
  assert.equal(
    names('new Date(ms); clock.now(); random.next(); options.console; Date.parse(text); Math.max(1, 2)'),
    [],
  );
});

test('doors lead outside, and the tool’s other workspaces are free', () => {
  assert.equal(names('Date.now()', 'tasks/local-cloud/src/main.ts'), []);
  assert.equal(names('Date.now()', 'tasks/local-cloud/src/server/listen.ts'), []);
  assert.equal(names('Date.now()', 'tasks/verbs/src/run.ts'), []);
  assert.equal(names('Date.now()', 'tasks/local-cloud/src/store/store.ts'), ['Date.now']);
});

test('a test with a virtual clock must not wait, and may do the rest', () => {
  const [problem] = found('setTimeout(done, 100); Date.now();', 'tasks/engine/src/plan.test.ts');
  assert.is(problem?.what, 'setTimeout is not for tests that have a virtual clock');
  assert.is(found('setImmediate(f); Date.now();', 'tasks/engine/src/test-cloud.ts').length, 0);
  assert.is(found('setTimeout(done, 100);', 'tasks/local-cloud/src/daemon.test.ts').length, 0);
});

test.run();
