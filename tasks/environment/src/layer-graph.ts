/** A layer as the graph sees it; every `Layer` is one. */
export interface GraphNode {
  readonly name: string;
  /** The layers that this one's package.json depends on directly. */
  readonly dependsOn: readonly string[];
}

/** The layer that sweeps at the very end of a teardown. It depends on all the others, up as well as down. */
export const SWEEPING_LAYER = 'destroy';

/**
 * Names in the order in which layers can be built: every layer after all that it depends on, alphabetical where the
 * graph leaves a choice, so that the same graph always gives the same order. A ring has no order: the layers in it
 * and behind it are left out (`findRing` names them).
 */
export function layerOrder(layers: readonly GraphNode[]): string[] {
  const open = new Map(layers.map((layer) => [layer.name, layer]));
  const names = new Set(open.keys());
  const order: string[] = [];
  const done = new Set<string>();
  for (;;) {
    const ready = [...open.values()]
      .filter((layer) => layer.dependsOn.every((name) => done.has(name) || !names.has(name)))
      .map((layer) => layer.name)
      .sort();
    if (ready.length === 0) return order;
    for (const name of ready) {
      open.delete(name);
      done.add(name);
      order.push(name);
    }
  }
}

/** The order of a teardown: the graph with its arrows turned round, and nothing else. */
export function reverseLayerOrder(layers: readonly GraphNode[]): string[] {
  return layerOrder(layers).reverse();
}

/** For each layer the layers that depend on it directly, sorted. */
export function dependents(layers: readonly GraphNode[]): Record<string, string[]> {
  const result: Record<string, string[]> = Object.fromEntries(layers.map((layer) => [layer.name, []]));
  for (const layer of layers) for (const name of layer.dependsOn) result[name]?.push(layer.name);
  for (const names of Object.values(result)) names.sort();
  return result;
}

/**
 * For each layer the layers whose teardown must be over before its own may begin: its direct dependents, without the
 * sweeping layer. That one depends on all layers in both directions, and as a dependent it would close a ring.
 */
export function teardownEdges(layers: readonly GraphNode[]): Record<string, string[]> {
  const edges = dependents(layers);
  for (const [name, names] of Object.entries(edges)) edges[name] = names.filter((other) => other !== SWEEPING_LAYER);
  return edges;
}

/**
 * One ring in the graph, starting and ending with the same name (`['a', 'b', 'a']`), or undefined where there is none.
 * Works for anything that depends on something by name: layers, and the stacks of a layer.
 */
export function findRing(nodes: readonly GraphNode[]): string[] | undefined {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const settled = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): string[] | undefined => {
    const seenAt = path.indexOf(name);
    if (seenAt >= 0) return [...path.slice(seenAt), name];
    if (settled.has(name)) return undefined;
    path.push(name);
    for (const next of byName.get(name)?.dependsOn ?? []) {
      const ring = visit(next);
      if (ring) return ring;
    }
    path.pop();
    settled.add(name);
    return undefined;
  };
  for (const name of [...byName.keys()].sort()) {
    const ring = visit(name);
    if (ring) return ring;
  }
  return undefined;
}
