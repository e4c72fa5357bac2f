import type * as RDS from '@aws-sdk/client-rds';
import { keepBackups } from '../../catalog/rds/automated-backups.ts';
import { CLUSTER, INSTANCE } from '../../catalog/rds/kind.ts';
import { createRecord } from '../../catalog/record.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { clusterView } from './cluster-view.ts';
import { instanceView } from './instance-view.ts';
import { propertiesFrom } from './properties-from.ts';

/** A new instance that has what the snapshot's had, where nothing else is said. */
export function restoreInstance(
  world: World,
  input: RDS.RestoreDBInstanceFromDBSnapshotMessage,
  call: Call,
): RDS.RestoreDBInstanceFromDBSnapshotResult {
  keepBackups(world, call.realm);
  const properties = propertiesFrom(INSTANCE.type, input);
  const database = createRecord(world, call.realm, { type: INSTANCE.type, properties, tags: tagMap(input.Tags) });
  return { DBInstance: instanceView(world, call.realm, database) };
}

export function restoreCluster(
  world: World,
  input: RDS.RestoreDBClusterFromSnapshotMessage,
  call: Call,
): RDS.RestoreDBClusterFromSnapshotResult {
  keepBackups(world, call.realm);
  const properties = propertiesFrom(CLUSTER.type, input);
  const database = createRecord(world, call.realm, { type: CLUSTER.type, properties, tags: tagMap(input.Tags) });
  return { DBCluster: clusterView(world, call.realm, database) };
}
