import { conditionFunctions } from './condition-functions.ts';
import type { Evaluation, IntrinsicFunction } from './intrinsic-function.ts';
import { asIntrinsic, isRecord } from './intrinsic.ts';
import { listFunctions } from './list-functions.ts';
import { lookupFunctions } from './lookup-functions.ts';
import { NO_VALUE, UNKNOWN, type Scope } from './scope.ts';
import { templateError, unsupportedFunction } from './template-error.ts';
import { textFunctions } from './text-functions.ts';

const FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  ...conditionFunctions,
  ...listFunctions,
  ...lookupFunctions,
  ...textFunctions,
};

/**
 * The value that CloudFormation would give to a property, output or condition.
 *
 * Properties and items that are `AWS::NoValue` are left out; a value that is nothing else is NO_VALUE itself. What
 * the scope answers with UNKNOWN stays in the result as an intrinsic function, with everything that is known filled in.
 * Throws ProblemError with the text of CloudFormation (`Template error: …`).
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  const evaluation: Evaluation = { scope, value: (inner) => evaluateInner(inner, evaluation) };
  return resolveDynamic(evaluation.value(value), scope);
}

function evaluateInner(value: unknown, evaluation: Evaluation): unknown {
  if (Array.isArray(value)) return evaluateList(value, evaluation);
  if (!isRecord(value)) return value;
  const intrinsic = asIntrinsic(value);
  if (intrinsic === undefined) return evaluateRecord(value, evaluation);
  const apply = FUNCTIONS[intrinsic.name];
  if (apply === undefined) throw unsupported(intrinsic.name);
  const result = apply(intrinsic.argument, evaluation);
  return result === UNKNOWN ? { [intrinsic.name]: evaluation.value(intrinsic.argument) } : result;
}

function evaluateList(list: readonly unknown[], evaluation: Evaluation): unknown[] {
  return list.map((item) => evaluation.value(item)).filter((item) => item !== NO_VALUE);
}

function evaluateRecord(record: Readonly<Record<string, unknown>>, evaluation: Evaluation): unknown {
  const entries = Object.entries(record).map(([key, item]) => [key, evaluation.value(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

function unsupported(name: string): Error {
  if (name === 'Fn::Transform') {
    return templateError('Template error: Fn::Transform calls a macro, and macros run on AWS only');
  }
  return unsupportedFunction(name);
}

/** References are looked for in the results, because `Fn::Sub` and `Fn::Join` may have put them together. */
function resolveDynamic(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return value.includes('{{resolve:') ? resolveText(value, scope) : value;
  if (Array.isArray(value)) return value.map((item) => resolveDynamic(item, scope));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveDynamic(item, scope)]));
}

function resolveText(text: string, scope: Scope): string {
  return text.replace(/\{\{resolve:([^{}]+)\}\}/g, (whole, reference: string) => {
    const resolved = scope.dynamic(reference);
    return resolved === UNKNOWN ? whole : resolved;
  });
}
