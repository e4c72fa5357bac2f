import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { deleteRecord } from '../../catalog/record.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Call, Due, Realm, World } from '../../world.ts';
import { findSecret, identityOf, invalidParameter, invalidRequest, isDeleted, SECRET, secretOf } from './secret.ts';

const DAY_MS = 86_400_000;
const DAYS = { min: 7, max: 30 };
/** How long a name is kept after a delete without recovery: AWS says only that it is done in the background. EST. */
const FORCED_MS = { min: 1000, more: 9000 };
export const FINISH_DELETE = 'secretsmanager.finish-delete';

/** What will delete a secret, by its id. */
const scheduled = (world: World, realm: Realm) => world.table<string>('secretsmanager.scheduled', realm);

export function deleteSecret(
  world: World,
  input: SecretsManager.DeleteSecretRequest,
  call: Call,
): SecretsManager.DeleteSecretResponse {
  const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced = false } = input;
  checkWindow(days, isForced);
  const known = findSecret(world, call.realm, input.SecretId ?? '');
  // What is gone already counts as deleted where no recovery was asked for, so that a retry does not fail.
  if (known === undefined && isForced) return { Name: input.SecretId, DeletionDate: new Date(world.now) };
  const secret = secretOf(world, call.realm, input.SecretId);
  if (isDeleted(secret) && !isForced) {
    throw invalidRequest(
      "You can't perform this operation on the secret because it was already scheduled for deletion.",
    );
  }
  const afterMs = isForced ? FORCED_MS.min + Math.floor(world.random() * FORCED_MS.more) : (days ?? DAYS.max) * DAY_MS;
  cancelDelete(world, call.realm, secret.id);
  setProperties(world, call.realm, secret, { DeletedDate: world.now });
  const due = world.later(afterMs, { kind: FINISH_DELETE, realm: call.realm, payload: { id: secret.id } });
  scheduled(world, call.realm).put(secret.id, due);
  return { ...identityOf(secret), DeletionDate: new Date(isForced ? world.now : world.now + afterMs) };
}

export function restoreSecret(
  world: World,
  input: SecretsManager.RestoreSecretRequest,
  call: Call,
): SecretsManager.RestoreSecretResponse {
  const secret = secretOf(world, call.realm, input.SecretId);
  cancelDelete(world, call.realm, secret.id);
  setProperties(world, call.realm, secret, { DeletedDate: undefined });
  return identityOf(secret);
}

export function finishDelete(world: World, { realm, payload }: Due): void {
  const id = String(payload['id']);
  scheduled(world, realm).delete(id);
  deleteRecord({ world, realm, type: SECRET, id });
}

function cancelDelete(world: World, realm: Realm, id: string): void {
  const due = scheduled(world, realm).get(id);
  if (due !== undefined) world.cancel(due);
  scheduled(world, realm).delete(id);
}

function checkWindow(days: number | undefined, isForced: boolean): void {
  if (days === undefined) return;
  if (isForced) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days >= DAYS.min && days <= DAYS.max) return;
  throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
}
