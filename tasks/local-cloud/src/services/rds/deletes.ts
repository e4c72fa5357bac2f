import { beginRemoving, removeResource } from '../../catalog/remove-resource.ts';
import { statusOf } from '../../catalog/rds/activity.ts';
import { endOf, takeFinalSnapshot } from '../../catalog/rds/life.ts';
import { INSTANCE } from '../../catalog/rds/kind.ts';
import type { DatabaseKind } from '../../catalog/rds/kind.ts';
import { notAvailable, refuseSnapshot } from '../../catalog/rds/snapshot.ts';
import { serviceError } from '../../catalog/record.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Due, Realm, World } from '../../world.ts';

export const FINISH_DELETE = 'rds.finish-delete';

export interface Deletion {
  readonly database: Resource;
  readonly skip: boolean;
  readonly finalId: string | undefined;
  readonly deleteBackups: boolean | undefined;
}

/** Begins to delete an instance or a cluster, with a final snapshot unless that is skipped. Out: its new record. */
export function beginDelete(world: World, realm: Realm, kind: DatabaseKind, deletion: Deletion): Resource {
  const { database, finalId, deleteBackups } = deletion;
  const { type, id, createdAt } = database;
  if (statusOf(world, realm, database) === 'deleting') {
    const text =
      kind === INSTANCE ? `Instance ${id} is already being deleted.` : `Cluster ${id} is already being deleted.`;
    throw new ServiceError(kind.faults.state, text);
  }
  checkFinal(deletion, kind);
  const changed =
    deleteBackups === false ? setProperties(world, realm, database, { DeleteAutomatedBackups: false }) : database;
  if (finalId !== undefined) leaveFinal(world, realm, kind, { database: changed, finalId });
  const refused = beginRemoving({ world, realm, type, id });
  if (refused !== undefined) throw serviceError(refused);
  const afterMs = endOf(world, realm, changed) - world.now;
  world.later(afterMs, { kind: FINISH_DELETE, realm, payload: { type, id, createdAt } });
  return changed;
}

/** What has been deleted and made again in the meantime is another one. */
export function finishDelete(world: World, { realm, payload }: Due): void {
  const [type, id] = [String(payload['type']), String(payload['id'])];
  if (findRecord(world, realm, type, id)?.createdAt === payload['createdAt'])
    removeResource({ world, realm, type, id });
}

function checkFinal({ skip, finalId }: Deletion, kind: DatabaseKind): void {
  const name = 'FinalDBSnapshotIdentifier';
  const isNeeded = !skip && finalId === undefined;
  if (isNeeded) {
    const text = `${name} is required unless SkipFinalSnapshot is specified.`;
    throw new ServiceError('InvalidParameterCombination', text);
  }
  if (!skip || finalId === undefined) return;
  const what = kind === INSTANCE ? 'DB instance' : 'DB cluster';
  throw new ServiceError(
    'InvalidParameterCombination',
    `${name} can not be specified when SkipFinalSnapshot is enabled for the ${what}.`,
  );
}

function leaveFinal(
  world: World,
  realm: Realm,
  kind: DatabaseKind,
  { database, finalId }: { database: Resource; finalId: string },
): void {
  const id = finalId.toLowerCase();
  const refused = refuseSnapshot(world, realm, kind, id) ?? notAvailable(world, realm, kind, database);
  if (refused !== undefined) throw serviceError(refused);
  takeFinalSnapshot(world, realm, kind, { database, id });
}
