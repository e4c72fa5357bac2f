import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';
import { randomSuffix } from './names.ts';
import { randomPassword } from './random-password.ts';
import { resourceWith } from './resources-of.ts';
import { addVersion, CURRENT, forgetVersions, versionsOf } from './secret-versions.ts';
import { attachTarget, detachTarget, objectIn } from './secret-target.ts';

const SECRET = 'AWS::SecretsManager::Secret';

/**
 * CloudFormation deletes a secret without a recovery window, so its name is free again at once.
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1999
 */
export const secretsmanager: Behaviours = {
  [SECRET]: { make: secret, refuseCreate: takenName, changed: keepOldValue, gone: forgetVersions },
  'AWS::SecretsManager::SecretTargetAttachment': {
    make: (making) => ({ id: making.text('SecretId') ?? making.world.hex(12) }),
    made: attachTarget,
    changed: (world, realm, _before, after) => attachTarget(world, realm, after),
    gone: detachTarget,
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
  const { SecretStringTemplate, GenerateStringKey } = rule as Record<string, unknown>;
  const password = randomPassword(making.world, rule);
  if (typeof SecretStringTemplate !== 'string' || typeof GenerateStringKey !== 'string') return password;
  return JSON.stringify({ ...objectIn(SecretStringTemplate), [GenerateStringKey]: password });
}

/** A template that gives another value makes another version. */
function keepOldValue(world: World, realm: Realm, before: Resource, after: Resource): void {
  const text = after.properties['SecretString'];
  if (text === undefined || text === before.properties['SecretString']) return;
  const version = { id: world.uuid(), text: String(text), stages: [CURRENT] };
  addVersion(world, realm, after, version, versionsOf(world, realm, before));
}

function takenName(making: Making): Refusal | undefined {
  const name = making.text('Name');
  if (name === undefined) return undefined;
  const other = resourceWith(making.world, making.realm, SECRET, ({ properties }) => properties['Name'] === name);
  if (!other) return undefined;
  if (other.properties['DeletedDate'] === undefined) {
    const text = `The operation failed because the secret ${name} already exists.`;
    return { text, handlerErrorCode: 'AlreadyExists', code: 'ResourceExistsException' };
  }
  const text = "You can't create this secret because a secret with this name is already scheduled for deletion.";
  return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidRequestException' };
}
