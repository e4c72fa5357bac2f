import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { randomPassword } from '../../catalog/random-password.ts';
import type { World } from '../../world.ts';
import { invalidParameter } from './secret.ts';

const LENGTH_MAX = 4096;

export function getRandomPassword(
  world: World,
  input: SecretsManager.GetRandomPasswordRequest,
): SecretsManager.GetRandomPasswordResponse {
  const { PasswordLength = 32 } = input;
  if (PasswordLength > LENGTH_MAX) {
    throw invalidParameter(`Password length too long based on the max length of ${LENGTH_MAX}.`);
  }
  if (PasswordLength < 4) {
    throw invalidParameter('Password length too short based on the required types.');
  }
  return { RandomPassword: randomPassword(world, input) };
}
