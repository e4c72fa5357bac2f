import * as assert from 'node:assert/strict';

/** What counts of a workspace's package.json. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** One layer and the layers that it is built upon; names are those of the folders in packages/. */
export interface LayerNode {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

export const SCOPE = '@roundtrip/';

/** The layer that sweeps: it depends on every other one and runs last both ways. */
export const LAST_LAYER = 'destroy';

/**
 * The layer graph: package.json dependencies among the workspaces of packages/, and nothing else.
 * In: folder name to manifest. Out: sorted by name, so that everything made from it is the same each time.
 */
export function layerGraph(manifests: ReadonlyMap<string, Manifest>): LayerNode[] {
  return [...manifests]
    .map(([name, manifest]) => ({ name, dependsOn: layerDependencies(manifest, manifests) }))
    .sort((a, b) => compare(a.name, b.name));
}

/**
 * For each layer the layers that have to be gone before it: those that depend on it directly.
 * `destroy` is left out as a dependent, since it waits for all the others; an edge back to it would close a ring.
 */
export function teardownEdges(layers: readonly LayerNode[]): Record<string, string[]> {
  const edges: Record<string, string[]> = Object.fromEntries(layers.map((layer) => [layer.name, []]));
  for (const layer of layers.filter(({ name }) => name !== LAST_LAYER)) {
    for (const dependency of layer.dependsOn) {
      const dependents = edges[dependency];
      assert.ok(dependents, `${layer.name} depends on ${dependency}, which is not a layer`);
      dependents.push(layer.name);
    }
  }
  for (const dependents of Object.values(edges)) dependents.sort(compare);
  return edges;
}

function layerDependencies(manifest: Manifest, manifests: ReadonlyMap<string, Manifest>): string[] {
  return Object.keys(manifest.dependencies ?? {})
    .filter((dependency) => dependency.startsWith(SCOPE))
    .map((dependency) => dependency.slice(SCOPE.length))
    .filter((name) => manifests.has(name))
    .sort(compare);
}

/** By code unit: the order must not depend on the machine's locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
