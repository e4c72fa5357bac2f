import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '@roundtrip/problem';
import type { Problem } from '@roundtrip/problem';
import type { Layer } from './environment.ts';
import { HOOK_KINDS } from './hook-kind.ts';
import { readLayerPackages } from './layer-packages.ts';
import type { LayerPackage } from './layer-packages.ts';
import type { LayerDefinition } from './layer.ts';
import { TOP_LEVEL_KEYS } from './top-level-schema.ts';

/** Says which file to load for a compiled module; the compiled file itself unless somebody has put it elsewhere. */
export type ModuleOf = (root: string, path: string) => string;

/**
 * Every layer of the project at `root` (an absolute path), sorted by name, with its compiled definition.
 *
 * @throws ProblemError with every problem at once: no layers, a ring in the graph, a layer that is not compiled, has no
 * default export, or calls itself otherwise than its folder.
 */
export async function discoverLayers(root: string, moduleOf: ModuleOf = join): Promise<Layer[]> {
  const packages = readLayerPackages(root);
  if (packages.length === 0) throw new ProblemError(noLayers());
  const loaded = await Promise.all(packages.map((layer) => load(root, layer, moduleOf)));
  const problems = loaded.filter((result): result is Problem => 'code' in result);
  if (problems.length > 0) throw new ProblemError(problems);
  return loaded.filter((result): result is Layer => !('code' in result));
}

async function load(root: string, layer: LayerPackage, moduleOf: ModuleOf): Promise<Layer | Problem> {
  const source = `${layer.folder}/layer.ts`;
  if (TOP_LEVEL_KEYS.includes(layer.name)) return takenName(layer);
  const compiled = join(root, layer.folder, 'dist/layer.js');
  if (!existsSync(compiled)) return notCompiled(root, layer, source);
  let definition: LayerDefinition | undefined;
  try {
    const module = pathToFileURL(moduleOf(root, `${layer.folder}/dist/layer.js`));
    definition = ((await import(module.href)) as { default?: LayerDefinition }).default;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    return broken(source, cause);
  }
  if (!isDefinition(definition)) return noDefaultExport(source);
  if (definition.name !== layer.name) return misnamed(layer, source, definition.name);
  const hooks = HOOK_KINDS.filter((kind) => existsSync(join(root, layer.folder, 'dist/hooks', `${kind}.js`)));
  return { ...layer, definition, hooks };
}

function isDefinition(value: unknown): value is LayerDefinition {
  const { name, config, stacks } = (value ?? {}) as Partial<LayerDefinition>;
  return typeof name === 'string' && typeof config === 'object' && typeof stacks === 'function';
}

function noLayers(): Problem {
  return {
    code: 'no-layers',
    what: 'packages/ has no layer',
    why: 'an environment is made of layers, and a layer is a folder in packages/ with a package.json',
    next: 'type: npx nx g @roundtrip/nx-plugin:layer network',
  };
}

function takenName(layer: LayerPackage): Problem {
  return {
    code: 'taken-layer-name',
    place: { file: `${layer.folder}/package.json` },
    what: `a layer cannot be called "${layer.name}"`,
    why: `"${layer.name}" is a key of every env file, where a layer's section would stand too`,
    next: `rename the folder ${layer.folder}`,
  };
}

function notCompiled(root: string, layer: LayerPackage, source: string): Problem {
  if (!existsSync(join(root, source))) {
    return {
      code: 'no-layer-file',
      place: { file: source },
      what: `layer "${layer.name}" has no layer.ts`,
      next: `write ${source} with "export default defineLayer({ name: '${layer.name}', … })", then type: npx tsc -b`,
    };
  }
  return {
    code: 'layer-not-compiled',
    place: { file: source },
    what: `layer "${layer.name}" is not compiled`,
    why: `${layer.folder}/dist/layer.js does not exist`,
    next: 'type: npx tsc -b',
  };
}

function broken(source: string, cause: unknown): Problem {
  return {
    code: 'broken-layer',
    place: { file: source },
    what: 'this layer cannot be loaded',
    why: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
    next: `correct ${source}, then type: npx tsc -b`,
  };
}

function noDefaultExport(source: string): Problem {
  return {
    code: 'no-layer-definition',
    place: { file: source },
    what: 'this file does not export a layer',
    why: 'its default export has to be a definition with a name, a config schema and stacks',
    next: `end it with "export default defineLayer({ … })", then type: npx tsc -b`,
  };
}

function misnamed(layer: LayerPackage, source: string, name: string): Problem {
  return {
    code: 'misnamed-layer',
    place: { file: source },
    what: `this layer calls itself "${name}", but its folder is called "${layer.name}"`,
    why: 'stacks, env files and commands all know a layer by one name',
    next: `write name: '${layer.name}' in ${source}, then type: npx tsc -b`,
  };
}
