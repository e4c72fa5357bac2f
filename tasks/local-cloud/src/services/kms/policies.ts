import type * as KMS from '@aws-sdk/client-kms';
import { keyPolicyOf } from '../../catalog/key-policy.ts';
import { policyAllows } from '../../catalog/resource-policy.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { customerKey } from './key-states.ts';
import { ownKey, permittedKey } from './usable-key.ts';

/** The only name that a key's policy can have. */
const NAME = 'default';

export function getKeyPolicy(world: World, input: KMS.GetKeyPolicyRequest, call: Call): KMS.GetKeyPolicyResponse {
  const key = permittedKey(world, call, input.KeyId, 'GetKeyPolicy');
  if ((input.PolicyName ?? NAME) !== NAME) throw new ServiceError('NotFoundException', 'No such policy exists');
  return { Policy: JSON.stringify(keyPolicyOf(key), undefined, 2), PolicyName: NAME };
}

export function putKeyPolicy(world: World, input: KMS.PutKeyPolicyRequest, call: Call): object {
  const { realm, record } = customerKey(ownKey(world, call, input.KeyId, 'PutKeyPolicy'));
  if ((input.PolicyName ?? NAME) !== NAME) throw new ServiceError('NotFoundException', 'No such policy exists');
  const policy = checkedPolicy(input.Policy ?? '', realm, input.BypassPolicyLockoutSafetyCheck);
  setProperties(world, realm, record, { KeyPolicy: policy });
  return {};
}

export function listKeyPolicies(
  world: World,
  input: KMS.ListKeyPoliciesRequest,
  call: Call,
): KMS.ListKeyPoliciesResponse {
  permittedKey(world, call, input.KeyId, 'ListKeyPolicies');
  return { PolicyNames: [NAME], Truncated: false };
}

/** @throws ServiceError MalformedPolicyDocumentException, also where nobody could change the policy any more */
export function checkedPolicy(text: string, { account }: Realm, bypass = false): object {
  const policy = parsed(text);
  if (bypass || policyAllows(policy, { account }, 'kms:PutKeyPolicy')) return policy;
  throw new ServiceError(
    'MalformedPolicyDocumentException',
    'The new key policy will not allow you to update the key policy in the future.',
  );
}

function parsed(text: string): object {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === 'object' && policy !== null && 'Statement' in policy) return policy;
  } catch {
    // Said below, in KMS's words.
  }
  throw new ServiceError('MalformedPolicyDocumentException', 'Policy contains invalid JSON');
}
