import * as assert from 'uvu/assert';
import { test } from 'uvu';
import type { WorkspaceResult } from './test-message.ts';
import { totalLines, workspaceLines } from './test-report.ts';

const FILE = { file: 'src/a.test.ts', passed: 2, failed: 0, skipped: 0, failures: [], durationMs: 400 };
const GOOD: WorkspaceResult = { workspace: 'tasks/a', files: [FILE], failures: [], output: '', durationMs: 500 };
const BAD: WorkspaceResult = {
  workspace: 'tasks/b',
  files: [{ ...FILE, passed: 1, failed: 1, failures: ['it is\n  wrong'], durationMs: 1_500 }],
  failures: ['killed'],
  output: 'said\n',
  durationMs: 2_000,
};

test('a workspace that passes is one line', () => {
  assert.equal(workspaceLines(GOOD), ['ok   tasks/a                    2 passed (0.5 s)']);
});

test('a workspace that fails shows every failure in full, and what its tests printed', () => {
  assert.equal(workspaceLines(BAD), [
    'FAIL tasks/b                    1 passed, 2 failed (2.0 s)',
    '',
    '     tasks/b/src/a.test.ts',
    '     it is',
    '       wrong',
    '',
    '     killed',
    '',
    '     what the tests printed:',
    '     said',
  ]);
});

test('the last line counts tests; what fails a workspace counts too', () => {
  assert.equal(totalLines([GOOD]), ['2 passed, 0 failed']);
  assert.equal(totalLines([GOOD, BAD]), [
    '',
    'slowest files',
    '    1.5 s  tasks/b/src/a.test.ts',
    '',
    '3 passed, 2 failed',
  ]);
  assert.equal(totalLines([]), ['0 passed, 0 failed']);
});

test.run();
