import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import type { Tree } from '@nx/devkit';
import { ProblemError } from '@roundtrip/problem';
import { FsTree } from 'nx/src/generators/tree';
import { layer } from './layer.ts';
import { syncTeardown } from './sync-teardown.ts';
import { temporaryProject } from './temporary-project.ts';
import type { TemporaryProject } from './temporary-project.ts';

const test = suite<{ project: TemporaryProject; tree: Tree }>('layer generator');

test.before.each((context) => {
  context.project = temporaryProject({ network: [], cluster: ['network'], destroy: ['network', 'cluster'] });
  context.tree = new FsTree(context.project.root, false);
});
test.after.each((context) => context.project.remove());

const json = (tree: Tree, path: string) => JSON.parse(tree.read(path, 'utf8') ?? 'null');

test('a new layer has the five scripts and depends on what it is told to', async ({ tree }) => {
  await layer(tree, { name: 'cache', dependsOn: 'network, cluster' });
  const manifest = json(tree, 'packages/cache/package.json');
  assert.equal(manifest.scripts, {
    stage: 'node ../../tasks/verbs/dist/layer.js stage --env stage',
    prod: 'node ../../tasks/verbs/dist/layer.js prod --env prod',
    'destroy-stage': 'node ../../tasks/verbs/dist/layer.js destroy-stage --env stage',
    up: 'node ../../tasks/verbs/dist/layer.js up',
    down: 'node ../../tasks/verbs/dist/layer.js down',
  });
  const needed = ['cluster', 'environment', 'network', 'problem'].map((name) => `@roundtrip/${name}`);
  assert.equal(Object.keys(manifest.dependencies), [...needed, 'valibot']);
});

test('it is in the graph both ways: destroy waits for it, and it goes before what it is built upon', async ({
  tree,
}) => {
  await layer(tree, { name: 'cache', dependsOn: 'network' });
  assert.is(json(tree, 'packages/destroy/package.json').dependencies['@roundtrip/cache'], '*');
  assert.equal(json(tree, 'packages/network/turbo.json').tasks['destroy-stage'].dependsOn, [
    '$TURBO_EXTENDS$',
    '@roundtrip/cache#destroy-stage',
    '@roundtrip/cluster#destroy-stage',
  ]);
  assert.equal(json(tree, 'packages/cache/turbo.json').tasks.down.dependsOn, ['$TURBO_EXTENDS$']);
});

test('it is compiled with the others', async ({ tree }) => {
  await layer(tree, { name: 'cache' });
  const paths = json(tree, 'tsconfig.json').references.map(({ path }: { path: string }) => path);
  assert.equal(paths, ['packages/cache', 'packages/cluster', 'packages/destroy', 'packages/network']);
});

test('every file that a layer is made of is there', async ({ tree }) => {
  await layer(tree, { name: 'cache' });
  const files = ['README.md', 'layer.test.ts', 'layer.ts', 'package.json', 'templates', 'tsconfig.json', 'turbo.json'];
  assert.equal(tree.children('packages/cache').sort(), files);
  assert.equal(tree.children('packages/cache/templates'), ['cache.yaml']);
});

test('everything that is wrong with the options is said at once, and nothing is written', async ({ tree }) => {
  const text = await refusal(() => layer(tree, { name: 'My_Cache', dependsOn: 'networ,destroy' }));
  assert.is(
    text,
    `"My_Cache" cannot be the name of a layer
  why: it becomes a part of stack names: lower-case letters and digits in words joined by single hyphens
  next: choose a name such as cache or message-bus
--dependsOn names "destroy", which no layer can be built upon
  next: name one of cluster, network
--dependsOn names "networ", which no layer can be built upon
  next: name one of cluster, network`,
  );
  assert.equal(tree.listChanges(), []);
});

test('a layer that is there already is not written over', async ({ tree }) => {
  assert.is(
    await refusal(() => layer(tree, { name: 'network' })),
    'there is a packages/network already\n  next: choose another name, or edit packages/network/layer.ts',
  );
});

test('the name of one of the tool’s own workspaces is taken', async ({ tree }) => {
  tree.write('tasks/engine/package.json', '{}');
  assert.is(
    await refusal(() => layer(tree, { name: 'engine' })),
    '"engine" cannot be the name of a layer\n' +
      '  why: tasks/engine is called @roundtrip/engine already\n' +
      '  next: choose another name',
  );
});

test('the sync generator says what was stale, and has nothing to say the second time', async ({ tree, project }) => {
  const first = await syncTeardown(tree);
  assert.is(first?.outOfSyncMessage, 'The teardown edges are not those of the layer graph; type: make sync');
  assert.equal(first?.outOfSyncDetails, [
    'packages/cluster/turbo.json: this file is missing',
    'packages/destroy/turbo.json: this file is missing',
    'packages/network/turbo.json: this file is missing',
  ]);
  assert.is(await syncTeardown(tree), undefined);
  assert.is(tree.root, project.root);
});

async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
  return 'it was not refused';
}

test.run();
