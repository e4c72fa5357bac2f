import type { Call, World } from '../../world.ts';
import { findStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

/** The stack by name or ARN, as the operations that change one ask for it. */
export function livingStack(world: World, call: Call, name: string): Stack {
  const stack = findStack(world, call.realm, name);
  if (stack && stack.status !== 'DELETE_COMPLETE') return stack;
  throw validationError(`Stack [${name}] does not exist`);
}
