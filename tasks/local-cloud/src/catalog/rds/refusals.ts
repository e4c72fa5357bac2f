import type { Making, Refusal } from '../behaviour.ts';
import { idsIn } from '../ec2/references.ts';
import { findKey } from '../kms-key.ts';
import { keyPolicyOf } from '../key-policy.ts';
import { policyAllows } from '../resource-policy.ts';
import { findRecord } from '../stored-record.ts';
import type { Realm, World } from '../../world.ts';
import { engineNamed } from './engine.ts';
import { isTrue } from './kind.ts';

export function invalidValue(text: string): Refusal {
  return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidParameterValue' };
}

export function invalidCombination(text: string): Refusal {
  return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidParameterCombination' };
}

export function invalidState(code: string, text: string): Refusal {
  return { text, handlerErrorCode: 'InvalidRequest', code };
}

export function absent(code: string, text: string): Refusal {
  return { text, handlerErrorCode: 'NotFound', code, status: 404 };
}

/** Letters, digits and single hyphens, a letter first. */
export function badIdentifier(making: Making, property: string): Refusal | undefined {
  const id = making.text(property);
  if (id === undefined || (/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/.test(id) && id.length <= 63)) return undefined;
  return invalidValue(
    `The parameter ${property} is not a valid identifier. Identifiers must begin with a letter; must contain only ` +
      'ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
  );
}

/** A group that is named has to be there, save those that AWS keeps for everybody. */
export function missingGroup(
  making: Making,
  property: string,
  { type, code, text }: { type: string; code: string; text(name: string): string },
): Refusal | undefined {
  const name = making.text(property)?.toLowerCase();
  if (name === undefined || /^default([.:]|$)/.test(name)) return undefined;
  return findRecord(making.world, making.realm, type, name) === undefined ? absent(code, text(name)) : undefined;
}

export function missingSecurityGroup(making: Making, property: string): Refusal | undefined {
  const { world, realm, properties } = making;
  const isThere = (id: string): boolean => findRecord(world, realm, 'AWS::EC2::SecurityGroup', id) !== undefined;
  const id = idsIn(properties[property]).find((one) => !isThere(one));
  return id === undefined ? undefined : invalidValue(`Invalid security group , groupId= ${id}, groupName=.`);
}

/** Known engines have known major versions. */
export function unknownVersion(making: Making): Refusal | undefined {
  const version = making.text('EngineVersion');
  const engine = engineNamed(making.text('Engine'));
  if (version === undefined || engine === undefined || engine.majorOf(version) !== undefined) return undefined;
  return invalidCombination(`Cannot find version ${version} for ${engine.name}`);
}

export function inaccessibleStorageKey(making: Making): Refusal | undefined {
  const key = making.text('KmsKeyId');
  if (key === undefined || !isTrue(making.properties['StorageEncrypted'])) return undefined;
  return inaccessibleKey(making.world, making.realm, key);
}

/** What RDS does with a key on behalf of its caller. */
const ACTIONS = ['kms:DescribeKey', 'kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];

/** @param which `specified`, `source snapshot`, `target`: the key that is meant */
export function inaccessibleKey(world: World, realm: Realm, asked: string, which = 'specified'): Refusal | undefined {
  const key = findKey(world, realm, asked);
  const user = { account: realm.account };
  const isManagedHere = key?.isManaged === true && key.realm.account === realm.account;
  const mayUse = (action: string): boolean => key !== undefined && policyAllows(keyPolicyOf(key), user, action);
  if (key?.state === 'Enabled' && (isManagedHere || (!key.isManaged && ACTIONS.every(mayUse)))) return undefined;
  return {
    text: `The ${which} KMS key [${key?.arn ?? asked}] does not exist, is not enabled or you do not have permissions to access it.`,
    ...{ handlerErrorCode: 'AccessDenied', code: 'KMSKeyNotAccessibleFault' },
  };
}
