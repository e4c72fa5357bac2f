import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { formatProblems } from '@roundtrip/problem';
import { bannedImports } from './banned-imports.ts';
import { parseSource } from './source-file.ts';

const DECLARED = new Set(['yaml', '@aws-sdk/client-ecs', '@roundtrip/engine', '@roundtrip/aws', 'zx']);
const found = (path: string, text: string) =>
  formatProblems(bannedImports(parseSource(path, text), DECLARED, new Set(['uvu'])));

test('the engine imports no SDK, not even a type, and says why', () => {
  const text = "import { a } from './a.ts';\nimport type { ECS } from '@aws-sdk/client-ecs';\n";
  assert.is(
    found('tasks/engine/src/plan.ts', text),
    `tasks/engine/src/plan.ts:2:26: @aws-sdk/client-ecs must not be imported here
  why: the engine knows no SDK, no turbo, no zx and no file system; it has ports for what it needs`,
  );
});

test('a dynamic import and a re-export count as well', () => {
  assert.match(found('tasks/engine/src/plan.ts', "const { $ } = await import('zx');"), 'zx must not be imported here');
  assert.match(
    found('tasks/local-cloud/src/a.ts', "export { plan } from '@roundtrip/engine';"),
    '@roundtrip/engine must not',
  );
});

test('a layer does not know the tool; only the sweep does', () => {
  const text = "import { leftovers } from '@roundtrip/aws';";
  assert.match(found('packages/network/layer.ts', text), '@roundtrip/aws must not be imported here');
  assert.is(found('packages/destroy/src/sweep.ts', text), '');
});

test('a path into another workspace is refused', () => {
  assert.is(
    found('tasks/view/src/a.ts', "import { b } from '../../engine/src/b.ts';"),
    `tasks/view/src/a.ts:1:19: ../../engine/src/b.ts reaches into another workspace
  why: what another workspace offers is what its index.ts exports
  next: import it by the name of its package`,
  );
  assert.is(found('tasks/view/src/deep/a.ts', "import { b } from '../b.ts';"), '');
});

test('what package.json does not declare is refused, also when npm has hoisted it', () => {
  assert.is(
    found('tasks/view/src/a.ts', "import kleur from 'kleur/colors';"),
    `tasks/view/src/a.ts:1:19: kleur is not declared in tasks/view/package.json
  why: it works only for as long as another workspace happens to need it
  next: type: npm install kleur --workspace tasks/view`,
  );
});

test('declared packages, Node’s own modules, and the root’s tools in tests are fine', () => {
  assert.is(
    found('tasks/verbs/src/a.ts', "import 'yaml'; import { x } from 'node:fs'; import '@aws-sdk/client-ecs/x';"),
    '',
  );
  assert.is(found('tasks/view/src/a.test.ts', "import { test } from 'uvu'; import * as assert from 'uvu/assert';"), '');
  assert.match(found('tasks/view/src/a.ts', "import { test } from 'uvu';"), 'uvu is not declared');
});

test.run();
