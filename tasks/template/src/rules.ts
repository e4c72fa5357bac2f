import type { Problem } from '@roundtrip/problem';
import { asIntrinsic, isRecord, own } from './intrinsic.ts';
import { scalarText } from './scalar-text.ts';
import type { ParameterValues, PseudoParameters } from './scope.ts';
import { templateError, unsupportedFunction } from './template-error.ts';
import type { Template } from './template.ts';

/** What the functions of the section Rules can know: nothing is made yet. */
export interface RuleScope {
  readonly parameters: ParameterValues;
  readonly pseudo: PseudoParameters;
  /** Every value that a parameter of an AWS-specific type could have in the account. */
  refAll?(parameterType: string): readonly string[];
  /** An attribute of what a parameter of an AWS-specific type names. */
  valueOf?(parameterName: string, attribute: string): string | readonly string[] | undefined;
  valueOfAll?(parameterType: string, attribute: string): readonly string[];
}

/**
 * The assertions of a template that its parameters fail, in the order of the template. Throws ProblemError where a rule
 * is malformed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function ruleProblems(template: Template, scope: RuleScope): Problem[] {
  return Object.entries(template.Rules ?? {}).flatMap(([name, rule]) => {
    const { Assertions: assertions, RuleCondition: condition } = isRecord(rule) ? rule : {};
    if (!Array.isArray(assertions)) {
      throw templateError(`Template format error: Rule ${name} must have a list of Assertions`);
    }
    if (condition !== undefined && !isTrue(condition, scope)) return [];
    return assertions.flatMap((assertion: unknown) => {
      const { Assert: assert, AssertDescription: description } = isRecord(assertion) ? assertion : {};
      if (isTrue(assert, scope)) return [];
      const why = scalarText(description) ?? JSON.stringify(assert);
      return { code: 'template-rule', what: `Rule '${name}' failed: ${why}` };
    });
  });
}

function isTrue(value: unknown, scope: RuleScope): boolean {
  const truth = scalarText(valueOf(value, scope))?.toLowerCase();
  if (truth === 'true' || truth === 'false') return truth === 'true';
  throw templateError('Template format error: Every rule condition and assertion must give true or false');
}

function valueOf(value: unknown, scope: RuleScope): unknown {
  if (Array.isArray(value)) return value.map((item) => valueOf(item, scope));
  const intrinsic = asIntrinsic(value);
  if (intrinsic === undefined) return value;
  const apply = own(RULE_FUNCTIONS, intrinsic.name);
  if (apply === undefined) throw unsupportedFunction(intrinsic.name);
  return apply(valueOf(intrinsic.argument, scope), scope);
}

type RuleFunction = (argument: unknown, scope: RuleScope) => unknown;

const RULE_FUNCTIONS: Readonly<Record<string, RuleFunction>> = {
  Ref: (name, scope) => {
    const value = own(scope.pseudo, String(name)) ?? own(scope.parameters, String(name));
    if (value !== undefined && typeof value !== 'symbol') return value;
    throw templateError(
      `Template format error: Unresolved dependencies [${String(name)}]. Cannot reference resources in the Rules block of the template`,
    );
  },
  'Fn::And': (argument) => listOf('Fn::And', argument, 2, 10).every(isYes),
  'Fn::Or': (argument) => listOf('Fn::Or', argument, 2, 10).some(isYes),
  'Fn::Not': (argument) => !isYes(listOf('Fn::Not', argument, 1)[0]),
  'Fn::Equals': (argument) => {
    const [left, right] = listOf('Fn::Equals', argument, 2);
    return textOf(left) === textOf(right);
  },
  'Fn::Contains': (argument) => {
    const [list, text] = listOf('Fn::Contains', argument, 2);
    return textsOf(list).includes(textOf(text));
  },
  'Fn::EachMemberEquals': (argument) => {
    const [list, text] = listOf('Fn::EachMemberEquals', argument, 2);
    return textsOf(list).every((item) => item === textOf(text));
  },
  'Fn::EachMemberIn': (argument) => {
    const [list, among] = listOf('Fn::EachMemberIn', argument, 2);
    return textsOf(list).every((item) => textsOf(among).includes(item));
  },
  'Fn::RefAll': (type, scope) => scope.refAll?.(String(type)) ?? [],
  'Fn::ValueOf': (argument, scope) => {
    const [name, attribute] = listOf('Fn::ValueOf', argument, 2).map(String);
    return scope.valueOf?.(name ?? '', attribute ?? '') ?? [];
  },
  'Fn::ValueOfAll': (argument, scope) => {
    const [type, attribute] = listOf('Fn::ValueOfAll', argument, 2).map(String);
    return scope.valueOfAll?.(type ?? '', attribute ?? '') ?? [];
  },
};

function listOf(name: string, argument: unknown, least: number, most = least): readonly unknown[] {
  const list = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (list.length >= least && list.length <= most) return list;
  const count = least === most ? `${least}` : `at least ${least} and at most ${most}`;
  throw templateError(`Template error: every ${name} object requires a list of ${count} parameters.`);
}

function isYes(value: unknown): boolean {
  return scalarText(value)?.toLowerCase() === 'true';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

function textOf(value: unknown): string {
  return scalarText(value) ?? JSON.stringify(value);
}
