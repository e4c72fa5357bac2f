import { fingerprint } from './fingerprint.ts';
import type { StepKind } from './journal-event.ts';
import { resolveStack, TAG, type DesiredStack, type ObservedStack } from './stack.ts';
import { statusClass } from './status.ts';

/** One planned change to one stack. */
export interface Step {
  readonly stack: string;
  readonly layer: string;
  readonly kind: StepKind;
  /** In plain words, for the plan and the journal. */
  readonly reason: string;
  /** Names of steps of the same plan that come first. */
  readonly dependsOn: readonly string[];
  /** What the stack shall become; absent for a delete. */
  readonly desired?: DesiredStack;
}

export interface PlanInput {
  readonly environment: string;
  readonly layer: string;
  readonly desired: readonly DesiredStack[];
  /** Every stack of the account and region, by name. */
  readonly observed: ReadonlyMap<string, ObservedStack>;
  /** In express mode: whether a complete stack needs no look before others build on it. */
  readonly isReady?: IsReady;
}

/** Why what a delete has left of a stack is not deleted further on the way up: it may have been whole and hold data. */
export const HALF_DELETED = {
  inProtected: 'is DELETE_FAILED, and the environment is protected',
  protected: 'is DELETE_FAILED, and termination protection is on',
} as const;

export type IsReady = (desired: DesiredStack, stack: ObservedStack) => boolean;

/** The steps that make a layer's stacks what the environment wants; pure. */
export function planUp(input: PlanInput): readonly Step[] {
  const steps = input.desired.map((desired): Step => {
    const { kind, reason } = decideUp(input.environment, desired, input.observed, input.isReady);
    return { stack: desired.name, layer: input.layer, kind, reason, dependsOn: desired.dependsOn, desired };
  });
  return [...steps, ...removals(input)];
}

/** The steps that take a layer's stacks away, dependents first: the same graph with its arrows reversed; pure. */
export function planDown(input: PlanInput): readonly Step[] {
  const wanted = new Map(input.desired.map((desired) => [desired.name, desired]));
  const names = [...new Set([...wanted.keys(), ...ours(input).map((stack) => stack.name)])];
  const present = names.filter((name) => input.observed.has(name));
  return present.map((name): Step => {
    const dependents = input.desired.filter(
      (other) => other.dependsOn.includes(name) && input.observed.has(other.name),
    );
    const { kind, reason } = decideDown(input.environment, input.observed.get(name)!);
    return { stack: name, layer: input.layer, kind, reason, dependsOn: dependents.map((other) => other.name) };
  });
}

/**
 * What has to happen next to one stack on the way up.
 * @param mayGo ids of stacks that were seen never to have been whole
 */
export function decideUp(
  environment: string,
  desired: DesiredStack,
  observed: ReadonlyMap<string, ObservedStack>,
  isReady: IsReady = () => true,
  mayGo: ReadonlySet<string> = new Set(),
): { kind: StepKind; reason: string } {
  const stack = observed.get(desired.name);
  if (stack === undefined) return { kind: 'create', reason: 'does not exist' };
  if (stack.tags[TAG.environment] !== environment) return { kind: 'refuse', reason: foreignReason(environment, stack) };
  switch (statusClass(stack.status)) {
    case 'in-progress':
      return { kind: 'wait', reason: `is ${stack.status}` };
    case 'dead':
      return { kind: 'recreate', reason: `is ${stack.status}` };
    case 'delete-failed':
      return mayGo.has(stack.id)
        ? { kind: 'recreate', reason: `is ${stack.status}` }
        : decideHalfDeleted(desired, stack);
    case 'rollback-stuck':
      return { kind: 'continue-rollback', reason: `is ${stack.status}` };
    case 'update-failed':
      return { kind: 'update', reason: `is ${stack.status}` };
    case 'complete':
      return decideChange(desired, stack, observed, isReady);
    case 'foreign':
      return { kind: 'refuse', reason: `is ${stack.status}, which only a person can resolve` };
  }
}

/** An environment that is protected wants protection on every stack. */
function decideHalfDeleted(desired: DesiredStack, stack: ObservedStack): { kind: StepKind; reason: string } {
  if (desired.terminationProtection) return { kind: 'refuse', reason: HALF_DELETED.inProtected };
  if (stack.terminationProtection) return { kind: 'refuse', reason: HALF_DELETED.protected };
  return { kind: 'recreate', reason: `is ${stack.status}` };
}

function decideChange(
  desired: DesiredStack,
  stack: ObservedStack,
  observed: ReadonlyMap<string, ObservedStack>,
  isReady: IsReady,
): { kind: StepKind; reason: string } {
  const resolved = resolveStack(desired, observed);
  if ('missing' in resolved) {
    const first = resolved.missing[0]!;
    return { kind: 'update', reason: `output ${first.output} of ${first.stack} is not known yet` };
  }
  if (stack.tags[TAG.fingerprint] !== fingerprint(resolved.stack)) {
    return { kind: 'update', reason: 'template, parameters or tags changed' };
  }
  if (stack.terminationProtection !== desired.terminationProtection) {
    return { kind: 'update', reason: `termination protection is ${stack.terminationProtection ? 'on' : 'off'}` };
  }
  if (!isReady(desired, stack)) return { kind: 'wait', reason: `is ${stack.status}, and was not seen ready yet` };
  return { kind: 'skip', reason: 'unchanged' };
}

function decideDown(environment: string, stack: ObservedStack): { kind: StepKind; reason: string } {
  if (stack.tags[TAG.environment] !== environment) return { kind: 'refuse', reason: foreignReason(environment, stack) };
  if (stack.terminationProtection) return { kind: 'refuse', reason: 'termination protection is on' };
  return { kind: 'delete', reason: `is ${stack.status}` };
}

/** Stacks of this layer that the environment no longer wants; protected ones stay and are said to. */
function removals(input: PlanInput): Step[] {
  const wanted = new Set(input.desired.map((desired) => desired.name));
  const unwanted = ours(input).filter((stack) => !wanted.has(stack.name));
  return unwanted.map((stack): Step => {
    const kept = stack.terminationProtection;
    return {
      stack: stack.name,
      layer: input.layer,
      kind: kept ? 'skip' : 'delete',
      reason: kept ? 'no longer wanted, left alone: termination protection is on' : 'no longer wanted',
      dependsOn: input.desired.map((desired) => desired.name),
    };
  });
}

/** Without nested stacks: they have their parent's tags, and come and go with it. */
function ours(input: PlanInput): ObservedStack[] {
  const tagged = [...input.observed.values()].filter(
    (stack) => stack.tags[TAG.environment] === input.environment && stack.tags[TAG.layer] === input.layer,
  );
  return tagged.filter(({ parentId }) => parentId === undefined);
}

function foreignReason(environment: string, stack: ObservedStack): string {
  const owner = stack.tags[TAG.environment];
  return owner === undefined
    ? `exists without the tag ${TAG.environment}: it is not ours`
    : `belongs to environment ${owner}, not ${environment}`;
}
