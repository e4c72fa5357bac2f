import { statusOf } from '../../catalog/rds/activity.ts';
import { rdsArn } from '../../catalog/rds/kind.ts';
import type { DatabaseKind } from '../../catalog/rds/kind.ts';
import { findSnapshot, snapshotNotFound } from '../../catalog/rds/source-snapshot.ts';
import type { FoundSnapshot } from '../../catalog/rds/source-snapshot.ts';
import { serviceError } from '../../catalog/record.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

/** By name, in any case, or by ARN. @throws ServiceError DBInstanceNotFoundFault, DBClusterNotFoundFault */
export function databaseNamed(world: World, realm: Realm, kind: DatabaseKind, asked = ''): Resource {
  const id = asked.startsWith(rdsArn(realm, kind.arnWord, '')) ? asked.split(':').slice(6).join(':') : asked;
  const database = findRecord(world, realm, kind.type, id.toLowerCase());
  if (database !== undefined) return database;
  throw new ServiceError(kind.faults.notFound, `${kind.noun} ${asked} not found.`, 404);
}

/** @throws ServiceError DBSnapshotNotFoundFault, DBClusterSnapshotNotFoundFault */
export function snapshotNamed(world: World, realm: Realm, kind: DatabaseKind, asked = ''): FoundSnapshot {
  const found = findSnapshot(world, realm, kind, asked);
  if (found === undefined) throw serviceError(snapshotNotFound(kind, asked));
  return found;
}

/** @throws ServiceError InvalidDBInstanceStateFault, InvalidDBClusterStateFault */
export function requireStatus(
  world: World,
  realm: Realm,
  kind: DatabaseKind,
  { database, status, text }: { database: Resource; status: string; text: string },
): void {
  if (statusOf(world, realm, database) !== status) throw new ServiceError(kind.faults.state, text);
}
