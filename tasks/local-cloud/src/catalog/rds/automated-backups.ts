import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { resourcesOf } from '../resources-of.ts';
import { CLUSTER, INSTANCE } from './kind.ts';
import type { DatabaseKind } from './kind.ts';
import { copiedTags, dropSnapshot, takeSnapshot } from './snapshot.ts';

const DAY_MS = 86_400_000;
const WINDOW = '03:00-03:30';

/** When a database was first and last backed up. By its ARN. */
interface Backups {
  readonly firstAt: number;
  readonly lastAt?: number;
}

const backups = (world: World, realm: Realm) => world.table<Backups>('rds.backups', realm);

/** The first backup comes as soon as a database is made. */
export function beginBackups(world: World, realm: Realm, { id, arn = id }: Resource, firstAt: number): void {
  backups(world, realm).put(arn, { firstAt });
}

/**
 * Writes the automated snapshots that should be there by now and drops those whose days are over. Asked by whoever
 * looks at snapshots: a database that nobody looks at keeps the cloud from nothing.
 */
export function keepBackups(world: World, realm: Realm): void {
  for (const kind of [INSTANCE, CLUSTER]) {
    for (const database of [...resourcesOf(world, realm, kind.type)]) keepBackupsOf(world, realm, kind, database);
  }
}

/** Automated backups go with their database, unless it was told to leave them. */
export function dropBackups(world: World, realm: Realm, kind: DatabaseKind, database: Resource): void {
  backups(world, realm).delete(database.arn ?? database.id);
  for (const snapshot of automatedOf(world, realm, kind, database)) dropSnapshot(world, realm, snapshot);
}

/** 1 unless said; 0 is none at all. A member of a cluster leaves it to the cluster. */
export function retentionDays(kind: DatabaseKind, { properties }: Pick<Resource, 'properties'>): number {
  if (kind === INSTANCE && properties['DBClusterIdentifier'] !== undefined) return 0;
  return Number(properties['BackupRetentionPeriod'] ?? 1);
}

export function backupWindow({ properties }: Resource): string {
  return String(properties['PreferredBackupWindow'] ?? WINDOW);
}

function keepBackupsOf(world: World, realm: Realm, kind: DatabaseKind, database: Resource): void {
  const known = backups(world, realm).get(database.arn ?? database.id);
  const days = retentionDays(kind, database);
  if (known === undefined || known.firstAt > world.now || days === 0) return;
  const oldestAt = world.now - days * DAY_MS;
  let { lastAt } = known;
  for (let at = nextAt(database, known); at <= world.now; at = nextAt(database, { ...known, lastAt: at })) {
    lastAt = at;
    if (at < oldestAt) continue;
    const stamp = new Date(at).toISOString().slice(0, 16).replace(/[T:]/g, '-');
    const id = `rds:${database.id}-${stamp}`;
    takeSnapshot(world, realm, {
      kind,
      source: database,
      id,
      snapshotType: 'automated',
      tags: copiedTags(database),
      at,
    });
  }
  if (lastAt !== undefined) backups(world, realm).put(database.arn ?? database.id, { ...known, lastAt });
  for (const snapshot of automatedOf(world, realm, kind, database)) {
    if (snapshot.createdAt < oldestAt) dropSnapshot(world, realm, snapshot);
  }
}

/** The first one at once, then daily at the beginning of the window. */
function nextAt(database: Resource, { firstAt, lastAt }: Backups): number {
  if (lastAt === undefined) return firstAt;
  const [hours = 0, minutes = 0] = backupWindow(database).split(/[:-]/).map(Number);
  const today = lastAt - (lastAt % DAY_MS) + (hours * 60 + minutes) * 60_000;
  return today > lastAt ? today : today + DAY_MS;
}

function automatedOf(world: World, realm: Realm, kind: DatabaseKind, database: Resource): Resource[] {
  return [...resourcesOf(world, realm, kind.snapshotType)].filter(
    ({ attributes, properties }) =>
      attributes['SnapshotType'] === 'automated' && properties[kind.idProperty] === database.id,
  );
}
