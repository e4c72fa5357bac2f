export { LAST_LAYER, SCOPE, layerGraph, teardownEdges } from './layer-graph.ts';
export type { LayerNode, Manifest } from './layer-graph.ts';
export { teardownChanges } from './teardown-changes.ts';
export type { TeardownChange } from './teardown-changes.ts';
