import { truth } from './condition-functions.ts';
import { evaluate } from './evaluate.ts';
import { findCycle } from './find-cycle.ts';
import { own } from './intrinsic.ts';
import { conditionReferences } from './references.ts';
import { UNKNOWN, type ParameterValues, type PseudoParameters, type Scope } from './scope.ts';
import { templateError } from './template-error.ts';
import type { Template } from './template.ts';

export interface ConditionScope<Parameters = Scope['parameters']> {
  readonly parameters: Parameters;
  readonly pseudo: PseudoParameters;
  readonly zones?: Scope['zones'];
}

type Conditions<Value> = Readonly<Record<string, Value>>;

/**
 * Every condition of a template by name. With parameters that are UNKNOWN, a condition that hangs on one of them is
 * UNKNOWN too. Throws ProblemError with CloudFormation's text.
 */
export function evaluateConditions(template: Template, given: ConditionScope<ParameterValues>): Conditions<boolean>;
export function evaluateConditions(template: Template, given: ConditionScope): Conditions<boolean | typeof UNKNOWN>;
export function evaluateConditions(template: Template, given: ConditionScope): Conditions<boolean | typeof UNKNOWN> {
  const conditions: Record<string, boolean | typeof UNKNOWN> = {};
  const scope = conditionScope(template, given, conditions);
  const value = (inner: unknown) => evaluate(inner, scope);
  for (const [name, condition] of inOrder(template)) conditions[name] = truth(condition, { scope, value });
  // In the template's order again, whatever order they had to be evaluated in.
  return Object.fromEntries(Object.keys(template.Conditions ?? {}).map((name) => [name, conditions[name] ?? false]));
}

/** Conditions that others use come first. */
function inOrder(template: Template): [string, unknown][] {
  const conditions = template.Conditions ?? {};
  const graph = new Map(
    Object.entries(conditions).map(([name, value]) => {
      const used = conditionReferences(value).filter(({ kind }) => kind === 'condition');
      return [name, used.map((reference) => reference.name)] as const;
    }),
  );
  const cycle = findCycle(graph);
  if (cycle !== undefined) {
    const [first, second = first] = cycle;
    throw templateError(`Template error: Found circular condition dependency between ${first} and ${second}`);
  }
  const ordered = new Map<string, unknown>();
  const visit = (name: string) => {
    if (ordered.has(name) || own(conditions, name) === undefined) return;
    graph.get(name)?.forEach(visit);
    ordered.set(name, conditions[name]);
  };
  Object.keys(conditions).forEach(visit);
  return [...ordered];
}

function conditionScope(template: Template, given: ConditionScope, conditions: Scope['conditions']): Scope {
  const refuse = (name: string): never => {
    throw templateError(
      `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`,
    );
  };
  return {
    parameters: given.parameters,
    pseudo: given.pseudo,
    mappings: template.Mappings ?? {},
    conditions,
    ref: refuse,
    getAtt: refuse,
    importValue: () => {
      throw templateError('Template error: Cannot use Fn::ImportValue in Conditions.');
    },
    stackOutput: () => {
      throw templateError('Template error: Cannot use Fn::GetStackOutput in Conditions.');
    },
    zones: given.zones ?? (() => UNKNOWN),
    dynamic: () => UNKNOWN,
  };
}
