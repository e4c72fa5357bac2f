import { asIntrinsic, getAttArgument, isRecord, own } from './intrinsic.ts';
import type { PartlyKnown } from './scope.ts';
import { subArgument, subVariables } from './substitute.ts';

/** One name that a value uses. Variables of a `Fn::Sub` count as the `ref` or `attribute` that they are. */
export interface Reference {
  readonly kind: 'ref' | 'attribute' | 'condition' | 'mapping';
  /** Logical id, parameter, pseudo parameter, condition or mapping. */
  readonly name: string;
  /** Only with kind `attribute`, and only where the template writes it out. */
  readonly attribute?: string;
  /** Path from the value to the intrinsic function. */
  readonly path: readonly (string | number)[];
}

/**
 * Every name that a value uses, in the order of the template. With `conditions` (as `evaluateConditions` gives
 * them) the branches of `Fn::If` that are not taken are left out.
 * Throws ProblemError where an `Fn::Sub` cannot be read.
 */
export function references(value: unknown, conditions?: PartlyKnown<boolean>): Reference[] {
  const found: Reference[] = [];
  collect(value, [], { found, conditions });
  return found;
}

interface Collection {
  readonly found: Reference[];
  readonly conditions: PartlyKnown<boolean> | undefined;
}

type Path = readonly (string | number)[];

function collect(value: unknown, path: Path, into: Collection): void {
  if (Array.isArray(value)) return value.forEach((item, at) => collect(item, [...path, at], into));
  if (!isRecord(value)) return;
  const intrinsic = asIntrinsic(value);
  if (intrinsic !== undefined) return collectIntrinsic(intrinsic.name, intrinsic.argument, path, into);
  for (const [key, item] of Object.entries(value)) collect(item, [...path, key], into);
}

function collectIntrinsic(name: string, argument: unknown, path: Path, into: Collection): void {
  if (name === 'Ref') return collectName('ref', argument, path, into);
  if (name === 'Fn::GetAtt') return collectGetAtt(argument, path, into);
  if (name === 'Fn::Sub') return collectSub(argument, path, into);
  if (name === 'Fn::If') return collectIf(argument, path, into);
  if (name === 'Fn::FindInMap' && Array.isArray(argument)) collectName('mapping', argument[0], path, into);
  if (CONDITION_FUNCTIONS.has(name)) return collectTruths(argument, [...path, name], into);
  collect(argument, [...path, name], into);
}

const CONDITION_FUNCTIONS = new Set(['Fn::And', 'Fn::Or', 'Fn::Not']);

function collectName(kind: 'ref' | 'condition' | 'mapping', name: unknown, path: Path, into: Collection): void {
  if (typeof name === 'string') into.found.push({ kind, name, path });
}

function collectGetAtt(argument: unknown, path: Path, into: Collection): void {
  const wanted = getAttArgument(argument);
  if (wanted === undefined) return collect(argument, [...path, 'Fn::GetAtt'], into);
  const { logicalId, attribute } = wanted;
  into.found.push({
    kind: 'attribute',
    name: logicalId,
    ...(typeof attribute === 'string' && { attribute }),
    path,
  });
  collect(attribute, [...path, 'Fn::GetAtt', 1], into);
}

function collectSub(argument: unknown, path: Path, into: Collection): void {
  const { text, variables } = subArgument(argument);
  for (const variable of subVariables(text)) {
    if (own(variables, variable) !== undefined) continue;
    const dot = variable.indexOf('.');
    if (dot < 0) into.found.push({ kind: 'ref', name: variable, path });
    else into.found.push({ kind: 'attribute', name: variable.slice(0, dot), attribute: variable.slice(dot + 1), path });
  }
  collect(variables, [...path, 'Fn::Sub', 1], into);
}

function collectIf(argument: unknown, path: Path, into: Collection): void {
  if (!Array.isArray(argument)) return;
  const [name, whenTrue, whenFalse] = argument as unknown[];
  collectName('condition', name, path, into);
  const taken = typeof name === 'string' ? own(into.conditions, name) : undefined;
  if (taken !== false) collect(whenTrue, [...path, 'Fn::If', 1], into);
  if (taken !== true) collect(whenFalse, [...path, 'Fn::If', 2], into);
}

/** `{ Condition: name }` is a reference only as an argument of And, Or and Not, and as a condition of its own. */
function collectTruths(argument: unknown, path: Path, into: Collection): void {
  if (!Array.isArray(argument)) return collect(argument, path, into);
  argument.forEach((item: unknown, at) => collectTruth(item, [...path, at], into));
}

function collectTruth(value: unknown, path: Path, into: Collection): void {
  if (isRecord(value) && typeof value['Condition'] === 'string' && Object.keys(value).length === 1) {
    return collectName('condition', value['Condition'], path, into);
  }
  collect(value, path, into);
}

/** The names that a member of the section Conditions uses. */
export function conditionReferences(value: unknown): Reference[] {
  const found: Reference[] = [];
  collectTruth(value, [], { found, conditions: undefined });
  return found;
}
