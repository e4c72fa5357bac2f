import type * as RDS from '@aws-sdk/client-rds';
import { beginActivity, drawMs, statusOf } from '../../catalog/rds/activity.ts';
import { membersOf } from '../../catalog/rds/cluster.ts';
import { CLUSTER, INSTANCE } from '../../catalog/rds/kind.ts';
import { DATABASE_SECONDS } from '../../catalog/seconds.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { clusterView } from './cluster-view.ts';
import { databaseNamed, requireStatus } from './find.ts';
import { instanceView } from './instance-view.ts';
import { createInstanceSnapshot } from './snapshots.ts';

export function rebootInstance(
  world: World,
  input: RDS.RebootDBInstanceMessage,
  call: Call,
): RDS.RebootDBInstanceResult {
  const database = databaseNamed(world, call.realm, INSTANCE, input.DBInstanceIdentifier);
  const text = 'Database instance is not in available state.';
  requireStatus(world, call.realm, INSTANCE, { database, status: 'available', text });
  beginActivity(world, call.realm, database, { phases: [['rebooting', drawMs(world, DATABASE_SECONDS.reboot)]] });
  return { DBInstance: instanceView(world, call.realm, database) };
}

export function stopInstance(world: World, input: RDS.StopDBInstanceMessage, call: Call): RDS.StopDBInstanceResult {
  const { realm } = call;
  const database = databaseNamed(world, realm, INSTANCE, input.DBInstanceIdentifier);
  refuseMember(database, 'stopped');
  const text = `Instance ${database.id} is not in available state.`;
  requireStatus(world, realm, INSTANCE, { database, status: 'available', text });
  const { DBInstanceIdentifier, DBSnapshotIdentifier } = input;
  if (DBSnapshotIdentifier !== undefined) {
    createInstanceSnapshot(world, { DBInstanceIdentifier, DBSnapshotIdentifier }, call);
  }
  stop(world, realm, database);
  return { DBInstance: instanceView(world, realm, database) };
}

export function startInstance(world: World, input: RDS.StartDBInstanceMessage, call: Call): RDS.StartDBInstanceResult {
  const database = databaseNamed(world, call.realm, INSTANCE, input.DBInstanceIdentifier);
  refuseMember(database, 'started');
  const text = `Instance ${database.id} is not stopped so it cannot be started.`;
  requireStatus(world, call.realm, INSTANCE, { database, status: 'stopped', text });
  start(world, call.realm, database);
  return { DBInstance: instanceView(world, call.realm, database) };
}

/** A cluster stops and starts with all its instances. */
export function stopCluster(world: World, input: RDS.StopDBClusterMessage, call: Call): RDS.StopDBClusterResult {
  const { realm } = call;
  const database = databaseNamed(world, realm, CLUSTER, input.DBClusterIdentifier);
  const text = `DbCluster ${database.id} is in ${statusOf(world, realm, database)} state`;
  requireStatus(world, realm, CLUSTER, { database, status: 'available', text });
  for (const one of [database, ...membersOf(world, realm, database)]) stop(world, realm, one);
  return { DBCluster: clusterView(world, realm, database) };
}

export function startCluster(world: World, input: RDS.StartDBClusterMessage, call: Call): RDS.StartDBClusterResult {
  const { realm } = call;
  const database = databaseNamed(world, realm, CLUSTER, input.DBClusterIdentifier);
  const text = `DbCluster ${database.id} is in ${statusOf(world, realm, database)} state but expected it to be one of stopped,inaccessible-encryption-credentials-recoverable.`;
  requireStatus(world, realm, CLUSTER, { database, status: 'stopped', text });
  for (const one of [database, ...membersOf(world, realm, database)]) start(world, realm, one);
  return { DBCluster: clusterView(world, realm, database) };
}

function stop(world: World, realm: Realm, database: Resource): void {
  const ms = drawMs(world, DATABASE_SECONDS.stop);
  beginActivity(world, realm, database, { phases: [['stopping', ms]], rest: 'stopped' });
}

function start(world: World, realm: Realm, database: Resource): void {
  beginActivity(world, realm, database, { phases: [['starting', drawMs(world, DATABASE_SECONDS.start)]] });
}

function refuseMember({ id, properties }: Resource, verb: string): void {
  if (properties['DBClusterIdentifier'] === undefined) return;
  const text = `Aurora DB instance ${id} cannot be ${verb} by itself: its DB cluster has to be.`;
  throw new ServiceError('InvalidDBClusterStateFault', text);
}
