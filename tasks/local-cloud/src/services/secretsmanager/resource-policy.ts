import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { createRecord } from '../../catalog/record.ts';
import { resourceWith } from '../../catalog/resources-of.ts';
import { dropRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { identityOf, livingSecret, nameOf, secretOf } from './secret.ts';

const POLICY = 'AWS::SecretsManager::ResourcePolicy';

export function getResourcePolicy(
  world: World,
  input: SecretsManager.GetResourcePolicyRequest,
  call: Call,
): SecretsManager.GetResourcePolicyResponse {
  const secret = secretOf(world, call.realm, input.SecretId);
  const policy = policyOf(world, call, secret)?.properties['ResourcePolicy'];
  if (policy === undefined) return identityOf(secret);
  return { ...identityOf(secret), ResourcePolicy: typeof policy === 'string' ? policy : JSON.stringify(policy) };
}

export function putResourcePolicy(
  world: World,
  input: SecretsManager.PutResourcePolicyRequest,
  call: Call,
): SecretsManager.PutResourcePolicyResponse {
  const secret = livingSecret(world, call.realm, input.SecretId);
  const ResourcePolicy = parsed(input.ResourcePolicy ?? '');
  const known = policyOf(world, call, secret);
  if (known !== undefined) setProperties(world, call.realm, known, { ResourcePolicy });
  else createRecord(world, call.realm, { type: POLICY, properties: { SecretId: secret.id, ResourcePolicy } });
  return identityOf(secret);
}

export function deleteResourcePolicy(
  world: World,
  input: SecretsManager.DeleteResourcePolicyRequest,
  call: Call,
): SecretsManager.DeleteResourcePolicyResponse {
  const secret = livingSecret(world, call.realm, input.SecretId);
  const policy = policyOf(world, call, secret);
  if (policy !== undefined) dropRecord(world, call.realm, policy);
  return identityOf(secret);
}

function policyOf(world: World, call: Call, secret: Resource): Resource | undefined {
  return resourceWith(world, call.realm, POLICY, ({ properties: { SecretId } }) => {
    return SecretId === secret.id || SecretId === nameOf(secret);
  });
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new ServiceError('MalformedPolicyDocumentException', 'This resource policy contains a syntax error.');
}
