import type {
  CancelUpdateStackInput,
  ContinueUpdateRollbackInput,
  RollbackStackInput,
  RollbackStackOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { stopUpdate } from './after-phase.ts';
import { checkToken } from './check-input.ts';
import { Course } from './course.ts';
import { enterPhase } from './enter-phase.ts';
import { hasGoodState } from './good-state.ts';
import { befores } from './progress.ts';
import type { CloudFormationSettings } from './settings.ts';
import { stackResourceKey, stackResources } from './stack-resource.ts';
import type { Stack } from './stack.ts';
import { livingStack } from './living-stack.ts';
import { validationError } from './validation-error.ts';

export function continueUpdateRollback(settings: CloudFormationSettings) {
  return (world: World, input: ContinueUpdateRollbackInput, call: Call): object => {
    checkToken(input.ClientRequestToken);
    const stack = livingStack(world, call, input.StackName ?? '');
    const token = input.ClientRequestToken;
    if (token !== undefined && stack.tokens['continue'] === token) return {};
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
      throw validationError(
        `Stack:${stack.id} is in ${stack.status} state and can not be continued for update rollback.`,
      );
    }
    const skip = input.ResourcesToSkip ?? [];
    checkSkipped(world, call, stack, skip);
    goBack({ world, call, settings, stack: withToken(stack, 'continue', token) }, { token, skip });
    return {};
  };
}

/** Takes a stack that failed without rollback back to where it was: to its last good state, or to nothing. */
export function rollbackStack(settings: CloudFormationSettings) {
  return (world: World, input: RollbackStackInput, call: Call): RollbackStackOutput => {
    checkToken(input.ClientRequestToken);
    const stack = livingStack(world, call, input.StackName ?? '');
    const token = input.ClientRequestToken;
    if (token !== undefined && stack.tokens['rollback'] === token) return { StackId: stack.id };
    if (stack.status !== 'UPDATE_FAILED' && stack.status !== 'CREATE_FAILED') {
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
    }
    goBack({ world, call, settings, stack: withToken(stack, 'rollback', token) }, { token, skip: [] });
    return { StackId: stack.id };
  };
}

export function cancelUpdateStack(settings: CloudFormationSettings) {
  return (world: World, input: CancelUpdateStackInput, call: Call): object => {
    checkToken(input.ClientRequestToken);
    const stack = livingStack(world, call, input.StackName ?? '');
    const token = input.ClientRequestToken;
    if (token !== undefined && stack.tokens['cancel'] === token) return {};
    if (stack.status !== 'UPDATE_IN_PROGRESS') {
      throw validationError('CancelUpdateStack cannot be called from current stack status');
    }
    const course = new Course(world, call.realm, settings, withToken(stack, 'cancel', token));
    stopUpdate(course, 'User Initiated');
    course.save();
    return {};
  };
}

function goBack(
  { world, call, settings, stack }: { world: World; call: Call; settings: CloudFormationSettings; stack: Stack },
  { token, skip }: { token: string | undefined; skip: readonly string[] },
): void {
  const leftovers = befores(world, call.realm).get(stack.id)?.leftovers ?? [];
  const course = new Course(world, call.realm, settings, stack);
  const begins = stack.status === 'UPDATE_ROLLBACK_FAILED' ? 'CONTINUE_ROLLBACK' : 'ROLLBACK';
  const isUpdate = stack.status !== 'CREATE_FAILED' && hasGoodState(world, call.realm, stack.id);
  enterPhase(course, isUpdate ? 'update-rollback' : 'rollback', {
    begins,
    reason: 'User Initiated',
    progress: { token, skip, leftovers },
  });
  course.save();
}

function checkSkipped(world: World, call: Call, stack: Stack, skip: readonly string[]): void {
  const table = stackResources(world, call.realm);
  const missing = skip.filter((id) => table.get(stackResourceKey(stack.id, id)) === undefined);
  if (missing.length > 0) {
    throw validationError(`The specified resources to skip do not exist in the stack: [${missing.join(', ')}]`);
  }
  const sound = skip.filter((id) => table.get(stackResourceKey(stack.id, id))?.status !== 'UPDATE_FAILED');
  if (sound.length === 0) return;
  throw validationError(`The specified resources to skip must be in the UPDATE_FAILED state: [${sound.join(', ')}]`);
}

function withToken(stack: Stack, action: string, token: string | undefined): Stack {
  return token === undefined ? stack : { ...stack, tokens: { ...stack.tokens, [action]: token } };
}
