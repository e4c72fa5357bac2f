import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Refusal } from '../behaviour.ts';
import { findRecord } from '../stored-record.ts';
import { isTrue, snapshotArn } from './kind.ts';
import type { DatabaseKind } from './kind.ts';
import { absent, inaccessibleKey, invalidCombination, invalidState } from './refusals.ts';
import { isAvailable, snapshotStates } from './snapshot.ts';

/** A snapshot and where it is. */
export interface FoundSnapshot {
  readonly realm: Realm;
  readonly record: Resource;
}

/** One's own by name or ARN, from any region by ARN, and another account's by ARN where it shares it. */
export function findSnapshot(world: World, realm: Realm, kind: DatabaseKind, asked: string): FoundSnapshot | undefined {
  const [, , , region = '', account = ''] = asked.split(':');
  const isArn = asked.startsWith('arn:');
  const home = isArn ? { account, region } : realm;
  const arn = isArn ? asked : snapshotArn(kind, realm, asked.toLowerCase());
  const record = findRecord(world, home, kind.snapshotType, arn);
  if (record === undefined) return undefined;
  const { sharedWith = {} } = snapshotStates(world, home).get(arn) ?? {};
  const isShared = [realm.account, 'all'].some((account) => (sharedWith[account] ?? Infinity) <= world.now);
  return home.account === realm.account || isShared ? { realm: home, record } : undefined;
}

export function snapshotNotFound(kind: DatabaseKind, asked: string): Refusal {
  return absent(kind.faults.snapshotNotFound, `${kind.snapshotNoun} ${asked} not found.`);
}

/** Why a database cannot be restored from that. */
export function refuseRestore(world: World, realm: Realm, kind: DatabaseKind, asked: string): Refusal | undefined {
  const found = findSnapshot(world, realm, kind, asked);
  if (found === undefined || found.realm.region !== realm.region) return snapshotNotFound(kind, asked);
  const { record } = found;
  if (!isAvailable(world, found.realm, record.id)) {
    return invalidState(
      kind.faults.snapshotState,
      `The snapshot ${nameOf(kind, record)} is not in the available state.`,
    );
  }
  const { Encrypted, KmsKeyId } = record.attributes;
  if (!isTrue(Encrypted)) return undefined;
  if (found.realm.account !== realm.account) {
    return invalidCombination(
      `The snapshot ${record.id} is shared and encrypted: copy it with a KMS key of your own and restore from the copy.`,
    );
  }
  return inaccessibleKey(world, realm, String(KmsKeyId));
}

/** What a database that is restored from a snapshot has from it where nothing else is said. */
export function restoredProperties(
  world: World,
  realm: Realm,
  kind: DatabaseKind,
  asked: string,
): Readonly<Record<string, unknown>> {
  const found = findSnapshot(world, realm, kind, asked);
  if (found === undefined) return {};
  const { Encrypted, KmsKeyId } = found.record.attributes;
  const { restores = {} } = snapshotStates(world, found.realm).get(found.record.id) ?? {};
  return { ...restores, ...(isTrue(Encrypted) ? { StorageEncrypted: true, KmsKeyId } : {}) };
}

export function nameOf(kind: DatabaseKind, { id, properties }: Resource): string {
  return String(properties[kind.snapshotIdProperty] ?? id.split(':').slice(6).join(':'));
}
