import type { ObservedStack } from '@roundtrip/engine';
import type { DesiredStack, EnvironmentFacts } from '@roundtrip/environment';
import { keepers } from './deletable.ts';

export interface DutyInput {
  readonly facts: EnvironmentFacts;
  readonly desired: readonly DesiredStack[];
  /** The environment's stacks as the account shows them. */
  readonly observed: readonly ObservedStack[];
  readonly retain: readonly string[];
}

/**
 * What every environment owes its teardown, or its protection: a protected one has termination protection on every
 * stack, any other can be deleted whole. Pure.
 * @returns what is wrong, a sentence each; empty when the duty is done.
 */
export function breaches(input: DutyInput): string[] {
  const { facts, observed } = input;
  if (facts.protect) {
    const open = observed.filter((stack) => !stack.terminationProtection);
    return open.map((stack) => `stack ${stack.name} has no termination protection`);
  }
  const locked = observed.filter((stack) => stack.terminationProtection);
  return [
    ...locked.map((stack) => `stack ${stack.name} has termination protection and could not be deleted`),
    ...keepers(input.desired, facts, input.retain).map(
      ({ stack, logicalId, policy }) =>
        `resource ${logicalId} of ${stack} would stay behind (${policy}); delete it with its stack, or name it under destroy.retain`,
    ),
  ];
}
