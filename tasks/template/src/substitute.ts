import type { Evaluation } from './intrinsic-function.ts';
import { isRecord, isSymbolic, own } from './intrinsic.ts';
import { lookupAttribute, lookupRef } from './lookup-functions.ts';
import { scalarText } from './scalar-text.ts';
import { UNKNOWN, type Scope } from './scope.ts';
import { templateError } from './template-error.ts';

/** `${Name}`, `${Name.Attribute}`, `${AWS::Region}`; `${!Literal}` gives `${Literal}`. */
export const SUB_VARIABLE = /\$\{([^}]*)\}/g;

const VARIABLE_NAME = /^[A-Za-z0-9_.:]+$/;

/** `Fn::Sub`. Where a variable is unknown the known ones are filled in, and the rest stays an `Fn::Sub`. */
export function substitute(argument: unknown, evaluation: Evaluation): unknown {
  const { text, variables } = subArgument(argument);
  const values = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, evaluation.value(value)]));
  const found = new Map<string, unknown>();
  for (const name of subVariables(text)) found.set(name, lookup(name, values, evaluation.scope));
  const unknown = [...found].filter(([, value]) => value === UNKNOWN || isSymbolic(value)).map(([name]) => name);
  const result = text.replace(SUB_VARIABLE, (whole, name: string) => {
    if (name.startsWith('!')) return unknown.length > 0 ? whole : `\${${name.slice(1)}}`;
    if (unknown.includes(name)) return whole;
    const known = subText(name, found.get(name));
    return unknown.length > 0 ? known.replaceAll('${', '${!') : known;
  });
  if (unknown.length === 0) return result;
  const left = Object.entries(values).filter(([name]) => unknown.includes(name));
  return { 'Fn::Sub': left.length === 0 ? result : [result, Object.fromEntries(left)] };
}

/** The text of a `Fn::Sub` and its own variables. */
export function subArgument(argument: unknown): { text: string; variables: Readonly<Record<string, unknown>> } {
  if (typeof argument === 'string') return { text: argument, variables: {} };
  const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (typeof text === 'string' && isRecord(variables) && (argument as unknown[]).length === 2)
    return { text, variables };
  throw templateError(
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first " +
      'argument, and an optional second argument to specify a mapping of values to replace in the string',
  );
}

/** The names between `${` and `}` that are not literals, each once. */
export function subVariables(text: string): string[] {
  const names = [...text.matchAll(SUB_VARIABLE)].map((match) => match[1] ?? '').filter((name) => !name.startsWith('!'));
  if (names.every((name) => VARIABLE_NAME.test(name))) return [...new Set(names)];
  throw templateError(
    'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
  );
}

function lookup(name: string, values: Readonly<Record<string, unknown>>, scope: Scope): unknown {
  const value = own(values, name);
  if (value !== undefined) return value;
  const dot = name.indexOf('.');
  return dot < 0 ? lookupRef(name, scope) : lookupAttribute(name.slice(0, dot), name.slice(dot + 1), scope);
}

function subText(name: string, value: unknown): string {
  const text = scalarText(value);
  if (text !== undefined) return text;
  throw templateError(`Template error: variable ${name} in Fn::Sub expression does not resolve to a string`);
}
