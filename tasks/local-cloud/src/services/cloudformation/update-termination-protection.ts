import type {
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { stacks } from './stack.ts';
import { livingStack } from './living-stack.ts';

export function updateTerminationProtection(
  world: World,
  input: UpdateTerminationProtectionInput,
  call: Call,
): UpdateTerminationProtectionOutput {
  const stack = livingStack(world, call, input.StackName ?? '');
  const terminationProtection = input.EnableTerminationProtection === true;
  stacks(world, call.realm).put(stack.id, { ...stack, terminationProtection });
  return { StackId: stack.id };
}
