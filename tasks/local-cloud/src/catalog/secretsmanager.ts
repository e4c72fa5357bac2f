import { resourceKey, resources } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';
import { randomSuffix } from './names.ts';
import { resourceWith } from './resources-of.ts';

const SECRET = 'AWS::SecretsManager::Secret';

/** CloudFormation deletes a secret without a recovery window, so its name is free again at once. */
export const secretsmanager: Behaviours = {
  [SECRET]: { make: secret, refuseCreate: takenName },
  'AWS::SecretsManager::SecretTargetAttachment': {
    make: (making) => ({ id: making.text('SecretId') ?? making.world.hex(12) }),
  },
  'AWS::SecretsManager::RotationSchedule': {
    make: (making) => ({ id: making.text('SecretId') ?? making.world.hex(12) }),
  },
};

/** Stores a secret that a service keeps for its user; its owner is named in the tags. */
export function putSecret(
  world: World,
  realm: Realm,
  secret: { arn: string; value: string; tags: Record<string, string> },
): void {
  const name = secret.arn.split(':secret:')[1]?.replace(/-[^-]+$/, '') ?? secret.arn;
  resources(world, realm).put(resourceKey(SECRET, secret.arn), {
    type: SECRET,
    id: secret.arn,
    arn: secret.arn,
    ref: secret.arn,
    attributes: { Id: secret.arn },
    properties: { Name: name, SecretString: secret.value },
    tags: secret.tags,
    createdAt: world.now,
  });
}

export function removeSecret(world: World, realm: Realm, arn: string): void {
  resources(world, realm).delete(resourceKey(SECRET, arn));
}

function secret(making: Making): Made {
  const name = making.text('Name') ?? making.name('Name').split('-').slice(-2).join('-');
  const arn = making.arn('secretsmanager', `secret:${name}-${randomSuffix(making.world, 6)}`);
  const value = making.text('SecretString') ?? generated(making);
  return {
    id: arn,
    arn,
    attributes: { Id: arn },
    properties: { Name: name, ...(value === undefined ? {} : { SecretString: value }) },
  };
}

function generated(making: Making): string | undefined {
  const rule = making.properties['GenerateSecretString'];
  if (typeof rule !== 'object' || rule === null) return undefined;
  const { PasswordLength, ExcludeCharacters, ExcludePunctuation, ExcludeNumbers, ExcludeUppercase, ExcludeLowercase } =
    rule as Record<string, unknown>;
  const { SecretStringTemplate, GenerateStringKey } = rule as Record<string, unknown>;
  const without = (flag: unknown, letters: string): string => (String(flag) === 'true' ? '' : letters);
  const letters = [
    without(ExcludeUppercase, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    without(ExcludeLowercase, 'abcdefghijklmnopqrstuvwxyz'),
    without(ExcludeNumbers, '0123456789'),
    without(ExcludePunctuation, '!#$%&()*+,-.:;<=>?@[]^_{|}~'),
  ].join('');
  const usable = [...letters].filter((letter) => !String(ExcludeCharacters ?? '').includes(letter));
  let password = '';
  for (let i = 0; i < Number(PasswordLength ?? 32) && usable.length > 0; i++) {
    password += usable[Math.floor(making.world.random() * usable.length)];
  }
  if (typeof SecretStringTemplate !== 'string' || typeof GenerateStringKey !== 'string') return password;
  return JSON.stringify({ ...parsedObject(SecretStringTemplate), [GenerateStringKey]: password });
}

function parsedObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function takenName(making: Making): Refusal | undefined {
  const name = making.text('Name');
  if (name === undefined) return undefined;
  const other = resourceWith(making.world, making.realm, SECRET, ({ properties }) => properties['Name'] === name);
  if (!other) return undefined;
  const text =
    other.properties['DeletedDate'] === undefined
      ? `The operation failed because the secret ${name} already exists.`
      : "You can't create this secret because a secret with this name is already scheduled for deletion.";
  return { text, handlerErrorCode: 'AlreadyExists' };
}
