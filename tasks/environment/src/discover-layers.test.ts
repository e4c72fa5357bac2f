import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ProblemError } from '@roundtrip/problem';
import { discoverLayers } from './discover-layers.ts';
import { readLayerPackages } from './layer-packages.ts';
import { complaint, removeTemporaryProjects, temporaryProject } from './temporary-project.ts';

test.after.each(removeTemporaryProjects);

const manifest = (name: string, ...dependencies: string[]) =>
  JSON.stringify({
    name: `@acme/${name}`,
    type: 'module',
    dependencies: Object.fromEntries(
      ['@roundtrip/environment', ...dependencies.map((other) => `@acme/${other}`)].map((key) => [key, '*']),
    ),
  });
const compiled = (name: string) => `export default { name: '${name}', config: {}, stacks: () => [] };`;

async function complaintOf(root: string): Promise<string> {
  try {
    await discoverLayers(root);
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
  return 'no complaint';
}

test('layers are the workspaces in packages/, their order is in their package.json files alone', async () => {
  const root = temporaryProject({
    'packages/web/package.json': manifest('web', 'network', 'not-a-layer'),
    'packages/web/layer.ts': '',
    'packages/web/dist/layer.js': compiled('web'),
    'packages/web/dist/hooks/after-up.js': '',
    'packages/web/dist/hooks/before-up.js': '',
    'packages/web/dist/hooks/something-else.js': '',
    'packages/network/package.json': manifest('network'),
    'packages/network/layer.ts': '',
    'packages/network/dist/layer.js': compiled('network'),
    'packages/notes/README.md': 'no layer',
  });
  const layers = await discoverLayers(root);
  assert.equal(
    layers.map(({ definition, ...rest }) => ({ ...rest, defined: definition.name })),
    [
      {
        name: 'network',
        folder: 'packages/network',
        packageName: '@acme/network',
        dependsOn: [],
        hooks: [],
        defined: 'network',
      },
      {
        name: 'web',
        folder: 'packages/web',
        packageName: '@acme/web',
        dependsOn: ['network'],
        hooks: ['before-up', 'after-up'],
        defined: 'web',
      },
    ],
  );
});

test('a project without layers is told how to make one', async () => {
  assert.is(
    await complaintOf(temporaryProject({ 'package.json': '{}' })),
    `packages/ has no layer
  why: an environment is made of layers, and a layer is a folder in packages/ with a package.json
  next: type: npx nx g @roundtrip/nx-plugin:layer network`,
  );
});

test('every layer that cannot be used is reported at once', async () => {
  const root = temporaryProject({
    'packages/a/package.json': manifest('a'),
    'packages/b/package.json': manifest('b'),
    'packages/b/layer.ts': '',
    'packages/c/package.json': manifest('c'),
    'packages/c/layer.ts': '',
    'packages/c/dist/layer.js': 'export const layer = 1;',
    'packages/d/package.json': manifest('d'),
    'packages/d/layer.ts': '',
    'packages/d/dist/layer.js': compiled('delta'),
    'packages/e/package.json': manifest('e'),
    'packages/e/layer.ts': '',
    'packages/e/dist/layer.js': 'const x = undefined; x.y;',
    'packages/tags/package.json': manifest('tags'),
  });
  assert.is(
    await complaintOf(root),
    `packages/a/layer.ts: layer "a" has no layer.ts
  next: write packages/a/layer.ts with "export default defineLayer({ name: 'a', … })", then type: npx tsc -b
packages/b/layer.ts: layer "b" is not compiled
  why: packages/b/dist/layer.js does not exist
  next: type: npx tsc -b
packages/c/layer.ts: this file does not export a layer
  why: its default export has to be a definition with a name, a config schema and stacks
  next: end it with "export default defineLayer({ … })", then type: npx tsc -b
packages/d/layer.ts: this layer calls itself "delta", but its folder is called "d"
  why: stacks, env files and commands all know a layer by one name
  next: write name: 'd' in packages/d/layer.ts, then type: npx tsc -b
packages/e/layer.ts: this layer cannot be loaded
  why: TypeError: Cannot read properties of undefined (reading 'y')
  next: correct packages/e/layer.ts, then type: npx tsc -b
packages/tags/package.json: a layer cannot be called "tags"
  why: "tags" is a key of every env file, where a layer's section would stand too
  next: rename the folder packages/tags`,
  );
});

test('layers that depend on each other in a ring are told which files to edit', () => {
  const root = temporaryProject({
    'packages/a/package.json': manifest('a', 'b'),
    'packages/b/package.json': manifest('b', 'c'),
    'packages/c/package.json': manifest('c', 'a'),
  });
  assert.is(
    complaint(() => readLayerPackages(root)),
    `layers depend on each other in a ring: a → b → c → a
  why: none of them can be built first
  next: take one of these dependencies out of packages/a/package.json or packages/b/package.json or packages/c/package.json`,
  );
});

test('a package.json that cannot be read is named', () => {
  const root = temporaryProject({
    'packages/a/package.json': '[',
    'packages/b/package.json': '{}',
    'packages/c/package.json': '{"name": "c", "dependencies": "d"}',
  });
  assert.is(
    complaint(() => readLayerPackages(root)),
    `packages/a/package.json: this package.json cannot be read
  why: Unexpected end of JSON input
  next: correct packages/a/package.json; the layer graph is made of these files and nothing else
packages/b/package.json: this package.json cannot be read
  why: it has no "name"
  next: correct packages/b/package.json; the layer graph is made of these files and nothing else
packages/c/package.json: this package.json cannot be read
  why: "dependencies" is not a map
  next: correct packages/c/package.json; the layer graph is made of these files and nothing else`,
  );
});

test.run();
