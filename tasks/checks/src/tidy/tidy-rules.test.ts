import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { formatProblems } from '@roundtrip/problem';
import { fileNames } from './file-names.ts';
import { leftInTests } from './left-in-tests.ts';
import { lockFile } from './lock-file.ts';
import { longFunctions } from './long-functions.ts';
import { makeTargets, targetsOf } from './make-targets.ts';
import { parseSource } from './source-file.ts';

const functionOf = (lines: number) => `const a = 1;\nexport function f() {\n${'  g();\n'.repeat(lines - 2)}}\n`;

test('a function may have 70 lines, and not 71', () => {
  assert.equal(longFunctions(parseSource('tasks/x/src/a.ts', functionOf(70))), []);
  assert.is(
    formatProblems(longFunctions(parseSource('tasks/x/src/a.ts', functionOf(71)))),
    `tasks/x/src/a.ts:2:8: this function has 71 lines, more than 70
  next: give a part of it a name of its own`,
  );
});

test('a .only that was left in a test is found; in other files it is a name like any other', () => {
  const text = "test('a', f);\ntest.only('b', f);\n";
  assert.is(
    formatProblems(leftInTests(parseSource('tasks/x/src/a.test.ts', text))),
    `tasks/x/src/a.test.ts:2:1: .only has been left in this test file
  why: every other test of the suite is not run, and nothing says so
  next: take the ".only" away`,
  );
  assert.equal(leftInTests(parseSource('tasks/x/src/a.ts', text)), []);
});

test('file names are kebab-case and say something', () => {
  assert.equal(
    fileNames(['tasks/x/src/a-b.ts', 'tasks/x/src/a-b.test.ts', 'packages/network/layer.ts', 'tasks/x/README.md']),
    [],
  );
  assert.is(
    formatProblems(fileNames(['tasks/x/src/journalEvent.ts', 'tasks/x/src/utils.ts'])),
    `tasks/x/src/journalEvent.ts: journalEvent.ts is not in kebab-case
  next: rename it: journal-event.ts
tasks/x/src/utils.ts: utils.ts says nothing of what is in it
  next: name it for the one noun or verb that it exports`,
  );
});

test('an address of a registry in the lock file is found; a link to a workspace is none', () => {
  const text = '{\n  "resolved": "packages/network",\n  "resolved": "https://npm.example/zx.tgz"\n}';
  assert.is(
    formatProblems(lockFile(text)),
    `package-lock.json:3:3: a registry's address stands here: https://npm.example/zx.tgz
  why: whoever has another mirror could not install
  next: see that .npmrc has omit-lockfile-registry-resolved=true, then type: npm install`,
  );
});

const MAKEFILE =
  'SHELL := /bin/sh\n.PHONY: a \\\n  b\nstage: setup ## build\n\t@node x\nplan plan-stage: setup\ndestroy-%: setup\n';

test('targets are those of rules, not of variables', () => {
  const targets = targetsOf(MAKEFILE);
  const known = (name: string) => targets.some((target) => target.test(name));
  assert.equal(['stage', 'plan', 'plan-stage', 'destroy-dev', 'SHELL', 'prod'].map(known), [
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a page that names a target which does not exist is found, in code only', () => {
  const page =
    'make sure that it works: `make stage`.\n\n```\n$ SPEED=1 make -s LOCAL=1 prod   # or\nmake plan ENV=x\n```\n';
  assert.is(
    formatProblems(makeTargets('README.md', page, targetsOf(MAKEFILE))),
    `README.md:4:11: the Makefile has no target "prod"
  next: type: make (it prints the targets), and correct the one or the other`,
  );
});

test('a message that tells to type a target which does not exist is found', () => {
  const text = "const next = 'type: make sync';\nconst other = 'type: SPEED=1 make stage';\n";
  assert.is(
    formatProblems(makeTargets('tasks/x/src/a.ts', text, targetsOf(MAKEFILE))),
    `tasks/x/src/a.ts:1:15: the Makefile has no target "sync"
  next: type: make (it prints the targets), and correct the one or the other`,
  );
});

test.run();
