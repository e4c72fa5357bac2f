export { defineLayer, output } from './layer.ts';
export type {
  Capability,
  EnvironmentFacts,
  LayerContext,
  LayerDefinition,
  OutputReference,
  ParameterValue,
  StackDefinition,
} from './layer.ts';
export type { Hook, HookAwsConfig, HookContext, HookPace } from './hook.ts';
export { discoverLayers } from './discover-layers.ts';
export { readLayerPackages } from './layer-packages.ts';
export type { LayerPackage } from './layer-packages.ts';
export { dependents, findRing, layerOrder, reverseLayerOrder, teardownEdges, SWEEPING_LAYER } from './layer-graph.ts';
export type { GraphNode } from './layer-graph.ts';
export { HOOK_KINDS } from './hook-kind.ts';
export type { HookKind } from './hook-kind.ts';
export type { Environment, Layer, Schedule, Section, Weekday, WeeklyTime } from './environment.ts';
export { listEnvironments } from './list-environments.ts';
export { readEnvironment } from './read-environment.ts';
export type { EnvironmentRequest } from './read-environment.ts';
export { allDesiredStacks, desiredStacks } from './desired-stacks.ts';
export type { DesiredStack, StackOutput } from './desired-stack.ts';
export { stackName } from './stack-name.ts';
export { environmentSchema } from './environment-schema.ts';
export { judge } from './schema-problems.ts';
export type { Judged } from './schema-problems.ts';
export { readYaml } from './yaml-source.ts';
export type { YamlSource } from './yaml-source.ts';
