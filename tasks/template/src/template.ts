import type { Place } from '@roundtrip/problem';

/** A CloudFormation template as JavaScript values: short tags expanded to their long form, nothing else changed. */
export interface Template {
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Transform?: unknown;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Rules?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Mappings;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
  readonly Hooks?: Readonly<Record<string, unknown>>;
}

export type Mappings = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Numbers and booleans may stand here as text as well: CloudFormation takes `'true'` for `true`. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: readonly unknown[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: unknown;
  readonly CreationPolicy?: unknown;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Version?: unknown;
}

export interface TemplateOutput {
  readonly Value: unknown;
  readonly Description?: unknown;
  readonly Export?: { readonly Name: unknown };
  readonly Condition?: string;
}

export interface ParsedTemplate {
  /** The path that was given to `parseTemplate`, as problems show it. */
  readonly file: string;
  readonly template: Template;
  /**
   * Where something stands: a path through the expanded template, `['Resources', 'Vpc', 'Properties', 'CidrBlock']`.
   * Gives the key's place, or the value's if asked; for a path that is not there, its nearest ancestor's.
   */
  place(path: readonly (string | number)[], part?: 'key' | 'value'): Place;
}
