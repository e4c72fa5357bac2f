import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { versionsOf } from '../../catalog/secret-versions.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { tagList } from '../tag-list.ts';
import { identityOf, isDeleted, nameOf, SECRET, secretOf } from './secret.ts';

const PAGE_SIZE = 100;

export function describeSecret(
  world: World,
  input: SecretsManager.DescribeSecretRequest,
  call: Call,
): SecretsManager.DescribeSecretResponse {
  const secret = secretOf(world, call.realm, input.SecretId);
  return { ...summary(world, call.realm, secret), VersionIdsToStages: stagesOf(world, call.realm, secret) };
}

export function listSecrets(
  world: World,
  input: SecretsManager.ListSecretsRequest,
  call: Call,
): SecretsManager.ListSecretsResponse {
  const all = matchingSecrets(world, call.realm, input.Filters ?? [], input.IncludePlannedDeletion ?? false);
  if (input.SortOrder === 'desc') all.reverse();
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    SecretList: items.map((secret) => ({
      ...summary(world, call.realm, secret),
      SecretVersionsToStages: stagesOf(world, call.realm, secret),
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

export function listSecretVersionIds(
  world: World,
  input: SecretsManager.ListSecretVersionIdsRequest,
  call: Call,
): SecretsManager.ListSecretVersionIdsResponse {
  const secret = secretOf(world, call.realm, input.SecretId);
  const versions = versionsOf(world, call.realm, secret);
  const { items, nextToken } = pageOf(versions, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    ...identityOf(secret),
    Versions: items.map(({ id, stages, createdAt, lastReadAt }) => ({
      VersionId: id,
      VersionStages: [...stages],
      CreatedDate: new Date(createdAt),
      ...(lastReadAt === undefined ? {} : { LastAccessedDate: new Date(lastReadAt) }),
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** In order of creation. */
export function matchingSecrets(
  world: World,
  realm: Realm,
  filters: readonly SecretsManager.Filter[],
  withDeleted = false,
): Resource[] {
  return [...resourcesOf(world, realm, SECRET)].filter(
    (secret) =>
      (withDeleted || !isDeleted(secret)) && filters.every(({ Key, Values = [] }) => matches(secret, Key, Values)),
  );
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

function summary(world: World, realm: Realm, secret: Resource) {
  const { Description, KmsKeyId, DeletedDate } = secret.properties;
  const versions = versionsOf(world, realm, secret);
  const readAt = Math.max(...versions.map(({ lastReadAt = 0 }) => lastReadAt), 0);
  const changedAt = Math.max(...versions.map(({ createdAt }) => createdAt), secret.createdAt);
  return {
    ...identityOf(secret),
    CreatedDate: new Date(secret.createdAt),
    LastChangedDate: new Date(changedAt),
    ...(readAt === 0 ? {} : { LastAccessedDate: new Date(readAt) }),
    Tags: tagList(secret.tags),
    ...(Description === undefined ? {} : { Description: String(Description) }),
    ...(KmsKeyId === undefined ? {} : { KmsKeyId: String(KmsKeyId) }),
    ...(DeletedDate === undefined ? {} : { DeletedDate: new Date(DeletedDate as number | string) }),
  };
}

function stagesOf(world: World, realm: Realm, secret: Resource): Record<string, string[]> {
  return Object.fromEntries(versionsOf(world, realm, secret).map(({ id, stages }) => [id, [...stages]]));
}

function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
}
