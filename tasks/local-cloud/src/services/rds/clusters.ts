import type * as RDS from '@aws-sdk/client-rds';
import { beginActivity, drawMs } from '../../catalog/rds/activity.ts';
import { CLUSTER } from '../../catalog/rds/kind.ts';
import { createRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { durationOf } from '../../catalog/seconds.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { clusterView } from './cluster-view.ts';
import { beginDelete } from './deletes.ts';
import { databaseNamed, requireStatus } from './find.ts';
import { requirePassword, requireText } from './instances.ts';
import { propertiesFrom } from './properties-from.ts';
import { rdsPage } from './rds-page.ts';
import { select } from './select.ts';

export function createCluster(world: World, input: RDS.CreateDBClusterMessage, call: Call): RDS.CreateDBClusterResult {
  requireText('MasterUsername', input.MasterUsername);
  requirePassword(input);
  const properties = propertiesFrom(CLUSTER.type, input);
  const database = createRecord(world, call.realm, { type: CLUSTER.type, properties, tags: tagMap(input.Tags) });
  return { DBCluster: clusterView(world, call.realm, database) };
}

export function describeClusters(world: World, input: RDS.DescribeDBClustersMessage, call: Call): RDS.DBClusterMessage {
  const { DBClusterIdentifier: asked } = input;
  const all =
    asked === undefined || asked === ''
      ? [...resourcesOf(world, call.realm, CLUSTER.type)]
      : [databaseNamed(world, call.realm, CLUSTER, asked)];
  const views = all.map((database) => clusterView(world, call.realm, database));
  const chosen = select(views, input.Filters, {
    'db-cluster-id': ({ DBClusterIdentifier, DBClusterArn }) => [DBClusterIdentifier, DBClusterArn],
    engine: ({ Engine }) => [Engine],
  });
  const { items, ...rest } = rdsPage(chosen, input);
  return { DBClusters: [...items], ...rest };
}

/** Nothing of a cluster waits for a window here: what is changed is changed while it is modifying. */
export function modifyCluster(world: World, input: RDS.ModifyDBClusterMessage, call: Call): RDS.ModifyDBClusterResult {
  const { realm } = call;
  const database = databaseNamed(world, realm, CLUSTER, input.DBClusterIdentifier);
  const text = `DB cluster is not available for modification with status ${clusterView(world, realm, database).Status}`;
  requireStatus(world, realm, CLUSTER, { database, status: 'available', text });
  const { DBClusterIdentifier: _id, ...changes } = propertiesFrom(CLUSTER.type, input);
  const changed = setProperties(world, realm, database, changes);
  const ms = drawMs(world, durationOf(CLUSTER.type).update);
  if (input.EngineVersion !== undefined) beginActivity(world, realm, changed, { phases: [['upgrading', ms]] });
  else beginActivity(world, realm, changed, { phases: [['modifying', ms]] });
  return { DBCluster: clusterView(world, realm, changed) };
}

export function deleteCluster(world: World, input: RDS.DeleteDBClusterMessage, call: Call): RDS.DeleteDBClusterResult {
  const changed = beginDelete(world, call.realm, CLUSTER, {
    database: databaseNamed(world, call.realm, CLUSTER, input.DBClusterIdentifier),
    skip: input.SkipFinalSnapshot === true,
    finalId: input.FinalDBSnapshotIdentifier,
    deleteBackups: input.DeleteAutomatedBackups,
  });
  return { DBCluster: clusterView(world, call.realm, changed) };
}
