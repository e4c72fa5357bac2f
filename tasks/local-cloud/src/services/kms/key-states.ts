import type * as KMS from '@aws-sdk/client-kms';
import { dropKey, scheduleKeyDeletion } from '../../catalog/kms.ts';
import { keyStates } from '../../catalog/kms-key.ts';
import type { FoundKey } from '../../catalog/kms-key.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Due, World } from '../../world.ts';
import { grantRecords } from './grant-records.ts';
import { ownKey, permittedKey } from './usable-key.ts';

const WINDOW_DAYS = { min: 7, typical: 30, max: 30 };

export function enableKey(world: World, input: KMS.EnableKeyRequest, call: Call): object {
  const { realm, record } = customerKey(ownKey(world, call, input.KeyId, 'EnableKey'));
  setProperties(world, realm, record, { Enabled: true });
  return {};
}

export function disableKey(world: World, input: KMS.DisableKeyRequest, call: Call): object {
  const { realm, record } = customerKey(ownKey(world, call, input.KeyId, 'DisableKey'));
  setProperties(world, realm, record, { Enabled: false });
  return {};
}

export function scheduleDeletion(
  world: World,
  input: KMS.ScheduleKeyDeletionRequest,
  call: Call,
): KMS.ScheduleKeyDeletionResponse {
  const days = input.PendingWindowInDays ?? WINDOW_DAYS.typical;
  if (days < WINDOW_DAYS.min || days > WINDOW_DAYS.max) {
    throw new ServiceError('ValidationException', 'PendingWindowInDays must be between 7 and 30 (inclusive).');
  }
  const key = customerKey(ownKey(world, call, input.KeyId, 'ScheduleKeyDeletion'));
  const deletionAt = scheduleKeyDeletion(world, key.realm, key.record, days);
  return {
    KeyId: key.arn,
    DeletionDate: new Date(deletionAt),
    KeyState: 'PendingDeletion',
    PendingWindowInDays: days,
  };
}

/** The key is disabled afterwards, so that whoever saved it decides whether it is used again. */
export function cancelDeletion(
  world: World,
  input: KMS.CancelKeyDeletionRequest,
  call: Call,
): KMS.CancelKeyDeletionResponse {
  const key = permittedKey(world, call, input.KeyId, 'CancelKeyDeletion');
  const { due } = keyStates(world, key.realm).get(key.record.id) ?? {};
  if (due === undefined) throw new ServiceError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  world.cancel(due);
  keyStates(world, key.realm).delete(key.record.id);
  setProperties(world, key.realm, key.record, { Enabled: false });
  return { KeyId: key.arn };
}

export function finishDeletion(world: World, { realm, payload }: Due): void {
  const keyId = String(payload['keyId']);
  dropKey(world, realm, keyId);
  const grants = grantRecords(world, realm);
  for (const grant of [...grants.values()]) if (grant.keyId === keyId) grants.delete(grant.id);
}

/** @throws ServiceError where AWS made the key and keeps it to itself */
export function customerKey(key: FoundKey): FoundKey {
  if (!key.isManaged) return key;
  throw new ServiceError(
    'AccessDeniedException',
    `The request cannot be fulfilled: ${key.arn} is an AWS managed key, which only AWS can change.`,
  );
}
