import type * as RDS from '@aws-sdk/client-rds';
import { beginActivity, drawMs } from '../../catalog/rds/activity.ts';
import { INSTANCE } from '../../catalog/rds/kind.ts';
import { durationOf } from '../../catalog/seconds.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Due, Realm, World } from '../../world.ts';
import { databaseNamed, requireStatus } from './find.ts';
import { instanceView } from './instance-view.ts';
import { pendingChanges } from './pending.ts';
import { propertiesFrom } from './properties-from.ts';

export const APPLY_CHANGES = 'rds.apply-changes';
export const BEGIN_WINDOW = 'rds.begin-window';

/** What waits for the maintenance window unless it is to be applied at once; all else takes effect without a wait. */
const DEFERRED: ReadonlySet<string> = new Set([
  'AllocatedStorage',
  'DBInstanceClass',
  'EngineVersion',
  'Iops',
  'MultiAZ',
  'Port',
  'StorageType',
]);
const WEEK_MS = 7 * 86_400_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function modifyInstance(
  world: World,
  input: RDS.ModifyDBInstanceMessage,
  call: Call,
): RDS.ModifyDBInstanceResult {
  const { realm } = call;
  const database = databaseNamed(world, realm, INSTANCE, input.DBInstanceIdentifier);
  const text = 'Database instance is not in available state.';
  requireStatus(world, realm, INSTANCE, { database, status: 'available', text });
  if (input.NewDBInstanceIdentifier !== undefined) {
    throw new ServiceError('NotImplemented', 'The local cloud does not simulate renaming a DB instance', 501);
  }
  const { DBInstanceIdentifier: _id, ...changes } = propertiesFrom(INSTANCE.type, portNamed(input));
  const isDeferred = (name: string): boolean => DEFERRED.has(name) && changes[name] !== database.properties[name];
  const now = Object.entries(changes).filter(([name]) => !isDeferred(name));
  const later = Object.fromEntries(Object.entries(changes).filter(([name]) => isDeferred(name)));
  const changed = setProperties(world, realm, database, Object.fromEntries(now));
  if (Object.keys(later).length > 0) put(world, realm, changed, later, input.ApplyImmediately === true);
  return { DBInstance: instanceView(world, realm, changed) };
}

/** The window has come: what has waited for it is under way. */
export function beginWindow(world: World, { realm, payload }: Due): void {
  const database = findRecord(world, realm, INSTANCE.type, String(payload['id']));
  if (database !== undefined && pendingChanges(world, realm).get(keyOf(database)) !== undefined)
    begin(world, realm, database);
}

export function applyChanges(world: World, { realm, payload }: Due): void {
  const database = findRecord(world, realm, INSTANCE.type, String(payload['id']));
  if (database === undefined) return;
  const changes = pendingChanges(world, realm).get(keyOf(database));
  pendingChanges(world, realm).delete(keyOf(database));
  if (changes !== undefined) setProperties(world, realm, database, changes);
}

function put(world: World, realm: Realm, database: Resource, changes: Record<string, unknown>, atOnce: boolean): void {
  const before = pendingChanges(world, realm).get(keyOf(database));
  pendingChanges(world, realm).put(keyOf(database), { ...before, ...changes });
  if (atOnce) return begin(world, realm, database);
  const afterMs = windowBegins(database, world.now) - world.now;
  world.later(afterMs, { kind: BEGIN_WINDOW, realm, payload: { id: database.id } });
}

function begin(world: World, realm: Realm, database: Resource): void {
  const ms = drawMs(world, durationOf(INSTANCE.type).update);
  beginActivity(world, realm, database, { phases: [['modifying', ms]] });
  world.later(ms, { kind: APPLY_CHANGES, realm, payload: { id: database.id } });
}

/** `sun:04:00-sun:04:30` → the next Sunday at four. */
function windowBegins({ properties }: Resource, now: number): number {
  const window = String(properties['PreferredMaintenanceWindow'] ?? 'sun:04:00-sun:04:30');
  const [day = 'sun', hours = '4', minutes = '0'] = window.toLowerCase().split(/[:-]/);
  const midnight = new Date(now).setUTCHours(0, 0, 0, 0);
  const days = (DAYS.indexOf(day) - new Date(now).getUTCDay() + 7) % 7;
  const at = midnight + days * 86_400_000 + (Number(hours) * 60 + Number(minutes)) * 60_000;
  return at > now ? at : at + WEEK_MS;
}

/** ModifyDBInstance alone calls the port otherwise. */
function portNamed({ DBPortNumber, ...input }: RDS.ModifyDBInstanceMessage): object {
  return DBPortNumber === undefined ? input : { ...input, Port: DBPortNumber };
}

function keyOf({ id, arn = id }: Resource): string {
  return arn;
}
