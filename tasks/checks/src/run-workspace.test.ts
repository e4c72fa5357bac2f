import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';
import { runWorkspace } from './run-workspace.ts';
import { withFiles } from './temporary-folder.ts';
import type { WorkspaceResult } from './test-message.ts';
import { counts } from './test-report.ts';
import { testWorkspaces } from './test-workspaces.ts';

const HEAD = `import { test } from 'uvu';\nimport * as assert from 'uvu/assert';\n`;

/** Runs one test file, given as JavaScript, the way the runner runs a workspace. */
function runOne(body: string, deadlineMs = 30_000): Promise<WorkspaceResult> {
  const files = {
    'tasks/x/package.json': '{ "type": "module" }',
    'tasks/x/src/x.test.ts': '',
    'tasks/x/dist/x.test.js': HEAD + body,
  };
  return withFiles(files, async (root) => {
    symlinkSync(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
    const [workspace] = testWorkspaces(root, []);
    assert.ok(workspace);
    return runWorkspace(workspace, { root, deadlineMs, lingerMsMax: 200 });
  });
}

const failuresOf = (result: WorkspaceResult) => [
  ...result.files.flatMap(({ failures }) => failures),
  ...result.failures,
];

test('tests are counted by outcome', async () => {
  const result = await runOne(`test('a', () => {}); test('b', () => assert.is(1, 2)); test.skip('c'); test.run();`);
  assert.equal(counts([result]), { passed: 1, failed: 1, skipped: 1 });
  assert.match(failuresOf(result)[0] ?? '', 'Expected values to be strictly equal');
});

test('a file that forgets test.run() fails', async () => {
  const result = await runOne(`test('a', () => {});`);
  assert.equal(failuresOf(result), ['this file runs no test: end it with "test.run();"']);
  assert.equal(counts([result]), { passed: 0, failed: 1, skipped: 0 });
});

test('a before hook that throws fails, which uvu by itself lets pass', async () => {
  const result = await runOne(`test.before(() => { throw new Error('no'); }); test('a', () => {}); test.run();`);
  assert.equal(failuresOf(result), ['1 of 1 tests did not run: a before or after hook failed']);
});

test('a file that cannot be loaded fails with its error', async () => {
  assert.match(failuresOf(await runOne(`throw new TypeError('broken');`))[0] ?? '', 'TypeError: broken');
});

test('a promise that never settles fails and names the file', async () => {
  assert.equal(failuresOf(await runOne(`test('a', () => new Promise(() => {})); test.run();`)), [
    'a test in src/x.test.ts waits for a promise that never settles',
  ]);
});

test('an early exit with code 0 fails', async () => {
  const result = await runOne(`test('a', () => process.exit(0)); test.run();`);
  assert.equal(failuresOf(result), ['the process ended with exit code 0 in the middle of src/x.test.ts']);
});

test('at its deadline a workspace is killed, and the text says which file was running', async () => {
  const result = await runOne(`test('a', () => { for (;;) {} }); test.run();`, 1_000);
  assert.equal(failuresOf(result), [
    'killed after 1 s while src/x.test.ts was running\n  next: look there for a wait without an end',
  ]);
});

test('a test that leaves a timer behind fails after it has passed', async () => {
  const result = await runOne(`test('a', () => { setInterval(() => {}, 1000); }); test.run();`);
  assert.equal(counts([result]), { passed: 1, failed: 1, skipped: 0 });
  assert.equal(failuresOf(result), [
    'all tests are done, but the process does not end: one of them left a server, a timer or a child open',
  ]);
});

test('tests have an empty home and none of the caller’s AWS settings', async () => {
  process.env['AWS_PROFILE'] = 'production';
  const body = `
    import { readdirSync } from 'node:fs';
    test('environment', () => {
      assert.equal(Object.keys(process.env).filter((name) => /^AWS_(?!EC2_METADATA_DISABLED|SDK_JS)/.test(name)), []);
      assert.equal(readdirSync(process.env.HOME), ['tmp']);
    });
    test.run();`;
  assert.equal(failuresOf(await runOne(body)), []);
  delete process.env['AWS_PROFILE'];
});

test('a test whose source is not compiled fails instead of going unnoticed', async () => {
  const files = { 'tasks/x/package.json': '{}', 'tasks/x/src/new.test.ts': '' };
  const result = await withFiles(files, (root) => {
    const [workspace] = testWorkspaces(root, []);
    assert.ok(workspace);
    return runWorkspace(workspace, { root, deadlineMs: 30_000 });
  });
  assert.equal(result.failures, [
    'src/new.test.ts is not compiled\n  next: type: npx tsc -b (and see that tsconfig.json includes the file)',
  ]);
});

test.run();
