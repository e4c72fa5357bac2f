import type * as RDS from '@aws-sdk/client-rds';
import { statusOf } from '../../catalog/rds/activity.ts';
import { backupWindow, retentionDays } from '../../catalog/rds/automated-backups.ts';
import { clusterParameterGroupOf, membersOf } from '../../catalog/rds/cluster.ts';
import { wholeVersion } from '../../catalog/rds/engine.ts';
import { CLUSTER, isTrue } from '../../catalog/rds/kind.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { zonesOf } from '../../catalog/zones.ts';
import { tagList } from '../tag-list.ts';
import { encryptionView, secretView, securityGroupsOf } from './instance-view.ts';

/** A cluster as DescribeDBClusters shows it. */
export function clusterView(world: World, realm: Realm, database: Resource): RDS.DBCluster {
  const { properties, attributes, id } = database;
  const text = (name: string): string | undefined =>
    properties[name] === undefined ? undefined : String(properties[name]);
  const engine = text('Engine') ?? 'aurora-postgresql';
  const group = text('DBSubnetGroupName');
  return {
    DBClusterIdentifier: id,
    DBClusterArn: database.arn,
    DbClusterResourceId: String(attributes['DBClusterResourceId']),
    Status: statusOf(world, realm, database),
    Engine: engine,
    EngineVersion: wholeVersion(engine, text('EngineVersion')),
    EngineMode: text('EngineMode') ?? 'provisioned',
    Endpoint: String(attributes['Endpoint.Address']),
    ReaderEndpoint: String(attributes['ReadEndpoint.Address']),
    Port: Number(attributes['Endpoint.Port']),
    DatabaseName: text('DatabaseName'),
    MasterUsername: text('MasterUsername'),
    AllocatedStorage: 1,
    AvailabilityZones: [...zonesOf(realm.region)].slice(0, 3),
    BackupRetentionPeriod: retentionDays(CLUSTER, database),
    PreferredBackupWindow: backupWindow(database),
    PreferredMaintenanceWindow: text('PreferredMaintenanceWindow') ?? 'sun:04:00-sun:04:30',
    ClusterCreateTime: new Date(database.createdAt),
    DBClusterParameterGroup: clusterParameterGroupOf(database),
    ...(group === undefined ? {} : { DBSubnetGroup: group.toLowerCase() }),
    VpcSecurityGroups: securityGroupsOf(properties['VpcSecurityGroupIds']),
    DBClusterMembers: membersOf(world, realm, database).map((member, index) => ({
      DBInstanceIdentifier: member.id,
      IsClusterWriter: index === 0,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: Number(member.properties['PromotionTier'] ?? 1),
    })),
    MultiAZ: membersOf(world, realm, database).length > 1,
    DeletionProtection: isTrue(properties['DeletionProtection']),
    CopyTagsToSnapshot: isTrue(properties['CopyTagsToSnapshot']),
    IAMDatabaseAuthenticationEnabled: isTrue(properties['EnableIAMDatabaseAuthentication']),
    ...encryptionView(world, realm, database),
    ...secretView(database),
    TagList: tagList(database.tags),
  };
}
