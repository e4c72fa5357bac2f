import type { Template } from '@roundtrip/template';

/** A stack as it is, or as it is wanted. */
export interface StackSide {
  readonly template: Template;
  /** Texts as CreateStack takes them; what the template has a default for may be left out. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters whose value is not known yet, with the words that a plan shows for it: `(VpcId of stage-network)`. */
  readonly unknown?: Readonly<Record<string, string>>;
}

/** What is known of a stack before it exists. */
export interface StackFacts {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly stackName: string;
}

export interface PropertyChange {
  /** `ContainerDefinitions[0].Image`; items that have a name of their own stand under it: `Tags[Owner].Value`. */
  readonly path: string;
  /** Undefined where the property is new. What is not known stays as an intrinsic function. */
  readonly before: unknown;
  /** Undefined where the property goes away. */
  readonly after: unknown;
}

export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'add' | 'modify' | 'remove';
  readonly replacement: 'no' | 'maybe' | 'yes';
  readonly properties: readonly PropertyChange[];
  /** What becomes of the old resource where it is removed or replaced: `Delete`, `Retain`, `Snapshot`. */
  readonly deletionPolicy?: string;
}
