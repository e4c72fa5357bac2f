import type { ObservedStack } from '@roundtrip/engine';
import type { DesiredStack, EnvironmentFacts } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import { keepers, type Keeper } from './deletable.ts';

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
 * @returns one problem for each thing that is wrong; empty when the duty is done.
 */
export function breaches({ facts, desired, observed, retain }: DutyInput): Problem[] {
  if (facts.protect) {
    return observed.filter((stack) => !stack.terminationProtection).map((stack) => openProblem(facts, stack.name));
  }
  return [
    ...observed.filter((stack) => stack.terminationProtection).map((stack) => lockedProblem(facts, stack.name)),
    ...keepers(desired, facts, retain).map((keeper) => keeperProblem(facts, keeper)),
  ];
}

const openProblem = (facts: EnvironmentFacts, stack: string): Problem => ({
  code: 'not-protected',
  what: `stack ${stack} has no termination protection`,
  why: `envs/${facts.name}.yaml says "protect: true", so no stack may be deleted by one call`,
  next: `aws cloudformation update-termination-protection --enable-termination-protection --stack-name ${stack}`,
});

const lockedProblem = (facts: EnvironmentFacts, stack: string): Problem => ({
  code: 'not-deletable',
  what: `stack ${stack} has termination protection and could not be deleted`,
  why: `envs/${facts.name}.yaml says "protect: false", so every stack has to be deletable`,
  next: `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack}`,
});

const keeperProblem = (facts: EnvironmentFacts, { stack, logicalId, policy }: Keeper): Problem => ({
  code: 'would-stay',
  what: `resource ${logicalId} of ${stack} would stay behind (${policy})`,
  why: `envs/${facts.name}.yaml says "protect: false", so nothing may outlive its stack that the file does not name`,
  next: `let the template delete it, or add ${logicalId} to destroy.retain in envs/${facts.name}.yaml`,
});
