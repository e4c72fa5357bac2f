import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Readiness, Refusal } from '../behaviour.ts';
import { changedProperties } from '../changed-properties.ts';
import { randomSuffix } from '../names.ts';
import { DATABASE_SECONDS, durationOf } from '../seconds.ts';
import { beginActivity, drawMs, forgetActivity, statusOf } from './activity.ts';
import { beginBackups, dropBackups, retentionDays } from './automated-backups.ts';
import { INSTANCE, isTrue } from './kind.ts';
import type { DatabaseKind } from './kind.ts';
import { keepMasterSecret, dropMasterSecret } from './master-secret.ts';
import { invalidCombination } from './refusals.ts';
import { copiedTags, snapshotStates, takeSnapshot } from './snapshot.ts';

/** How much of the time in which a database is made goes into its first backup. EST. */
const BACKUP_SHARE = 0.15;

interface Ending {
  readonly endsAt: number;
  /** The final snapshot, which has to be whole before the database goes. */
  readonly finalSnapshot?: string;
}

/** Databases that are being deleted. By ARN. */
const endings = (world: World, realm: Realm) => world.table<Ending>('rds.ending', realm);

/** creating, backing up unless there are no backups, available. */
export function beginLife(world: World, realm: Realm, kind: DatabaseKind, database: Resource, takesMs?: number): void {
  const isRestored = restoredFrom(kind, database.properties) !== undefined;
  const seconds = isRestored ? DATABASE_SECONDS.restore : durationOf(kind.type).create;
  const ms = takesMs ?? drawMs(world, seconds);
  const backupMs = retentionDays(kind, database) > 0 ? ms * BACKUP_SHARE : 0;
  const creating = ['creating', ms - backupMs] as const;
  const phases = backupMs > 0 ? [creating, ['backing-up', backupMs] as const] : [creating];
  beginActivity(world, realm, database, { phases });
  if (backupMs > 0) beginBackups(world, realm, database, world.now + Math.round(ms - backupMs));
  keepMasterSecret(world, realm, database);
}

/** The snapshot that a database comes from. */
export function restoredFrom(kind: DatabaseKind, properties: Readonly<Record<string, unknown>>): string | undefined {
  const asked = properties[kind === INSTANCE ? 'DBSnapshotIdentifier' : 'SnapshotIdentifier'];
  return typeof asked === 'string' && asked !== '' ? asked : undefined;
}

/** A change of anything but tags takes its time. */
export function beginChange(
  world: World,
  realm: Realm,
  { before, after, takesMs = 0 }: { before: Resource; after: Resource; takesMs?: number | undefined },
): void {
  const changed = changedProperties(before.properties, after.properties).filter((name) => name !== 'Tags');
  if (changed.length > 0 && takesMs > 0) beginActivity(world, realm, after, { phases: [['modifying', takesMs]] });
}

export function readinessOf(world: World, realm: Realm, database: Resource): Readiness {
  const status = statusOf(world, realm, database);
  return ['available', 'stopped', 'storage-optimization'].includes(status) || status.startsWith('inaccessible')
    ? 'ready'
    : 'waiting';
}

/** What CloudFormation's policy Snapshot leaves: made as the delete begins. */
export function leaveSnapshot(world: World, realm: Realm, kind: DatabaseKind, database: Resource): void {
  const stack = (database.stackId?.split('/')[1] ?? database.id).toLowerCase();
  const logicalId = (database.logicalId ?? database.id).toLowerCase();
  takeFinalSnapshot(world, realm, kind, {
    database,
    id: `${stack}-snapshot-${logicalId}-${randomSuffix(world).toLowerCase()}`,
  });
}

export function takeFinalSnapshot(
  world: World,
  realm: Realm,
  kind: DatabaseKind,
  { database, id }: { readonly database: Resource; readonly id: string },
): Resource {
  const wanted = { kind, source: database, id, snapshotType: 'manual', tags: copiedTags(database) } as const;
  const snapshot = takeSnapshot(world, realm, wanted);
  endings(world, realm).put(database.arn ?? database.id, { endsAt: world.now, finalSnapshot: snapshot.id });
  return snapshot;
}

/** Out: when it will be gone. */
export function beginEnd(world: World, realm: Realm, kind: DatabaseKind, database: Resource, takesMs?: number): number {
  const key = database.arn ?? database.id;
  const { finalSnapshot } = endings(world, realm).get(key) ?? {};
  const { availableAt = world.now } = snapshotStates(world, realm).get(finalSnapshot ?? '') ?? {};
  const ms = takesMs ?? drawMs(world, durationOf(kind.type).delete);
  const endsAt = Math.max(world.now, availableAt) + ms;
  endings(world, realm).put(key, { endsAt, ...(finalSnapshot === undefined ? {} : { finalSnapshot }) });
  beginActivity(world, realm, database, { phases: [['deleting', endsAt - world.now]], rest: 'deleting' });
  return endsAt;
}

export function clearanceOf(world: World, realm: Realm, database: Resource): Readiness {
  return endOf(world, realm, database) <= world.now ? 'ready' : 'waiting';
}

/** When a database that is being deleted will be gone. */
export function endOf(world: World, realm: Realm, { id, arn = id }: Resource): number {
  return endings(world, realm).get(arn)?.endsAt ?? world.now;
}

export function endLife(world: World, realm: Realm, kind: DatabaseKind, database: Resource): void {
  endings(world, realm).delete(database.arn ?? database.id);
  forgetActivity(world, realm, database);
  dropMasterSecret(world, realm, database);
  if (String(database.properties['DeleteAutomatedBackups']) !== 'false') dropBackups(world, realm, kind, database);
}

export function protectedBy(noun: string, { properties }: Resource): Refusal | undefined {
  if (!isTrue(properties['DeletionProtection'])) return undefined;
  return invalidCombination(`Cannot delete protected ${noun}, please disable deletion protection and try again.`);
}
