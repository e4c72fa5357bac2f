import type * as RDS from '@aws-sdk/client-rds';
import { drawMs } from '../../catalog/rds/activity.ts';
import { keepBackups } from '../../catalog/rds/automated-backups.ts';
import { CLUSTER, INSTANCE, isTrue, snapshotArn } from '../../catalog/rds/kind.ts';
import type { DatabaseKind } from '../../catalog/rds/kind.ts';
import { inaccessibleKey, invalidCombination } from '../../catalog/rds/refusals.ts';
import { isAvailable, refuseSnapshot, snapshotStates } from '../../catalog/rds/snapshot.ts';
import { nameOf } from '../../catalog/rds/source-snapshot.ts';
import type { FoundSnapshot } from '../../catalog/rds/source-snapshot.ts';
import { keyNamed } from '../../catalog/kms-key.ts';
import { serviceError } from '../../catalog/record.ts';
import { DATABASE_SECONDS } from '../../catalog/seconds.ts';
import { putRecord } from '../../catalog/stored-record.ts';
import type { Refusal } from '../../catalog/behaviour.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { snapshotNamed } from './find.ts';
import { clusterSnapshotView, snapshotView } from './snapshot-views.ts';

export function copyInstanceSnapshot(
  world: World,
  input: RDS.CopyDBSnapshotMessage,
  call: Call,
): RDS.CopyDBSnapshotResult {
  const { SourceDBSnapshotIdentifier: source, TargetDBSnapshotIdentifier: target } = input;
  return {
    DBSnapshot: snapshotView(world, call.realm, copy(world, call.realm, INSTANCE, { ...input, source, target })),
  };
}

export function copyClusterSnapshot(
  world: World,
  input: RDS.CopyDBClusterSnapshotMessage,
  call: Call,
): RDS.CopyDBClusterSnapshotResult {
  const { SourceDBClusterSnapshotIdentifier: source, TargetDBClusterSnapshotIdentifier: target } = input;
  const found = copy(world, call.realm, CLUSTER, { ...input, source, target });
  return { DBClusterSnapshot: clusterSnapshotView(world, call.realm, found) };
}

interface Wanted {
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly CopyTags?: boolean | undefined;
  readonly Tags?: RDS.Tag[] | undefined;
}

/** A copy is a manual snapshot of whoever copies, from its own, an automated or a shared one, in whichever region. */
function copy(world: World, realm: Realm, kind: DatabaseKind, wanted: Wanted): FoundSnapshot {
  const source = sourceOf(world, realm, kind, wanted.source);
  const id = (wanted.target ?? '').toLowerCase();
  const refused = refuseSnapshot(world, realm, kind, id) ?? refuseKeys(world, realm, kind, { source, wanted });
  if (refused !== undefined) throw serviceError(refused);
  const arn = snapshotArn(kind, realm, id);
  const from = source.record;
  const sameKey = isTrue(from.attributes['Encrypted']) ? from.attributes['KmsKeyId'] : undefined;
  const key = wanted.KmsKeyId === undefined ? sameKey : keyNamed(world, realm, wanted.KmsKeyId).arn;
  const record = {
    type: kind.snapshotType,
    ...{ id: arn, arn, ref: arn, createdAt: world.now },
    attributes: {
      ...from.attributes,
      SnapshotType: 'manual',
      SnapshotCreateTime: new Date(world.now).toISOString(),
      SourceSnapshotArn: from.id,
      [`${kind.snapshotNoun}Arn`]: arn,
      ...(key === undefined ? {} : { Encrypted: true, KmsKeyId: key }),
    },
    properties: { [kind.snapshotIdProperty]: id, [kind.idProperty]: from.properties[kind.idProperty] },
    tags: { ...(wanted.CopyTags === true ? from.tags : {}), ...tagMap(wanted.Tags) },
  };
  putRecord(world, realm, record);
  const { restores = {} } = snapshotStates(world, source.realm).get(from.id) ?? {};
  const availableAt = world.now + drawMs(world, DATABASE_SECONDS.copy);
  snapshotStates(world, realm).put(arn, { availableAt, sharedWith: {}, restores });
  return { realm, record };
}

function sourceOf(world: World, realm: Realm, kind: DatabaseKind, asked = ''): FoundSnapshot {
  keepBackups(world, realm);
  const source = snapshotNamed(world, realm, kind, asked);
  if (isAvailable(world, source.realm, source.record.id)) return source;
  const name = nameOf(kind, source.record);
  throw new ServiceError(kind.faults.snapshotState, `The snapshot ${name} is not in the available state.`);
}

/** Another account's key, or another region's, cannot protect a copy here. */
function refuseKeys(
  world: World,
  realm: Realm,
  kind: DatabaseKind,
  { source, wanted }: { source: FoundSnapshot; wanted: Wanted },
): Refusal | undefined {
  const { Encrypted, KmsKeyId } = source.record.attributes;
  const target = wanted.KmsKeyId;
  if (!isTrue(Encrypted)) {
    if (kind === CLUSTER && target !== undefined) {
      return invalidCombination('KmsKeyId can not be specified for a copy of an unencrypted DB cluster snapshot.');
    }
    return target === undefined ? undefined : inaccessibleKey(world, realm, target, 'target');
  }
  const isElsewhere = source.realm.account !== realm.account || source.realm.region !== realm.region;
  // A key works in its own region, wherever its snapshot is copied to.
  const reader = { account: realm.account, region: source.realm.region };
  const unreadable = inaccessibleKey(world, reader, String(KmsKeyId), 'source snapshot');
  if (unreadable !== undefined || (target === undefined && !isElsewhere)) return unreadable;
  return inaccessibleKey(world, realm, target ?? 'null', 'target');
}
