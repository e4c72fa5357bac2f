import type * as RDS from '@aws-sdk/client-rds';
import { CLUSTER, INSTANCE, isTrue } from '../../catalog/rds/kind.ts';
import { snapshotStates } from '../../catalog/rds/snapshot.ts';
import { nameOf } from '../../catalog/rds/source-snapshot.ts';
import type { FoundSnapshot } from '../../catalog/rds/source-snapshot.ts';
import type { Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';

/** A snapshot as the account in which it was asked for sees it: another one's is `shared`, or `public`. */
export function snapshotView(world: World, viewer: Realm, found: FoundSnapshot): RDS.DBSnapshot {
  const { record } = found;
  const { attributes, properties } = record;
  return {
    DBSnapshotIdentifier: isOwn(viewer, found) ? nameOf(INSTANCE, record) : record.id,
    DBInstanceIdentifier: String(properties['DBInstanceIdentifier']),
    DBSnapshotArn: record.id,
    DbiResourceId: String(attributes['DbiResourceId'] ?? ''),
    AvailabilityZone: String(attributes['AvailabilityZone'] ?? ''),
    Encrypted: isTrue(attributes['Encrypted']),
    StorageType: String(attributes['StorageType'] ?? 'gp2'),
    InstanceCreateTime: new Date(String(attributes['InstanceCreateTime'])),
    OptionGroupName: `default:${String(attributes['Engine'])}`,
    IAMDatabaseAuthenticationEnabled: false,
    SnapshotTarget: 'region',
    ...(attributes['SourceSnapshotArn'] === undefined
      ? {}
      : { SourceDBSnapshotIdentifier: String(attributes['SourceSnapshotArn']) }),
    ...common(world, viewer, found),
  };
}

export function clusterSnapshotView(world: World, viewer: Realm, found: FoundSnapshot): RDS.DBClusterSnapshot {
  const { record } = found;
  const { attributes, properties } = record;
  return {
    DBClusterSnapshotIdentifier: isOwn(viewer, found) ? nameOf(CLUSTER, record) : record.id,
    DBClusterIdentifier: String(properties['DBClusterIdentifier']),
    DBClusterSnapshotArn: record.id,
    DbClusterResourceId: String(attributes['DbiResourceId'] ?? ''),
    StorageEncrypted: isTrue(attributes['Encrypted']),
    ClusterCreateTime: new Date(String(attributes['InstanceCreateTime'])),
    EngineMode: 'provisioned',
    IAMDatabaseAuthenticationEnabled: false,
    ...(attributes['SourceSnapshotArn'] === undefined
      ? {}
      : { SourceDBClusterSnapshotArn: String(attributes['SourceSnapshotArn']) }),
    ...common(world, viewer, found),
  };
}

/** `manual`, `automated`, `shared` or `public`. */
export function snapshotTypeOf(world: World, viewer: Realm, found: FoundSnapshot): string {
  if (isOwn(viewer, found)) return String(found.record.attributes['SnapshotType']);
  return snapshotStates(world, found.realm).get(found.record.id)?.sharedWith['all'] === undefined ? 'shared' : 'public';
}

function common(world: World, viewer: Realm, found: FoundSnapshot) {
  const { realm, record } = found;
  const { attributes, createdAt } = record;
  const { availableAt = 0 } = snapshotStates(world, realm).get(record.id) ?? {};
  const isDone = availableAt <= world.now;
  const share = isDone ? 1 : (world.now - createdAt) / (availableAt - createdAt);
  return {
    SnapshotType: snapshotTypeOf(world, viewer, found),
    Status: isDone ? 'available' : 'creating',
    PercentProgress: Math.floor(share * 100),
    SnapshotCreateTime: new Date(createdAt),
    Engine: String(attributes['Engine']),
    EngineVersion: String(attributes['EngineVersion']),
    AllocatedStorage: Number(attributes['AllocatedStorage']),
    Port: Number(attributes['Port']),
    MasterUsername: String(attributes['MasterUsername']),
    LicenseModel: String(attributes['LicenseModel']),
    ...(isTrue(attributes['Encrypted']) ? { KmsKeyId: String(attributes['KmsKeyId']) } : {}),
    TagList: isOwn(viewer, found) ? tagList(record.tags) : [],
  };
}

function isOwn(viewer: Realm, { realm }: FoundSnapshot): boolean {
  return viewer.account === realm.account;
}
