import type * as RDS from '@aws-sdk/client-rds';
import { findKey } from '../../catalog/kms-key.ts';
import { idsIn } from '../../catalog/ec2/references.ts';
import { statusOf } from '../../catalog/rds/activity.ts';
import { backupWindow, retentionDays } from '../../catalog/rds/automated-backups.ts';
import { engineNamed, familyOf, wholeVersion } from '../../catalog/rds/engine.ts';
import { SUBNET_GROUP } from '../../catalog/rds/groups.ts';
import { parameterGroupOf } from '../../catalog/rds/instance.ts';
import { INSTANCE, isTrue } from '../../catalog/rds/kind.ts';
import { masterSecretOf } from '../../catalog/rds/master-secret.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { pendingOf } from './pending.ts';
import { subnetGroupView } from './subnet-groups.ts';

/** An instance as DescribeDBInstances shows it. */
export function instanceView(world: World, realm: Realm, database: Resource): RDS.DBInstance {
  const { properties, attributes, id } = database;
  const text = (name: string): string | undefined =>
    properties[name] === undefined ? undefined : String(properties[name]);
  const status = statusOf(world, realm, database);
  const group = findRecord(world, realm, SUBNET_GROUP, text('DBSubnetGroupName')?.toLowerCase() ?? '');
  return {
    DBInstanceIdentifier: id,
    DBInstanceArn: database.arn,
    DbiResourceId: String(attributes['DbiResourceId']),
    DBInstanceClass: text('DBInstanceClass'),
    DBInstanceStatus: status,
    ...(status === 'creating'
      ? {}
      : { Endpoint: endpointOf(database), InstanceCreateTime: new Date(database.createdAt) }),
    ...engineView(database),
    MasterUsername: text('MasterUsername'),
    DBName: text('DBName'),
    DBClusterIdentifier: text('DBClusterIdentifier'),
    AvailabilityZone: text('AvailabilityZone') ?? `${realm.region}a`,
    MultiAZ: isTrue(properties['MultiAZ']),
    PubliclyAccessible: isTrue(properties['PubliclyAccessible']),
    AutoMinorVersionUpgrade: text('AutoMinorVersionUpgrade') !== 'false',
    DeletionProtection: isTrue(properties['DeletionProtection']),
    CopyTagsToSnapshot: isTrue(properties['CopyTagsToSnapshot']),
    IAMDatabaseAuthenticationEnabled: isTrue(properties['EnableIAMDatabaseAuthentication']),
    PerformanceInsightsEnabled: isTrue(properties['EnablePerformanceInsights']),
    MonitoringInterval: Number(properties['MonitoringInterval'] ?? 0),
    BackupRetentionPeriod: retentionDays(INSTANCE, database),
    PreferredBackupWindow: backupWindow(database),
    PreferredMaintenanceWindow: text('PreferredMaintenanceWindow') ?? 'sun:04:00-sun:04:30',
    CACertificateIdentifier: text('CACertificateIdentifier') ?? 'rds-ca-rsa2048-g1',
    PendingModifiedValues: pendingOf(world, realm, database),
    VpcSecurityGroups: securityGroupsOf(properties['VPCSecurityGroups']),
    DBSecurityGroups: [],
    ReadReplicaDBInstanceIdentifiers: [],
    DBParameterGroups: [{ DBParameterGroupName: parameterGroupOf(database), ParameterApplyStatus: 'in-sync' }],
    ...(group === undefined ? {} : { DBSubnetGroup: subnetGroupView(world, realm, group) }),
    ...storageView(world, realm, database),
    ...secretView(database),
    TagList: tagList(database.tags),
  };
}

export function endpointOf({ attributes }: Resource): RDS.Endpoint {
  return {
    Address: String(attributes['Endpoint.Address']),
    Port: Number(attributes['Endpoint.Port']),
    HostedZoneId: String(attributes['Endpoint.HostedZoneId'] ?? 'Z29XKXDKYMONMX'),
  };
}

export function securityGroupsOf(value: unknown): RDS.VpcSecurityGroupMembership[] {
  return idsIn(value).map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' }));
}

export function secretView(database: Resource): { MasterUserSecret?: RDS.MasterUserSecret } {
  const SecretArn = masterSecretOf(database);
  if (SecretArn === undefined) return {};
  const { KmsKeyId } = (database.properties['MasterUserSecret'] ?? {}) as { KmsKeyId?: string };
  const key = KmsKeyId === undefined ? {} : { KmsKeyId };
  return { MasterUserSecret: { SecretArn, SecretStatus: 'active', ...key } };
}

/** Whether storage is encrypted, and with which key. */
export function encryptionView(
  world: World,
  realm: Realm,
  { properties }: Resource,
): { StorageEncrypted: boolean; KmsKeyId?: string } {
  const { StorageEncrypted, KmsKeyId } = properties;
  if (!isTrue(StorageEncrypted)) return { StorageEncrypted: false };
  const asked = String(KmsKeyId ?? '');
  return { StorageEncrypted: true, KmsKeyId: findKey(world, realm, asked)?.arn ?? asked };
}

function engineView({ properties }: Resource): Partial<RDS.DBInstance> {
  const engine = String(properties['Engine'] ?? 'postgres');
  const { EngineVersion, LicenseModel, OptionGroupName } = properties;
  const version = wholeVersion(engine, EngineVersion === undefined ? undefined : String(EngineVersion));
  const family = familyOf(engine, version).slice(engine.length).replaceAll('.', '-');
  return {
    Engine: engine,
    EngineVersion: version,
    LicenseModel: String(LicenseModel ?? engineNamed(engine)?.licence ?? 'license-included'),
    OptionGroupMemberships: [
      { OptionGroupName: String(OptionGroupName ?? `default:${engine}-${family}`), Status: 'in-sync' },
    ],
  };
}

function storageView(world: World, realm: Realm, database: Resource): Partial<RDS.DBInstance> {
  const { AllocatedStorage, MaxAllocatedStorage, StorageType, Iops } = database.properties;
  const number = (name: string, value: unknown) => (value === undefined ? {} : { [name]: Number(value) });
  return {
    AllocatedStorage: Number(AllocatedStorage ?? 20),
    StorageType: String(StorageType ?? 'gp2'),
    ...number('MaxAllocatedStorage', MaxAllocatedStorage),
    ...number('Iops', Iops),
    ...encryptionView(world, realm, database),
  };
}
