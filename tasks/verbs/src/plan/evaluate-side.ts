import {
  evaluate,
  evaluateConditions,
  resolveParameters,
  UNKNOWN,
  type PartlyKnown,
  type Scope,
  type Template,
  type TemplateResource,
} from '@roundtrip/template';
import type { StackFacts, StackSide } from './resource-change.ts';

export type Resources = Readonly<Record<string, TemplateResource>>;

/**
 * The resources of a stack with everything filled in that is known without asking AWS: parameters, mappings,
 * conditions. References between resources, attributes and parameters in `secrets` stay as they are written.
 * Throws ProblemError with CloudFormation's text where the template cannot be evaluated.
 */
export function evaluateSide(side: StackSide, facts: StackFacts, secrets: ReadonlySet<string>): Resources {
  const scope = scopeOf(side, facts, secrets);
  const present = Object.entries(side.template.Resources).filter(([, resource]) => isPresent(resource, scope));
  return Object.fromEntries(present.map(([logicalId, resource]) => [logicalId, evaluateResource(resource, scope)]));
}

/** The values of a stack's outputs, as far as they are known in the same way. */
export function evaluateOutputs(
  side: StackSide,
  facts: StackFacts,
  secrets: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const scope = scopeOf(side, facts, secrets);
  const present = Object.entries(side.template.Outputs ?? {}).filter(([, output]) => isPresent(output, scope));
  return Object.fromEntries(present.map(([name, output]) => [name, evaluate(output.Value, scope)]));
}

function scopeOf(side: StackSide, facts: StackFacts, secrets: ReadonlySet<string>): Scope {
  const { template } = side;
  const parameters = knownParameters(side, secrets);
  const pseudo = pseudoParameters(facts);
  return {
    parameters,
    pseudo,
    conditions: evaluateConditions(template, { parameters, pseudo }),
    mappings: template.Mappings ?? {},
    ref: () => UNKNOWN,
    getAtt: () => UNKNOWN,
    importValue: () => UNKNOWN,
    zones: () => UNKNOWN,
    dynamic: () => UNKNOWN,
  };
}

function isPresent({ Condition }: { readonly Condition?: string }, scope: Scope): boolean {
  return Condition === undefined || scope.conditions[Condition] !== false;
}

/** Names of the parameters whose value nobody may see. */
export function secretParameters(template: Template): ReadonlySet<string> {
  return resolveParameters(template, {}).noEcho;
}

function knownParameters(
  { template, parameters, unknown = {} }: StackSide,
  secrets: ReadonlySet<string>,
): Scope['parameters'] {
  const { values } = resolveParameters(template, parameters);
  const hidden = [...Object.keys(unknown), ...secrets].map((name) => [name, UNKNOWN] as const);
  const known: PartlyKnown<string | readonly string[]> = values;
  return { ...known, ...Object.fromEntries(hidden) };
}

function pseudoParameters({ region, account, stackName }: StackFacts): Scope['pseudo'] {
  const isChina = region.startsWith('cn-');
  return {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::StackName': stackName,
    'AWS::Partition': isChina ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws',
    'AWS::URLSuffix': isChina ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackId': UNKNOWN,
    'AWS::NotificationARNs': UNKNOWN,
  };
}

/** DependsOn and Condition are left out: a change of them alone changes no resource. */
function evaluateResource(resource: TemplateResource, scope: Scope): TemplateResource {
  const entries = Object.entries(resource).filter(([key]) => key !== 'DependsOn' && key !== 'Condition');
  return evaluate(Object.fromEntries(entries), scope) as TemplateResource;
}
