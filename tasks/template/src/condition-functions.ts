import type { Evaluation, IntrinsicFunction } from './intrinsic-function.ts';
import { isRecord, isSymbolic, own } from './intrinsic.ts';
import { scalarText } from './scalar-text.ts';
import { NO_VALUE, UNKNOWN } from './scope.ts';
import { templateError } from './template-error.ts';

type Truth = boolean | typeof UNKNOWN;

export const conditionFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::If': chooseBranch,
  'Fn::Equals': isEqual,
  'Fn::And': (argument, evaluation) => combine('Fn::And', argument, evaluation, false),
  'Fn::Or': (argument, evaluation) => combine('Fn::Or', argument, evaluation, true),
  'Fn::Not': negate,
};

/** The truth of what stands where a condition is expected: a function, `{ Condition: name }`, or a plain boolean. */
export function truth(value: unknown, evaluation: Evaluation): Truth {
  if (isRecord(value) && typeof value['Condition'] === 'string' && Object.keys(value).length === 1) {
    return namedCondition(value['Condition'], 'Condition', evaluation);
  }
  const known = evaluation.value(value);
  if (isSymbolic(known)) return UNKNOWN;
  const text = scalarText(known)?.toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  throw templateError('Template format error: Every Condition member must be a boolean value or a condition function');
}

function namedCondition(name: string, user: string, evaluation: Evaluation): Truth {
  const condition = own(evaluation.scope.conditions, name);
  if (condition !== undefined) return condition;
  throw templateError(`Template error: unresolved condition dependency ${name} in ${user}`);
}

function chooseBranch(argument: unknown, evaluation: Evaluation): unknown {
  const [name, whenTrue, whenFalse] = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (typeof name !== 'string' || !Array.isArray(argument) || argument.length !== 3) {
    throw templateError('Template error: Fn::If requires a list argument with three elements');
  }
  const condition = namedCondition(name, 'Fn::If', evaluation);
  if (condition !== UNKNOWN) return evaluation.value(condition ? whenTrue : whenFalse);
  // Both branches stay, and what would be left out must stay visible: a list of three may not become one of two.
  return { 'Fn::If': [name, ...[whenTrue, whenFalse].map((branch) => visible(evaluation.value(branch)))] };
}

function visible(value: unknown): unknown {
  return value === NO_VALUE ? { Ref: 'AWS::NoValue' } : value;
}

function isEqual(argument: unknown, evaluation: Evaluation): unknown {
  if (!Array.isArray(argument) || argument.length !== 2) {
    throw templateError('Template error: every Fn::Equals object requires a list of 2 string parameters.');
  }
  const [left, right] = argument.map((side) => evaluation.value(side));
  return isSymbolic(left) || isSymbolic(right) ? UNKNOWN : comparable(left) === comparable(right);
}

function comparable(value: unknown): string {
  return scalarText(value) ?? JSON.stringify(value) ?? String(value);
}

/** `decisive` is the truth that settles the whole whatever the others are: false for And, true for Or. */
function combine(name: string, argument: unknown, evaluation: Evaluation, decisive: boolean): unknown {
  if (!Array.isArray(argument) || argument.length < 2 || argument.length > 10) {
    throw templateError(
      `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
    );
  }
  const truths = argument.map((part) => truth(part, evaluation));
  if (truths.includes(decisive)) return decisive;
  return truths.includes(UNKNOWN) ? UNKNOWN : !decisive;
}

function negate(argument: unknown, evaluation: Evaluation): unknown {
  if (!Array.isArray(argument) || argument.length !== 1) {
    throw templateError('Template error: every Fn::Not object requires one boolean parameter.');
  }
  const condition = truth(argument[0], evaluation);
  return condition === UNKNOWN ? UNKNOWN : !condition;
}
