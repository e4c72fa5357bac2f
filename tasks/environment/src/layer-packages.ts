import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import type { Problem } from '@roundtrip/problem';
import { findRing } from './layer-graph.ts';
import type { GraphNode } from './layer-graph.ts';

/** A layer as its package.json alone describes it; nothing has to be compiled for this. */
export interface LayerPackage extends GraphNode {
  /** Relative to the project's root: `packages/network`. */
  readonly folder: string;
  readonly packageName: string;
}

interface Manifest {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * The layers and their graph, read from `packages/<name>/package.json`: the one place that knows the order.
 * Sorted by name; a folder without a package.json is no layer.
 *
 * @throws ProblemError where a package.json cannot be read, or layers depend on each other in a ring.
 */
export function readLayerPackages(root: string): LayerPackage[] {
  const names = layerFolders(root);
  const problems: Problem[] = [];
  const manifests = new Map<string, Manifest>();
  for (const name of names) {
    const manifest = readManifest(root, `packages/${name}/package.json`);
    if ('code' in manifest) problems.push(manifest);
    else manifests.set(name, manifest);
  }
  if (problems.length > 0) throw new ProblemError(problems);
  const layerOf = new Map([...manifests].map(([name, manifest]) => [manifest.name, name]));
  const packages = [...manifests].map(([name, manifest]) => ({
    name,
    folder: `packages/${name}`,
    packageName: manifest.name,
    dependsOn: manifest.dependencies.flatMap((dependency) => layerOf.get(dependency) ?? []).sort(),
  }));
  const ring = findRing(packages);
  if (ring) throw new ProblemError(ringProblem(ring));
  return packages;
}

function layerFolders(root: string): string[] {
  const folder = join(root, 'packages');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'package.json')))
    .map((entry) => entry.name)
    .sort();
}

function readManifest(root: string, file: string): Manifest | Problem {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch (cause) {
    return unreadable(file, cause instanceof Error ? cause.message : String(cause));
  }
  const { name, dependencies = {} } = (value ?? {}) as { name?: unknown; dependencies?: unknown };
  if (typeof name !== 'string') return unreadable(file, 'it has no "name"');
  if (typeof dependencies !== 'object' || dependencies === null) return unreadable(file, '"dependencies" is not a map');
  return { name, dependencies: Object.keys(dependencies) };
}

function unreadable(file: string, why: string): Problem {
  return {
    code: 'unreadable-package',
    place: { file },
    what: 'this package.json cannot be read',
    why,
    next: `correct ${file}; the layer graph is made of these files and nothing else`,
  };
}

function ringProblem(ring: readonly string[]): Problem {
  const files = [...new Set(ring)].map((name) => `packages/${name}/package.json`);
  return {
    code: 'layer-ring',
    what: `layers depend on each other in a ring: ${ring.join(' → ')}`,
    why: 'none of them can be built first',
    next: `take one of these dependencies out of ${files.join(' or ')}`,
  };
}
