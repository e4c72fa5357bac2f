import type { Mappings } from './template.ts';

/** `AWS::NoValue`: the property or list item that has this value is left out. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

/** Given by a scope for what is not known yet: the expression that needs it stays in the result as it is written. */
export const UNKNOWN: unique symbol = Symbol('unknown');

export type ParameterValues = Readonly<Record<string, string | readonly string[]>>;
export type PartlyKnown<T> = Readonly<Record<string, T | typeof UNKNOWN>>;
export type PseudoParameters = Readonly<Record<string, string | readonly string[] | typeof NO_VALUE | typeof UNKNOWN>>;

/** What `Fn::GetStackOutput` asks for. */
export interface StackOutputReference {
  readonly stackName: string;
  readonly outputName: string;
  readonly region?: string;
  /** Of a role in another account. */
  readonly roleArn?: string;
}

/** What the names in a template stand for. */
export interface Scope {
  readonly parameters: PartlyKnown<string | readonly string[]>;
  readonly mappings: Mappings;
  /** As `evaluateConditions` gives them. */
  readonly conditions: PartlyKnown<boolean>;
  /** `AWS::Region`, `AWS::AccountId`, … */
  readonly pseudo: PseudoParameters;
  /** What `Ref` gives for a resource; undefined where there is no such resource. */
  ref(logicalId: string): unknown;
  /** Undefined where the resource or its attribute does not exist. */
  getAtt(logicalId: string, attribute: string): unknown;
  /** Undefined where there is no such export. */
  importValue(name: string): unknown;
  /** Undefined where there is no such stack or output; without this, outputs of other stacks are not known. */
  stackOutput?(reference: StackOutputReference): string | undefined;
  zones(region: string): readonly string[] | typeof UNKNOWN;
  /** A dynamic reference without its braces: `{{resolve:ssm:/name:1}}` asks for `ssm:/name:1`. */
  dynamic(reference: string): string | typeof UNKNOWN;
}

/** The scope before anything is made: what only the stack's resources or the account could tell is unknown. */
export function unmadeScope(given: Pick<Scope, 'parameters' | 'pseudo' | 'mappings' | 'conditions'>): Scope {
  return {
    ...given,
    ref: () => UNKNOWN,
    getAtt: () => UNKNOWN,
    importValue: () => UNKNOWN,
    zones: () => UNKNOWN,
    dynamic: () => UNKNOWN,
  };
}
