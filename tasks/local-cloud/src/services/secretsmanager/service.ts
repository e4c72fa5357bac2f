import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, Service, World } from '../../world.ts';
import { pageOf } from '../page.ts';

const TYPE = 'AWS::SecretsManager::Secret';
const PAGE_SIZE = 100;
const STAGE = 'AWSCURRENT';

/** Secrets to be read; see SPEC.md beside this file. */
export const secretsmanager: Service = {
  client: 'client-secrets-manager',
  operations: { GetSecretValue: getSecretValue, DescribeSecret: describeSecret, ListSecrets: listSecrets },
};

function getSecretValue(
  world: World,
  input: SecretsManager.GetSecretValueRequest,
  call: Call,
): SecretsManager.GetSecretValueResponse {
  const secret = secretOf(world, call.realm, input.SecretId);
  if (secret.properties['DeletedDate'] !== undefined) {
    throw new ServiceError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  const value = secret.properties['SecretString'];
  if (value === undefined || (input.VersionStage !== undefined && input.VersionStage !== STAGE)) {
    throw new ServiceError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for staging label: ${input.VersionStage ?? STAGE}`,
    );
  }
  return {
    ARN: secret.arn,
    Name: nameOf(secret),
    VersionId: versionOf(secret),
    SecretString: String(value),
    VersionStages: [STAGE],
    CreatedDate: new Date(secret.createdAt),
  };
}

function describeSecret(
  world: World,
  input: SecretsManager.DescribeSecretRequest,
  call: Call,
): SecretsManager.DescribeSecretResponse {
  const secret = secretOf(world, call.realm, input.SecretId);
  return { ...summary(secret), VersionIdsToStages: { [versionOf(secret)]: [STAGE] } };
}

function listSecrets(
  world: World,
  input: SecretsManager.ListSecretsRequest,
  call: Call,
): SecretsManager.ListSecretsResponse {
  const filters = input.Filters ?? [];
  const all = [...resourcesOf(world, call.realm, TYPE)].filter(
    (secret) =>
      (input.IncludePlannedDeletion === true || secret.properties['DeletedDate'] === undefined) &&
      filters.every(({ Key, Values = [] }) => matches(secret, Key, Values)),
  );
  const invalid = (): ServiceError => new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalid);
  return {
    SecretList: items.map((secret) => ({
      ...summary(secret),
      SecretVersionsToStages: { [versionOf(secret)]: [STAGE] },
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** Names and tags match from their beginning; a value with `!` in front excludes. */
function matches(secret: Resource, key: string | undefined, values: readonly string[]): boolean {
  const texts = textsOf(secret, key ?? 'all');
  return values.some((value) => {
    const isNot = value.startsWith('!');
    const wanted = isNot ? value.slice(1) : value;
    return texts.some((text) => text.startsWith(wanted)) !== isNot;
  });
}

function textsOf(secret: Resource, key: string): string[] {
  const description = String(secret.properties['Description'] ?? '');
  if (key === 'name') return [nameOf(secret)];
  if (key === 'description') return [description];
  if (key === 'tag-key') return Object.keys(secret.tags);
  if (key === 'tag-value') return Object.values(secret.tags);
  return key === 'all' ? [nameOf(secret), description, ...Object.keys(secret.tags), ...Object.values(secret.tags)] : [];
}

function summary(secret: Resource) {
  const { Description, KmsKeyId, DeletedDate } = secret.properties;
  return {
    ARN: secret.arn,
    Name: nameOf(secret),
    CreatedDate: new Date(secret.createdAt),
    LastChangedDate: new Date(secret.createdAt),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    ...(Description === undefined ? {} : { Description: String(Description) }),
    ...(KmsKeyId === undefined ? {} : { KmsKeyId: String(KmsKeyId) }),
    ...(DeletedDate === undefined ? {} : { DeletedDate: new Date(DeletedDate as number | string) }),
  };
}

function nameOf(secret: Resource): string {
  return String(secret.properties['Name'] ?? secret.id);
}

/** One value at a time is kept, so one version id a secret is enough: the same for the same secret. */
function versionOf(secret: Resource): string {
  const digits = Buffer.from(secret.id).toString('hex').slice(-32).padStart(32, '0');
  return [8, 12, 16, 20, 32].map((end, index) => digits.slice([0, 8, 12, 16, 20][index], end)).join('-');
}

/** By name, by ARN, or by ARN without its six random characters. @throws ServiceError ResourceNotFoundException */
function secretOf(world: World, realm: Realm, asked = ''): Resource {
  for (const secret of resourcesOf(world, realm, TYPE)) {
    const arn = secret.arn ?? '';
    if (nameOf(secret) === asked || arn === asked || arn.slice(0, -7) === asked) return secret;
  }
  throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}
