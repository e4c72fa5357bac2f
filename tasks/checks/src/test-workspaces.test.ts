import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { ProblemError } from '@roundtrip/problem';
import { withFiles } from './temporary-folder.ts';
import { testWorkspaces } from './test-workspaces.ts';

const FILES = {
  'packages/network/package.json': '{}',
  'packages/network/tsconfig.json': '{ "compilerOptions": { "rootDir": "." } }',
  'packages/network/layer.test.ts': '',
  'packages/network/node_modules/other/other.test.ts': '',
  'packages/network/dist/gone.test.js': '',
  'tasks/engine/package.json': '{}',
  'tasks/engine/tsconfig.json': '{}',
  'tasks/engine/src/deep/plan.test.ts': '',
  'tasks/problem/package.json': '{}',
};

test('tests are found by their sources, and run from where the compiler puts them', async () => {
  await withFiles(FILES, (root) => {
    const found = testWorkspaces(root, []).map(({ folder, files }) => [
      folder,
      ...files.map(({ source, compiled }) => [source, compiled.slice(root.length)]),
    ]);
    assert.equal(found, [
      ['packages/network', ['layer.test.ts', '/packages/network/dist/layer.test.js']],
      ['tasks/engine', ['src/deep/plan.test.ts', '/tasks/engine/dist/deep/plan.test.js']],
    ]);
  });
});

test('a workspace can be named by its folder or by its name', async () => {
  await withFiles(FILES, (root) => {
    const folders = (...filters: string[]) => testWorkspaces(root, filters).map(({ folder }) => folder);
    assert.equal(folders('engine'), ['tasks/engine']);
    assert.equal(folders('packages/network/'), ['packages/network']);
    assert.equal(folders('engine', 'network'), ['packages/network', 'tasks/engine']);
  });
});

test('a name that no workspace has is refused with those that there are', async () => {
  await withFiles(FILES, (root) => {
    try {
      testWorkspaces(root, ['engin']);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ProblemError);
      assert.is(
        (error as ProblemError).message,
        'no workspace is called "engin"\n  next: name one of packages/network, tasks/engine, tasks/problem',
      );
    }
  });
});

test.run();
