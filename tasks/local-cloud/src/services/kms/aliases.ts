import type * as KMS from '@aws-sdk/client-kms';
import { targetProblem } from '../../catalog/kms.ts';
import { aliasArn, aliasesOf, keyNamed } from '../../catalog/kms-key.ts';
import { KEY_ALIAS } from '../../catalog/managed-keys.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { kmsPage } from './kms-page.ts';

const PAGE_SIZE = 50;

export function createAlias(world: World, input: KMS.CreateAliasRequest, call: Call): object {
  const name = checkedName(input.AliasName);
  const problem = targetProblem(world, call.realm, input.TargetKeyId ?? '');
  if (problem !== undefined) throw serviceError(problem);
  const { record } = keyNamed(world, call.realm, input.TargetKeyId ?? '');
  createRecord(world, call.realm, { type: KEY_ALIAS, properties: { AliasName: name, TargetKeyId: record.id } });
  return {};
}

export function updateAlias(world: World, input: KMS.UpdateAliasRequest, call: Call): object {
  const alias = aliasNamed(world, call.realm, checkedName(input.AliasName));
  const problem = targetProblem(world, call.realm, input.TargetKeyId ?? '');
  if (problem !== undefined) throw serviceError(problem);
  const { record } = keyNamed(world, call.realm, input.TargetKeyId ?? '');
  setProperties(world, call.realm, alias, { TargetKeyId: record.id });
  return {};
}

export function deleteAlias(world: World, input: KMS.DeleteAliasRequest, call: Call): object {
  const { id } = aliasNamed(world, call.realm, checkedName(input.AliasName));
  deleteRecord({ world, realm: call.realm, type: KEY_ALIAS, id });
  return {};
}

export function listAliases(world: World, input: KMS.ListAliasesRequest, call: Call): KMS.ListAliasesResponse {
  const all =
    input.KeyId === undefined
      ? [...resourcesOf(world, call.realm, KEY_ALIAS)]
      : aliasesOf(world, keyNamed(world, call.realm, input.KeyId));
  const { items, ...rest } = kmsPage(all, input, PAGE_SIZE);
  return {
    Aliases: items.map(({ id, createdAt, properties }) => ({
      AliasName: id,
      AliasArn: aliasArn(call.realm, id),
      TargetKeyId: String(properties['TargetKeyId']).split('/').at(-1),
      CreationDate: new Date(createdAt),
      LastUpdatedDate: new Date(createdAt),
    })),
    ...rest,
  };
}

function aliasNamed(world: World, realm: Realm, name: string): Resource {
  const alias = findRecord(world, realm, KEY_ALIAS, name);
  if (alias !== undefined) return alias;
  throw new ServiceError('NotFoundException', `Alias ${aliasArn(realm, name)} is not found.`);
}

function checkedName(name = ''): string {
  if (!name.startsWith('alias/')) {
    throw new ServiceError(
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith('alias/aws/')) throw new ServiceError('NotAuthorizedException', '');
  if (/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) return name;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${name}' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$`,
  );
}
