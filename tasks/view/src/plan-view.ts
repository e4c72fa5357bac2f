import type { StepKind } from '@roundtrip/engine';

export interface PlanPropertyView {
  /** Path inside the resource's properties: `ContainerDefinitions.0.Image`. */
  readonly path: string;
  /** Left out where the property is new. */
  readonly before?: unknown;
  /** Left out where the property goes away. */
  readonly after?: unknown;
}

export interface PlanResourceView {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'add' | 'modify' | 'remove';
  readonly replacement: 'no' | 'maybe' | 'yes';
  /** What becomes of the resource when it is removed or replaced: `Delete`, `Retain`, `Snapshot`, … */
  readonly deletionPolicy?: string;
  readonly properties: readonly PlanPropertyView[];
}

export interface PlanStackView {
  readonly name: string;
  readonly layer: string;
  readonly kind: StepKind;
  readonly reason: string;
  readonly resources?: readonly PlanResourceView[];
}

/** Something that is in the way of a teardown. */
export interface PlanBlockerView {
  readonly stack: string;
  readonly what: string;
  /** What a person has to do about it; left out for what the run clears away by itself. */
  readonly next?: string;
}

/** What a verb would do to an environment; the stacks in the order in which they would be done. */
export interface PlanView {
  readonly environment: string;
  readonly verb: string;
  readonly stacks: readonly PlanStackView[];
  /** Of a teardown: what is in its way. */
  readonly blockers?: readonly PlanBlockerView[];
  /** Of a teardown: stacks that were not looked into, with the reason. */
  readonly unseen?: readonly string[];
  /** What a person should read besides. */
  readonly notices?: readonly string[];
}
