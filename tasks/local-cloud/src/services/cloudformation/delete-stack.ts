import type { DeleteStackInput } from '@aws-sdk/client-cloudformation';
import { realmOf } from '../../catalog/realm-of.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { checkToken } from './check-input.ts';
import { Course } from './course.ts';
import { enterPhase } from './enter-phase.ts';
import { befores } from './progress.ts';
import type { Leftover } from './progress.ts';
import type { CloudFormationSettings } from './settings.ts';
import { stackResourceKey, stackResources } from './stack-resource.ts';
import { findStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

/** While a stack is being updated or rolled back after an update, nothing else may be asked of it. */
const UNDELETABLE: ReadonlySet<string> = new Set([
  ...['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
  ...['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'],
]);

/** An absent stack, and one that is being deleted already, are as they should be: the answer is the same. */
export function deleteStack(settings: CloudFormationSettings) {
  return (world: World, input: DeleteStackInput, call: Call): object => {
    checkToken(input.ClientRequestToken);
    const stack = findStack(world, call.realm, input.StackName ?? '');
    if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {};
    checkDelete(world, call, stack, input);
    const token = input.ClientRequestToken;
    const tokens = token === undefined ? stack.tokens : { ...stack.tokens, delete: token };
    const { DeploymentConfig: deploymentConfig } = input;
    const course = new Course(world, call.realm, settings, { ...stack, tokens, deploymentConfig });
    enterPhase(course, 'delete', {
      begins: 'DELETE_STACK',
      reason: 'User Initiated',
      progress: {
        token,
        skip: input.RetainResources ?? [],
        force: input.DeletionMode === 'FORCE_DELETE_STACK',
        leftovers: leftoversOf(world, call, stack),
      },
    });
    course.save();
    return {};
  };
}

/** What a failed update had replaced and nobody has cleaned up yet. */
function leftoversOf(world: World, { realm }: Call, stack: Stack): Leftover[] {
  return (befores(world, realm).get(stack.id)?.leftovers ?? []).filter(({ type, resourceId = '' }) => {
    const record = resources(world, realmOf(type, realm)).get(resourceKey(type, resourceId));
    return record?.stackId === stack.id;
  });
}

function checkDelete(world: World, call: Call, stack: Stack, input: DeleteStackInput): void {
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (UNDELETABLE.has(stack.status)) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  }
  const hasFailed = stack.status === 'DELETE_FAILED';
  if (input.DeletionMode === 'FORCE_DELETE_STACK' && !hasFailed) {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. You can activate DeletionMode FORCE_DELETE_STACK in a delete stack operation only when the stack is in the DELETE_FAILED state.`,
    );
  }
  const retained = input.RetainResources ?? [];
  if (retained.length > 0) checkRetained(world, call, stack, retained);
}

function checkRetained(world: World, call: Call, stack: Stack, retained: readonly string[]): void {
  if (stack.status !== 'DELETE_FAILED') {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. The stack must be in the DELETE_FAILED state to specify resources to retain.`,
    );
  }
  const statusOf = (id: string) => stackResources(world, call.realm).get(stackResourceKey(stack.id, id))?.status;
  if (retained.some((id) => (statusOf(id) ?? 'DELETE_COMPLETE') === 'DELETE_COMPLETE')) {
    throw validationError(
      'The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
    );
  }
}
