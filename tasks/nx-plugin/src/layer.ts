import { formatFiles, installPackagesTask, logger, updateJson } from '@nx/devkit';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { SWEEPING_LAYER, readLayerPackages } from '@roundtrip/environment';
import type { LayerPackage } from '@roundtrip/environment';
import { ProblemError } from '@roundtrip/problem';
import type { Problem } from '@roundtrip/problem';
import { layerFiles } from './layer-files.ts';
import { writeTeardown } from './sync-teardown.ts';

export interface LayerOptions {
  readonly name: string;
  /** Names of layers with commas between them. */
  readonly dependsOn?: string;
  readonly skipInstall?: boolean;
}

/** Both end up in stack names, where CloudFormation takes letters, digits and hyphens; file names are kebab-case. */
const LAYER_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Makes a layer that builds at once: `nx g @roundtrip/nx-plugin:layer cache --dependsOn=network`.
 * Puts it into the layer graph (package.json, `destroy`, teardown edges) and into the root's tsconfig.json.
 *
 * Errors: ProblemError with everything that is wrong with the options; nothing is written then.
 * Returns what nx does after it has written the files: install, so that the new workspace is linked, and say what is left.
 */
export async function layer(tree: Tree, options: LayerOptions): Promise<GeneratorCallback> {
  const { name, skipInstall = false } = options;
  const dependsOn = names(options.dependsOn);
  const layers = readLayerPackages(tree.root);
  const problems = wrongOptions(tree, layers, name, dependsOn);
  if (problems.length > 0) throw new ProblemError(problems);
  const folder = `packages/${name}`;
  for (const [path, text] of layerFiles(name, dependsOn)) tree.write(`${folder}/${path}`, text);
  writeTeardown(tree, [...layers, { name, folder, packageName: `@roundtrip/${name}`, dependsOn }]);
  updateJson(tree, 'tsconfig.json', (config: { references: { path: string }[] }) => ({
    ...config,
    references: [...config.references, { path: folder }].sort((a, b) => (a.path < b.path ? -1 : 1)),
  }));
  await formatFiles(tree);
  return () => {
    if (!skipInstall) installPackagesTask(tree, true);
    logger.info(nextSteps(name, skipInstall));
  };
}

function names(list: string | undefined): string[] {
  const all = (list ?? '').split(',').map((name) => name.trim());
  return [...new Set(all.filter((name) => name !== ''))].sort();
}

function wrongOptions(
  tree: Tree,
  layers: readonly LayerPackage[],
  name: string,
  dependsOn: readonly string[],
): Problem[] {
  const buildOn = layers.map((layer) => layer.name).filter((layer) => layer !== SWEEPING_LAYER);
  const problems: Problem[] = [];
  if (!LAYER_NAME.test(name)) {
    problems.push({
      code: 'layer-name',
      what: `"${name}" cannot be the name of a layer`,
      why: 'it becomes a part of stack names: lower-case letters and digits in words joined by single hyphens',
      next: 'choose a name such as cache or message-bus',
    });
  } else if (tree.exists(`tasks/${name}`)) {
    const why = `tasks/${name} is called @roundtrip/${name} already`;
    problems.push({
      code: 'layer-name',
      what: `"${name}" cannot be the name of a layer`,
      why,
      next: 'choose another name',
    });
  } else if (tree.exists(`packages/${name}`)) {
    const next = `choose another name, or edit packages/${name}/layer.ts`;
    problems.push({ code: 'layer-exists', what: `there is a packages/${name} already`, next });
  }
  for (const dependency of dependsOn.filter((dependency) => !buildOn.includes(dependency))) {
    problems.push({
      code: 'unknown-layer',
      what: `--dependsOn names "${dependency}", which no layer can be built upon`,
      next: buildOn.length > 0 ? `name one of ${buildOn.join(', ')}` : 'leave --dependsOn out',
    });
  }
  return problems;
}

function nextSteps(name: string, skipInstall: boolean): string {
  return [
    '',
    `The layer ${name} is in packages/${name}. What is left to you:`,
    ...(skipInstall ? ['  npm install        links the new workspace and brings package-lock.json up to date'] : []),
    `  envs/*.yaml        a section "${name}:" in each, where the defaults of layer.ts do not fit`,
    '  make sync          brings the editors’ schema of env files up to date',
    '  make check         everything is in step',
    '  make plan-stage    what it would build',
  ].join('\n');
}
