import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { formatPlace } from '@roundtrip/problem';
import { withFiles } from './temporary-folder.ts';
import { tidy } from './tidy.ts';

const CLEAN = {
  'package.json': '{ "devDependencies": { "uvu": "*" } }',
  'package-lock.json': '{}',
  Makefile: 'stage: ## build\n',
  'README.md': '`make stage`\n',
  'tasks/engine/package.json': '{ "dependencies": { "yaml": "*" } }',
  'tasks/engine/src/plan.ts': "import { parse } from 'yaml';\nexport const plan = parse;\n",
};

const found = (files: Record<string, string>) =>
  withFiles({ ...CLEAN, ...files }, (root) =>
    tidy(root).map(({ place, code }) => `${place ? formatPlace(place) : ''} ${code}`),
  );

test('a tidy project has nothing to be said about', async () => {
  assert.equal(await found({}), []);
});

test('every rule is applied to the whole project, and everything is reported at once', async () => {
  const files = {
    'README.md': 'Type `make prodd`.\n',
    'docs/deep/page.md': '`make nothing`\n',
    'package-lock.json': '"resolved": "https://npm.example/zx.tgz"',
    'tasks/engine/src/Plan.ts': "import 'zx';\nexport const at = Date.now();\n",
    'tasks/engine/src/plan.test.ts': "import { test } from 'uvu';\ntest.only('a', () => {});\n",
    'tasks/engine/dist/old.ts': 'Date.now();',
  };
  assert.equal(await found(files), [
    'tasks/engine/src/Plan.ts file-name',
    'tasks/engine/src/Plan.ts:2:19 banned-call',
    'tasks/engine/src/Plan.ts:1:8 banned-import',
    'tasks/engine/src/plan.test.ts:2:1 only-left',
    'package-lock.json:1:1 registry-in-lock',
    'README.md:1:7 unknown-make-target',
    'docs/deep/page.md:1:2 unknown-make-target',
  ]);
});

test.run();
