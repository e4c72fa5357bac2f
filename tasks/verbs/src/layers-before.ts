import type { Direction } from '@roundtrip/engine';
import { SWEEPING_LAYER, teardownEdges, type Layer } from '@roundtrip/environment';

/** What the graph needs to know of a layer. */
export type GraphLayer = Pick<Layer, 'name' | 'folder' | 'packageName' | 'dependsOn'>;

/**
 * For each layer the layers that have to be done before it is started: those that it depends on, and on the way down
 * those that depend on it. The sweeping layer comes last both ways: its own dependencies are not reversed.
 */
export function layersBefore(direction: Direction, layers: readonly GraphLayer[]): Record<string, readonly string[]> {
  const built = (some: readonly GraphLayer[]) => Object.fromEntries(some.map((layer) => [layer.name, layer.dependsOn]));
  if (direction === 'up') return built(layers);
  return { ...teardownEdges(layers), ...built(layers.filter((layer) => layer.name === SWEEPING_LAYER)) };
}
