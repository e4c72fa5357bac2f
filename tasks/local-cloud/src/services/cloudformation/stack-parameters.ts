import type { Parameter } from '@aws-sdk/client-cloudformation';
import { USE_PREVIOUS, isListType, listItems, resolveParameters } from '@roundtrip/template';
import type { Template } from '@roundtrip/template';
import type { Realm, World } from '../../world.ts';
import { parameterValue } from '../../catalog/parameter-versions.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { StackParameter } from './stack.ts';
import { validationError } from './validation-error.ts';

/**
 * A request's parameters joined with the template's defaults and, where it asks for them, with the stack's values.
 * Throws ValidationError with the first problem, as AWS does.
 */
export function stackParameters(
  { world, realm, template }: { readonly world: World; readonly realm: Realm; readonly template: Template },
  given: readonly Parameter[],
  previous: readonly StackParameter[] = [],
): StackParameter[] {
  const texts = Object.fromEntries(previous.map(({ key, text }) => [key, text]));
  const values: Record<string, string | typeof USE_PREVIOUS> = {};
  for (const parameter of given) values[parameter.ParameterKey ?? ''] = valueOf(parameter, texts);
  const resolved = resolveParameters(template, values, texts);
  const [problem] = resolved.problems;
  if (problem) throw validationError(problem.what);
  return Object.entries(resolved.texts).map(([key, text]) => ({
    key,
    text,
    resolved: storedValue(world, realm, template, key, text),
    noEcho: resolved.noEcho.has(key),
  }));
}

/** As DescribeStacks and DescribeChangeSet show them. */
export function shownParameters(parameters: readonly StackParameter[]): Parameter[] {
  return parameters.map(({ key, text, resolved, noEcho }) => ({
    ParameterKey: key,
    ParameterValue: noEcho ? '****' : text,
    ResolvedValue: resolved,
  }));
}

function valueOf(parameter: Parameter, previous: Readonly<Record<string, string>>): string | typeof USE_PREVIOUS {
  const { ParameterKey: key = '', ParameterValue: value, UsePreviousValue: isPrevious } = parameter;
  if (isPrevious !== true) return value ?? '';
  if (previous[key] !== undefined) return USE_PREVIOUS;
  throw validationError(
    `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
  );
}

/** The value in Parameter Store that a parameter names; blanks around the items of a list do not count. */
function storedValue(world: World, realm: Realm, template: Template, key: string, name: string): string | undefined {
  const type = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(template.Parameters?.[key]?.Type ?? '')?.[1];
  if (type === undefined) return undefined;
  const value = parameterValue(world, realm, name);
  if (value === undefined) {
    throw validationError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
  }
  const kept =
    findRecord(world, realm, 'AWS::SSM::Parameter', name.split(':')[0] ?? '')?.properties['Type'] ?? 'String';
  if (kept === 'SecureString') {
    throw validationError(`Parameters [${name}] referenced by template have types not supported by CloudFormation.`);
  }
  if (isListType(type) !== (kept === 'StringList')) {
    throw validationError(`Types for SSM parameters [${name}] defined in CFN template and SSM are incompatible`);
  }
  return isListType(type) ? listItems(value).join(',') : value;
}
