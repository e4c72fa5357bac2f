import type { GetStackPolicyInput, GetStackPolicyOutput, SetStackPolicyInput } from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../../world.ts';
import type { CloudFormationSettings } from '../settings.ts';
import { stacks } from '../stack.ts';
import { livingStack } from '../living-stack.ts';
import { validationError } from '../validation-error.ts';
import { checkPolicy } from './stack-policy.ts';

export function setStackPolicy(settings: CloudFormationSettings) {
  return (world: World, input: SetStackPolicyInput, call: Call): object => {
    const stack = livingStack(world, call, input.StackName ?? '');
    const policy = policyText(world, settings, { body: input.StackPolicyBody, url: input.StackPolicyURL });
    stacks(world, call.realm).put(stack.id, { ...stack, policy });
    return {};
  };
}

export function getStackPolicy(world: World, input: GetStackPolicyInput, call: Call): GetStackPolicyOutput {
  return { StackPolicyBody: livingStack(world, call, input.StackName ?? '').policy };
}

/** The policy that a request gives, in its body or in S3; undefined where it gives none. Throws ValidationError. */
export function policyText(
  world: World,
  settings: CloudFormationSettings,
  { body, url }: { readonly body?: string | undefined; readonly url?: string | undefined },
): string | undefined {
  if (body !== undefined && url !== undefined) {
    throw validationError('You cannot specify both StackPolicyURL and StackPolicyBody');
  }
  const text = url === undefined ? body : settings.objectText?.(world, url);
  if (url !== undefined && text === undefined) throw validationError('S3 error: Access Denied');
  return text === undefined ? undefined : checkPolicy(text);
}
