import type { Resource } from '../resource.ts';
import { ServiceError } from '../world.ts';
import type { Realm, World } from '../world.ts';
import { KEY_ALIAS, managedKey } from './managed-keys.ts';
import { resourcesOf } from './resources-of.ts';
import { findRecord } from './stored-record.ts';

export const KEY = 'AWS::KMS::Key';

/** What KMS knows of a key beside its properties. */
export interface KeyState {
  readonly manager?: 'AWS';
  readonly deletionAt?: number;
  /** What is due at that time, to be called off with the deletion. */
  readonly due?: string;
}

export const keyStates = (world: World, realm: Realm) => world.table<KeyState>('kms.key', realm);

/** A key wherever it is: its own account and region, which need not be the caller's. */
export interface FoundKey {
  readonly realm: Realm;
  readonly record: Resource;
  readonly arn: string;
  readonly state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  readonly isManaged: boolean;
}

/**
 * By id, by ARN, by alias or by an alias's ARN; a key of another account by its ARN alone. An alias of AWS's own makes
 * the key behind it on first use.
 *
 * @throws ServiceError NotFoundException
 */
export function keyNamed(world: World, realm: Realm, asked: string): FoundKey {
  const { realm: home, name } = placeOf(realm, asked);
  const id = name.startsWith('alias/') ? targetOf(world, home, name) : name;
  const record = findRecord(world, home, KEY, id);
  if (record !== undefined) return foundKey(world, home, record);
  if (!/^(mrk-)?[0-9a-f-]{32,36}$/.test(id)) throw new ServiceError('NotFoundException', `Invalid keyId '${id}'`);
  throw new ServiceError('NotFoundException', `Key '${keyArn(home, id)}' does not exist`);
}

/** The same for whoever only wants to know whether there is one. */
export function findKey(world: World, realm: Realm, asked: string): FoundKey | undefined {
  try {
    return keyNamed(world, realm, asked);
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

export function foundKey(world: World, realm: Realm, record: Resource): FoundKey {
  const { deletionAt, manager } = keyStates(world, realm).get(record.id) ?? {};
  const isDisabled = String(record.properties['Enabled']) === 'false';
  return {
    realm,
    record,
    arn: record.arn ?? keyArn(realm, record.id),
    state: deletionAt === undefined ? (isDisabled ? 'Disabled' : 'Enabled') : 'PendingDeletion',
    isManaged: manager === 'AWS',
  };
}

/** The aliases that lead to a key, its ARN or its id being their target. */
export function aliasesOf(world: World, { realm, record, arn }: FoundKey): Resource[] {
  const isTarget = (target: unknown): boolean => target === record.id || target === arn;
  return [...resourcesOf(world, realm, KEY_ALIAS)].filter(({ properties }) => isTarget(properties['TargetKeyId']));
}

export function keyArn({ region, account }: Realm, id: string): string {
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}

export function aliasArn({ region, account }: Realm, name: string): string {
  return `arn:aws:kms:${region}:${account}:${name}`;
}

function placeOf(realm: Realm, asked: string): { realm: Realm; name: string } {
  if (!asked.startsWith('arn:')) return { realm, name: asked };
  const [, , service, region = '', account = '', name = ''] = asked.split(':');
  // KMS never answers for another region than the one that it was asked in.
  if (service !== 'kms' || region !== realm.region)
    throw new ServiceError('NotFoundException', `Invalid arn ${region}`);
  return { realm: { account, region }, name: name.replace(/^key\//, '') };
}

function targetOf(world: World, realm: Realm, alias: string): string {
  const managed = managedKey(world, realm, alias);
  const target = managed ?? String(findRecord(world, realm, KEY_ALIAS, alias)?.properties['TargetKeyId'] ?? '');
  if (target === '') throw new ServiceError('NotFoundException', `Alias ${aliasArn(realm, alias)} is not found.`);
  return target.split('/').at(-1) ?? target;
}
