import type { DesiredStack, EnvironmentFacts } from '@roundtrip/environment';
import {
  evaluateConditions,
  expandWith,
  leftBehind,
  parseTemplate,
  resolveParameters,
  UNKNOWN,
  type Template,
} from '@roundtrip/template';

/** A resource that would outlive its stack. */
export interface Keeper {
  readonly stack: string;
  readonly logicalId: string;
  /** The policy that keeps it: Retain, Snapshot, RetainExceptOnCreate. */
  readonly policy: string;
}

/**
 * The resources that would stay behind when the stacks are deleted, by their templates' policies and AWS's defaults,
 * without those that the env file names. A condition that hangs on another stack's output counts as true.
 */
export function keepers(stacks: readonly DesiredStack[], facts: EnvironmentFacts, retain: readonly string[]): Keeper[] {
  return stacks.flatMap((stack) => {
    const parsed = parseTemplate(stack.templateBody, stack.templateFile);
    const { template } = expandWith(parsed, knownTexts(stack));
    const conditions = conditionsOf(stack, template, facts);
    return Object.entries(template.Resources).flatMap(([logicalId, resource]): Keeper[] => {
      if (resource.Condition !== undefined && conditions[resource.Condition] === false) return [];
      const policy = leftBehind(resource);
      return policy === 'Delete' || retain.includes(logicalId) ? [] : [{ stack: stack.name, logicalId, policy }];
    });
  });
}

/** Parameters whose value the layer itself gives. */
function knownTexts(stack: DesiredStack): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stack.parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function conditionsOf(stack: DesiredStack, template: Template, facts: EnvironmentFacts) {
  const waiting = Object.keys(stack.parameters).filter((name) => typeof stack.parameters[name] !== 'string');
  const { values } = resolveParameters(template, knownTexts(stack));
  return evaluateConditions(template, {
    parameters: { ...values, ...Object.fromEntries(waiting.map((name) => [name, UNKNOWN] as const)) },
    pseudo: {
      'AWS::Region': facts.region,
      'AWS::AccountId': facts.account,
      'AWS::StackName': stack.name,
      'AWS::Partition': 'aws',
    },
  });
}
