import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testParts } from './test-parts.ts';

const files = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ source: `src/${index}.test.ts`, compiled: `dist/${index}.test.js` }));

test('large workspaces run in parts that hold each file once, the longest before the others', () => {
  const parts = testParts([
    { folder: 'packages/data', files: files(2) },
    { folder: 'tasks/engine', files: files(10) },
    { folder: 'tasks/local-cloud', files: files(150) },
    { folder: 'tasks/verbs', files: files(31) },
  ]);
  assert.equal(
    parts.map(({ folder, part = 'whole', files: own }) => `${folder} ${part} ${own.length}`),
    [
      'tasks/verbs 1/6 6',
      'tasks/verbs 2/6 5',
      'tasks/verbs 3/6 5',
      'tasks/verbs 4/6 5',
      'tasks/verbs 5/6 5',
      'tasks/verbs 6/6 5',
      'tasks/local-cloud 1/4 38',
      'tasks/local-cloud 2/4 38',
      'tasks/local-cloud 3/4 37',
      'tasks/local-cloud 4/4 37',
      'packages/data whole 2',
      'tasks/engine whole 10',
    ],
  );
  const verbs = parts.filter(({ folder }) => folder === 'tasks/verbs').flatMap((part) => part.files);
  assert.is(new Set(verbs.map(({ source }) => source)).size, 31);
});

test.run();
