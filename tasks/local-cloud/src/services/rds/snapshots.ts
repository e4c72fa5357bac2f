import type * as RDS from '@aws-sdk/client-rds';
import { keepBackups } from '../../catalog/rds/automated-backups.ts';
import { CLUSTER, INSTANCE } from '../../catalog/rds/kind.ts';
import type { DatabaseKind } from '../../catalog/rds/kind.ts';
import {
  dropSnapshot,
  isAvailable,
  notAvailable,
  refuseSnapshot,
  snapshotStates,
  takeSnapshot,
} from '../../catalog/rds/snapshot.ts';
import { findSnapshot } from '../../catalog/rds/source-snapshot.ts';
import type { FoundSnapshot } from '../../catalog/rds/source-snapshot.ts';
import { createRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { databaseNamed, snapshotNamed } from './find.ts';
import { rdsPage } from './rds-page.ts';
import { select } from './select.ts';
import { clusterSnapshotView, snapshotTypeOf, snapshotView } from './snapshot-views.ts';

export function createInstanceSnapshot(
  world: World,
  input: RDS.CreateDBSnapshotMessage,
  call: Call,
): RDS.CreateDBSnapshotResult {
  const { realm } = call;
  const { id } = databaseNamed(world, realm, INSTANCE, input.DBInstanceIdentifier);
  const properties = { DBInstanceIdentifier: id, DBSnapshotIdentifier: input.DBSnapshotIdentifier?.toLowerCase() };
  const record = createRecord(world, realm, { type: INSTANCE.snapshotType, properties, tags: tagMap(input.Tags) });
  return { DBSnapshot: snapshotView(world, realm, { realm, record }) };
}

export function createClusterSnapshot(
  world: World,
  input: RDS.CreateDBClusterSnapshotMessage,
  call: Call,
): RDS.CreateDBClusterSnapshotResult {
  const { realm } = call;
  const source = databaseNamed(world, realm, CLUSTER, input.DBClusterIdentifier);
  const id = (input.DBClusterSnapshotIdentifier ?? '').toLowerCase();
  const refused = refuseSnapshot(world, realm, CLUSTER, id) ?? notAvailable(world, realm, CLUSTER, source);
  if (refused !== undefined) throw serviceError(refused);
  const wanted = { kind: CLUSTER, source, id, snapshotType: 'manual', tags: tagMap(input.Tags) } as const;
  const record = takeSnapshot(world, realm, wanted);
  return { DBClusterSnapshot: clusterSnapshotView(world, realm, { realm, record }) };
}

export function describeInstanceSnapshots(
  world: World,
  input: RDS.DescribeDBSnapshotsMessage,
  call: Call,
): RDS.DBSnapshotMessage {
  const { DBSnapshotIdentifier: snapshot, DBInstanceIdentifier: database } = input;
  const all = chosen(world, call.realm, INSTANCE, { ...input, snapshot, database });
  const views = all.map((found) => snapshotView(world, call.realm, found));
  const left = select(views, input.Filters, {
    'db-instance-id': ({ DBInstanceIdentifier }) => [DBInstanceIdentifier],
    'db-snapshot-id': ({ DBSnapshotIdentifier }) => [DBSnapshotIdentifier],
    'dbi-resource-id': ({ DbiResourceId }) => [DbiResourceId],
    'snapshot-type': ({ SnapshotType }) => [SnapshotType],
    engine: ({ Engine }) => [Engine],
  });
  const { items, ...rest } = rdsPage(left, input);
  return { DBSnapshots: [...items], ...rest };
}

export function describeClusterSnapshots(
  world: World,
  input: RDS.DescribeDBClusterSnapshotsMessage,
  call: Call,
): RDS.DBClusterSnapshotMessage {
  const { DBClusterSnapshotIdentifier: snapshot, DBClusterIdentifier: database } = input;
  const all = chosen(world, call.realm, CLUSTER, { ...input, snapshot, database });
  const views = all.map((found) => clusterSnapshotView(world, call.realm, found));
  const left = select(views, input.Filters, {
    'db-cluster-id': ({ DBClusterIdentifier }) => [DBClusterIdentifier],
    'db-cluster-snapshot-id': ({ DBClusterSnapshotIdentifier }) => [DBClusterSnapshotIdentifier],
    'snapshot-type': ({ SnapshotType }) => [SnapshotType],
    engine: ({ Engine }) => [Engine],
  });
  const { items, ...rest } = rdsPage(left, input);
  return { DBClusterSnapshots: [...items], ...rest };
}

export function deleteInstanceSnapshot(
  world: World,
  input: RDS.DeleteDBSnapshotMessage,
  call: Call,
): RDS.DeleteDBSnapshotResult {
  const found = remove(world, call.realm, INSTANCE, input.DBSnapshotIdentifier);
  return { DBSnapshot: { ...snapshotView(world, call.realm, found), Status: 'deleted' } };
}

export function deleteClusterSnapshot(
  world: World,
  input: RDS.DeleteDBClusterSnapshotMessage,
  call: Call,
): RDS.DeleteDBClusterSnapshotResult {
  const found = remove(world, call.realm, CLUSTER, input.DBClusterSnapshotIdentifier);
  return { DBClusterSnapshot: { ...clusterSnapshotView(world, call.realm, found), Status: 'deleted' } };
}

function remove(world: World, realm: Realm, kind: DatabaseKind, asked: string | undefined): FoundSnapshot {
  keepBackups(world, realm);
  const found = ownSnapshot(world, realm, kind, asked);
  const refuse = (text: string): ServiceError => new ServiceError(kind.faults.snapshotState, text);
  if (found.record.attributes['SnapshotType'] !== 'manual') throw refuse('Only manual snapshots may be deleted.');
  if (!isAvailable(world, realm, found.record.id)) {
    throw refuse('Cannot delete the snapshot because it is not currently in the available or failed state.');
  }
  dropSnapshot(world, realm, found.record);
  return found;
}

/** One's own: what another account shares can be read and not changed. */
export function ownSnapshot(world: World, realm: Realm, kind: DatabaseKind, asked: string | undefined): FoundSnapshot {
  const found = snapshotNamed(world, realm, kind, asked);
  if (found.realm.account === realm.account && found.realm.region === realm.region) return found;
  throw new ServiceError(kind.faults.snapshotNotFound, `${kind.snapshotNoun} ${asked ?? ''} not found.`, 404);
}

interface Choice {
  readonly snapshot?: string | undefined;
  readonly database?: string | undefined;
  readonly SnapshotType?: string | undefined;
  readonly IncludeShared?: boolean | undefined;
  readonly IncludePublic?: boolean | undefined;
}

function chosen(world: World, realm: Realm, kind: DatabaseKind, choice: Choice): FoundSnapshot[] {
  keepBackups(world, realm);
  const { snapshot, database, SnapshotType } = choice;
  if (snapshot !== undefined && snapshot !== '') return [snapshotNamed(world, realm, kind, snapshot)];
  const isWanted = (found: FoundSnapshot): boolean => {
    const type = snapshotTypeOf(world, realm, found);
    if (SnapshotType !== undefined) return type === SnapshotType;
    if (type === 'shared') return choice.IncludeShared === true;
    return type !== 'public' || choice.IncludePublic === true;
  };
  const isOf = ({ properties }: Resource): boolean =>
    database === undefined || properties[kind.idProperty] === database.toLowerCase();
  return visible(world, realm, kind).filter((found) => isWanted(found) && isOf(found.record));
}

/** One's own, then what others share in this region. */
function visible(world: World, realm: Realm, kind: DatabaseKind): FoundSnapshot[] {
  const own = [...resourcesOf(world, realm, kind.snapshotType)].map((record) => ({ realm, record }));
  const shared: FoundSnapshot[] = [];
  for (const other of world.realms('rds.snapshot')) {
    if (other.account === realm.account || other.region !== realm.region) continue;
    for (const { id } of resourcesOf(world, other, kind.snapshotType)) {
      const isShared = Object.keys(snapshotStates(world, other).get(id)?.sharedWith ?? {}).length > 0;
      const found = isShared ? findSnapshot(world, realm, kind, id) : undefined;
      if (found !== undefined) shared.push(found);
    }
  }
  return [...own, ...shared];
}
