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
export type { Hook, HookAwsConfig, HookContext } from './hook.ts';
