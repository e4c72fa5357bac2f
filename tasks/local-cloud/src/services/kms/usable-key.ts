import { keyNamed } from '../../catalog/kms-key.ts';
import type { FoundKey } from '../../catalog/kms-key.ts';
import { keyPolicyOf } from '../../catalog/key-policy.ts';
import { policyAllows } from '../../catalog/resource-policy.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { isGranted } from './grant-records.ts';

/** The caller's own key or somebody else's whose policy, or a grant, lets the caller do this. */
export function permittedKey(world: World, call: Call, asked: string | undefined, action: string): FoundKey {
  const key = keyNamed(world, call.realm, asked ?? '');
  const user = { account: call.realm.account, arn: call.callerArn };
  if (isGranted(world, key, call.callerArn, action)) return key;
  if (!policyAllows(keyPolicyOf(key), user, `kms:${action}`)) throw denied(call, key, action);
  return key;
}

/** The same, and not waiting for its deletion. @throws ServiceError KMSInvalidStateException */
export function livingKey(world: World, call: Call, asked: string | undefined, action: string): FoundKey {
  const key = permittedKey(world, call, asked, action);
  if (key.state !== 'PendingDeletion') return key;
  throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}

/** A living customer's key: what AWS made for a service cannot be changed. */
export function ownKey(world: World, call: Call, asked: string | undefined, action: string): FoundKey {
  const key = livingKey(world, call, asked, action);
  if (key.realm.account !== call.realm.account) throw denied(call, key, action);
  return key;
}

/** A key that encrypts and decrypts. @throws ServiceError DisabledException, InvalidKeyUsageException */
export function workingKey(world: World, call: Call, asked: string | undefined, action: string): FoundKey {
  const key = livingKey(world, call, asked, action);
  if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
  const { KeyUsage = 'ENCRYPT_DECRYPT', KeySpec = 'SYMMETRIC_DEFAULT' } = key.record.properties;
  if (KeyUsage !== 'ENCRYPT_DECRYPT') {
    throw new ServiceError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${String(KeyUsage)} which is not valid for ${action}.`,
    );
  }
  if (KeySpec === 'SYMMETRIC_DEFAULT') return key;
  throw new ServiceError(
    'NotImplemented',
    `The local cloud does not simulate kms:${action} with ${String(KeySpec)}`,
    501,
  );
}

function denied({ callerArn }: Call, { arn }: FoundKey, action: string): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User: ${callerArn} is not authorized to perform: kms:${action} on resource: ${arn} because no resource-based policy allows the kms:${action} action`,
  );
}
