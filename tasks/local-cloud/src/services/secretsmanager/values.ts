import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { CURRENT, putVersions, versionsOf } from '../../catalog/secret-versions.ts';
import type { SecretVersion } from '../../catalog/secret-versions.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { identityOf, invalidParameter, livingSecret } from './secret.ts';
import { matchingSecrets } from './reads.ts';

export function getSecretValue(
  world: World,
  input: SecretsManager.GetSecretValueRequest,
  call: Call,
): SecretsManager.GetSecretValueResponse {
  const secret = livingSecret(world, call.realm, input.SecretId);
  const versions = versionsOf(world, call.realm, secret);
  const version = wantedVersion(versions, input);
  const read = { ...version, lastReadAt: Math.floor(world.now / 86_400_000) * 86_400_000 };
  // To the day, as AWS keeps it: most reads change nothing.
  if (read.lastReadAt !== version.lastReadAt) {
    const all = versions.map((each) => (each === version ? read : each));
    putVersions(world, call.realm, secret, all);
  }
  return { ...identityOf(secret), ...describeValue(version) };
}

export function batchGetSecretValue(
  world: World,
  input: SecretsManager.BatchGetSecretValueRequest,
  call: Call,
): SecretsManager.BatchGetSecretValueResponse {
  const { SecretIdList, Filters } = input;
  if ((SecretIdList === undefined) === (Filters === undefined)) {
    throw invalidParameter('Either SecretIdList or Filters must be provided, but not both.');
  }
  const ids = SecretIdList ?? matchingSecrets(world, call.realm, Filters ?? []).flatMap(({ arn = [] }) => arn);
  const SecretValues: SecretsManager.SecretValueEntry[] = [];
  const Errors: SecretsManager.APIErrorType[] = [];
  for (const SecretId of ids) {
    try {
      SecretValues.push(getSecretValue(world, { SecretId }, call));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
    }
  }
  return { SecretValues, Errors };
}

function wantedVersion(
  versions: readonly SecretVersion[],
  { VersionId, VersionStage }: SecretsManager.GetSecretValueRequest,
): SecretVersion {
  const found = versions.find(
    ({ id, stages }) =>
      (VersionId === undefined || id === VersionId) &&
      (VersionId !== undefined && VersionStage === undefined ? true : stages.includes(VersionStage ?? CURRENT)),
  );
  if (found !== undefined) return found;
  const what = VersionId === undefined ? `staging label: ${VersionStage ?? CURRENT}` : `VersionId: ${VersionId}`;
  const text = `Secrets Manager can't find the specified secret value for ${what}`;
  throw new ServiceError('ResourceNotFoundException', text);
}

function describeValue({ id, text, binary, stages, createdAt }: SecretVersion) {
  return {
    VersionId: id,
    ...(text === undefined ? {} : { SecretString: text }),
    ...(binary === undefined ? {} : { SecretBinary: Buffer.from(binary, 'base64') }),
    VersionStages: [...stages],
    CreatedDate: new Date(createdAt),
  };
}
