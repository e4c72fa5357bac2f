import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { installedScript } from './installed-script.ts';
import { projectRoot } from './project-root.ts';
import { runCommand } from './run-command.ts';
import { withFiles } from './temporary-folder.ts';

/** The linter as it is configured, on the one mistake that a task runner cannot afford. */
function lint(text: string): Promise<string> {
  const root = projectRoot();
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, types: [], skipLibCheck: true };
  const files = {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    'deploy.ts': text,
  };
  return withFiles(files, (folder) => {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const config = ['--config', join(root, '.oxlintrc.json'), '--format', 'unix'];
    return runCommand(folder, [installedScript(root, 'oxlint', 'bin/oxlint'), ...config, 'deploy.ts']);
  });
}

test('a zx command that is not awaited is an error', async () => {
  const found = await lint(
    "import { $ } from 'zx';\nexport async function deploy(): Promise<void> {\n  $`aws s3 ls`;\n}\n",
  );
  assert.match(found, 'deploy.ts:3:3: Promises must be awaited');
});

test('the same command awaited is none', async () => {
  assert.is(
    await lint("import { $ } from 'zx';\nexport async function deploy(): Promise<void> {\n  await $`aws s3 ls`;\n}\n"),
    '',
  );
});

test.run();
