import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Making, Refusal } from './behaviour.ts';
import { KEY, aliasArn, aliasesOf, findKey, foundKey, keyStates } from './kms-key.ts';
import { KEY_ALIAS } from './managed-keys.ts';
import { dropRecord, findRecord, putRecord } from './stored-record.ts';

const DAY_MS = 86_400_000;
const DEFAULT_WINDOW_DAYS = 30;
export const DELETE_KEY = 'kms.delete-key';

export const kms: Behaviours = {
  [KEY]: {
    make(making) {
      const isMultiRegion = String(making.properties['MultiRegion']) === 'true';
      const id = isMultiRegion ? `mrk-${making.world.hex(32)}` : making.world.uuid();
      return { id, attributes: { KeyId: id, Arn: making.arn('kms', `key/${id}`) } };
    },
    isGone: (world, realm, key) => keyStates(world, realm).get(key.id)?.deletionAt !== undefined,
    gone(world, realm, key) {
      // The handler does not delete a key, it has KMS wait: the key stays, out of its stack and out of use.
      const { stackId: _stackId, logicalId: _logicalId, ...kept } = key;
      putRecord(world, realm, kept satisfies Resource);
      scheduleKeyDeletion(world, realm, kept, Number(key.properties['PendingWindowInDays'] ?? DEFAULT_WINDOW_DAYS));
    },
  },
  [KEY_ALIAS]: { refuseCreate: refuseAlias },
};

/** Out: when the key will be gone. */
export function scheduleKeyDeletion(world: World, realm: Realm, key: Resource, windowDays: number): number {
  const afterMs = windowDays * DAY_MS;
  const due = world.later(afterMs, { kind: DELETE_KEY, realm, payload: { keyId: key.id } });
  const deletionAt = world.now + afterMs;
  keyStates(world, realm).put(key.id, { deletionAt, due });
  return deletionAt;
}

/** The waiting is over: the key goes, and its aliases with it. */
export function dropKey(world: World, realm: Realm, keyId: string): void {
  const record = findRecord(world, realm, KEY, keyId);
  if (record === undefined) return;
  for (const alias of aliasesOf(world, foundKey(world, realm, record))) dropRecord(world, realm, alias);
  dropRecord(world, realm, record);
  keyStates(world, realm).delete(keyId);
}

function refuseAlias(making: Making): Refusal | undefined {
  const { world, realm } = making;
  const name = making.text('AliasName') ?? '';
  if (findRecord(world, realm, KEY_ALIAS, name) !== undefined) {
    return {
      text: `An alias with the name ${aliasArn(realm, name)} already exists`,
      ...{ handlerErrorCode: 'AlreadyExists', code: 'AlreadyExistsException' },
    };
  }
  const target = making.text('TargetKeyId');
  return target === undefined ? undefined : targetProblem(world, realm, target);
}

/** Why an alias cannot lead to that key. */
export function targetProblem(world: World, realm: Realm, target: string): Refusal | undefined {
  const key = findKey(world, realm, target);
  if (key === undefined || key.realm.account !== realm.account) {
    const id = target.split('/').at(-1) ?? target;
    const arn = target.startsWith('arn:') ? target : `arn:aws:kms:${realm.region}:${realm.account}:key/${id}`;
    return { text: `Key '${arn}' does not exist`, handlerErrorCode: 'NotFound', code: 'NotFoundException' };
  }
  if (key.state !== 'PendingDeletion') return undefined;
  return {
    text: `${key.arn} is pending deletion.`,
    ...{ handlerErrorCode: 'InvalidRequest', code: 'KMSInvalidStateException' },
  };
}
