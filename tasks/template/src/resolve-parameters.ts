import type { Problem } from '@roundtrip/problem';
import { own } from './intrinsic.ts';
import { parameterProblem } from './parameter-constraints.ts';
import { isListType, listItems } from './parameter-list.ts';
import { scalarText } from './scalar-text.ts';
import type { ParameterValues } from './scope.ts';
import type { Template, TemplateParameter } from './template.ts';

/** Given for a parameter that keeps the value that the stack has: `UsePreviousValue`. */
export const USE_PREVIOUS: unique symbol = Symbol('UsePreviousValue');

export type GivenParameters = Readonly<Record<string, string | typeof USE_PREVIOUS>>;

export interface ResolvedParameters {
  /** For `Ref`: list types as lists. */
  readonly values: ParameterValues;
  /** As given or defaulted, one text each: what DescribeStacks shows, and what `previous` takes at the next update. */
  readonly texts: Readonly<Record<string, string>>;
  /** Names of the parameters whose value nobody may see. */
  readonly noEcho: ReadonlySet<string>;
  /** Every problem at once, worded as CloudFormation words it, without a place. */
  readonly problems: readonly Problem[];
}

/**
 * Joins what is given with the template's defaults and checks it against the template's constraints.
 *
 * @param previous texts of the stack that is there, for USE_PREVIOUS
 * @param ssm looks up the SSM parameter that a value of an `AWS::SSM::Parameter::Value<…>` names; without it, and where
 *   it gives undefined, the name stands for itself
 * Rules: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function resolveParameters(
  template: Template,
  given: GivenParameters,
  previous: Readonly<Record<string, string>> = {},
  ssm: (name: string) => string | undefined = () => undefined,
): ResolvedParameters {
  const declared = Object.entries(template.Parameters ?? {});
  const found = declared.map(([name, parameter]) => ({
    name,
    parameter,
    text: textOf(name, parameter, given, previous),
  }));
  const missing = found.filter(({ text }) => text === undefined).map(({ name }) => name);
  const unknown = Object.keys(given).filter((name) => own(template.Parameters, name) === undefined);
  const known = found.filter((each): each is Found => each.text !== undefined);
  return {
    values: Object.fromEntries(known.map(({ name, parameter, text }) => [name, valueOf(parameter, text, ssm)])),
    texts: Object.fromEntries(known.map(({ name, text }) => [name, text])),
    noEcho: new Set(declared.filter(([, { NoEcho }]) => String(NoEcho).toLowerCase() === 'true').map(([name]) => name)),
    problems: [
      ...declared.flatMap(([name, { Default }]) => unpinnedProblem(name, Default)),
      ...namesProblem(missing, 'must have values'),
      ...namesProblem(unknown, 'do not exist in the template'),
      ...known.flatMap(({ name, parameter, text }) => parameterProblem(name, parameter, text) ?? []),
    ],
  };
}

interface Found {
  readonly name: string;
  readonly parameter: TemplateParameter;
  readonly text: string;
}

function textOf(
  name: string,
  parameter: TemplateParameter,
  given: GivenParameters,
  previous: Readonly<Record<string, string>>,
): string | undefined {
  const value = own(given, name);
  if (value === USE_PREVIOUS) return own(previous, name);
  return value ?? scalarText(parameter.Default);
}

function valueOf(
  parameter: TemplateParameter,
  text: string,
  ssm: (name: string) => string | undefined,
): string | string[] {
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(parameter.Type)?.[1];
  const value = stored === undefined ? text : (ssm(text) ?? text);
  return isListType(stored ?? parameter.Type) ? listItems(value) : value;
}

/** A default may be a dynamic reference, as long as its version stands in it. */
function unpinnedProblem(name: string, value: unknown): Problem[] {
  const isUnpinned = typeof value === 'string' && /\{\{resolve:ssm(?:-secure)?:[^:{}]+\}\}/.test(value);
  if (!isUnpinned) return [];
  const what = `Template error: parameter ${name} should not contain ssm versionless resolver`;
  return [{ code: 'template-parameter', what }];
}

function namesProblem(names: readonly string[], predicate: string): Problem[] {
  return names.length === 0
    ? []
    : [{ code: 'template-parameters', what: `Parameters: [${names.join(', ')}] ${predicate}` }];
}
