import {
  evaluate,
  evaluateConditions,
  expandWith,
  isRecord,
  parseTemplate,
  resolveParameters,
  UNKNOWN,
  unmadeScope,
} from '@roundtrip/template';

export interface EvaluatedResource {
  readonly logicalId: string;
  readonly type: string;
  /** What only the account could tell stands in it as it is written. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a stack is made of, as far as its template says. */
export interface StackText {
  readonly name: string;
  readonly templateBody: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The resources of a stack with their properties filled in from its parameters, without asking anybody.
 * @param pseudo pseudo parameters that are known: `AWS::Region`
 * @param physicalIds what `Ref` gives for resources that exist, by logical id
 * @throws ProblemError where the template cannot be read or evaluated
 */
export function evaluatedResources(
  { name, templateBody, parameters: given }: StackText,
  pseudo: Readonly<Record<string, string>>,
  physicalIds: ReadonlyMap<string, string> = new Map(),
): readonly EvaluatedResource[] {
  const known = { 'AWS::StackName': name, 'AWS::Partition': 'aws', ...pseudo };
  const { template } = expandWith(parseTemplate(templateBody, name), given, known);
  const { values: parameters } = resolveParameters(template, given);
  const conditions = evaluateConditions(template, { parameters, pseudo: known });
  const scope = {
    ...unmadeScope({ parameters, pseudo: known, conditions, mappings: template.Mappings ?? {} }),
    ref: (logicalId: string): unknown => physicalIds.get(logicalId) ?? UNKNOWN,
  };
  return Object.entries(template.Resources).flatMap(([logicalId, { Type: type, Condition, Properties = {} }]) => {
    if (Condition !== undefined && conditions[Condition] === false) return [];
    const properties: unknown = evaluate(Properties, scope);
    return isRecord(properties) ? [{ logicalId, type, properties }] : [];
  });
}
