import type { Capability } from './layer.ts';

/** An output of another stack, by that stack's full name. */
export interface StackOutput {
  readonly stack: string;
  readonly output: string;
}

/** A stack as an environment wants it; parameters may wait for outputs of stacks that come before it. */
export interface DesiredStack {
  /** Full name: `stage-services-api`. */
  readonly name: string;
  readonly layer: string;
  /** Relative to the project's root: `packages/services/templates/service.yaml`. */
  readonly templateFile: string;
  readonly templateBody: string;
  readonly parameters: Readonly<Record<string, string | StackOutput>>;
  readonly capabilities: readonly Capability[];
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Full names of the stacks of the same layer that must be complete first, sorted. */
  readonly dependsOn: readonly string[];
}
