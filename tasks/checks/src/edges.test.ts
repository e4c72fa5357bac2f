import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { formatProblems } from '@roundtrip/problem';
import { edges } from './edges.ts';
import { withFiles } from './temporary-folder.ts';

const turbo = (...dependents: string[]) => {
  const task = (name: string) => ({
    dependsOn: ['$TURBO_EXTENDS$', ...dependents.map((layer) => `@roundtrip/${layer}#${name}`)],
  });
  return JSON.stringify({ extends: ['//'], tasks: { 'destroy-stage': task('destroy-stage'), down: task('down') } });
};

const FILES = {
  'packages/network/package.json': '{ "name": "@roundtrip/network" }',
  'packages/network/turbo.json': turbo('cluster'),
  'packages/cluster/package.json': '{ "name": "@roundtrip/cluster", "dependencies": { "@roundtrip/network": "*" } }',
  'packages/cluster/turbo.json': turbo(),
};

test('edges that follow from the dependencies are in step', async () => {
  assert.equal(await withFiles(FILES, edges), []);
});

test('a missing edge is found, with the file, the reason and what to type', async () => {
  const found = await withFiles({ ...FILES, 'packages/network/turbo.json': `${turbo()}\n` }, edges);
  assert.is(
    formatProblems(found),
    'packages/network/turbo.json:1:57: ' +
      'destroy-stage has to wait for @roundtrip/cluster#destroy-stage; down has to wait for @roundtrip/cluster#down\n' +
      '  why: turbo would take layers down in an order that the dependencies in package.json do not allow\n' +
      '  next: type: make sync',
  );
});

test.run();
