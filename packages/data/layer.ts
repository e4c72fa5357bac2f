import { defineLayer, output, type LayerContext, type StackDefinition } from '@roundtrip/environment';
import { checkDatabase } from './src/check-database.ts';
import { databaseConfig, type DatabaseConfig } from './src/database-config.ts';

const BYTES_PER_MB = 1024 ** 2;
const BYTES_PER_GB = 1024 ** 3;

export default defineLayer({
  name: 'data',
  config: databaseConfig,
  limits: { storageGb: 500, maxStorageGb: 1000 },
  check: checkDatabase,
  stacks: (context) => [databaseStack(context)],
});

function databaseStack({ config, environment }: LayerContext<DatabaseConfig>): StackDefinition {
  // A DeletionPolicy takes no parameter, so there are two templates with the same logical ids: going from one to the
  // other changes policies in place and replaces nothing.
  const kept = config.finalSnapshot ?? environment.protect;
  return {
    template: kept ? 'templates/database-kept.yaml' : 'templates/database.yaml',
    capabilities: ['CAPABILITY_IAM'],
    parameters: {
      VpcId: output('network', 'VpcId'),
      SubnetIds: output('network', 'PrivateSubnetIds'),
      ClientPrefixListId: output('network', 'PrivateSubnetsPrefixListId'),
      ClientSecurityGroupId: config.clientSecurityGroupId ?? '',
      DatabaseName: config.databaseName,
      MasterUser: config.masterUser,
      EngineVersion: config.engineVersion,
      ParameterGroupFamily: `postgres${config.engineVersion.split('.')[0]}`,
      AllowMajorVersionUpgrade: String(config.allowMajorVersionUpgrade),
      InstanceClass: config.instanceClass,
      StorageGb: String(config.storageGb),
      MaxStorageGb: String(config.maxStorageGb),
      MultiAz: String(config.multiAz),
      BackupRetentionDays: String(config.backupRetentionDays),
      BackupWindow: config.backupWindow,
      MaintenanceWindow: config.maintenanceWindow,
      DeletionProtection: String(config.deletionProtection ?? environment.protect),
      DeleteAutomatedBackups: String(!kept),
      KeyPendingWindowDays: String(config.keyPendingWindowDays),
      PerformanceInsightsRetentionDays: String(config.performanceInsightsRetentionDays),
      MonitoringIntervalSeconds: String(config.monitoringIntervalSeconds),
      SlowQueryMs: String(config.slowQueryMs),
      LogRetentionDays: String(config.logRetentionDays),
      ...alarmParameters(config),
    },
  };
}

function alarmParameters(config: DatabaseConfig): StackDefinition['parameters'] {
  return {
    AlarmEmail: config.alarmEmail ?? '',
    CpuPercent: String(config.alarmCpuPercent),
    FreeStorageBytes: String(Math.round((config.storageGb * BYTES_PER_GB * config.alarmFreeStoragePercent) / 100)),
    FreeMemoryBytes: String(config.alarmFreeMemoryMb * BYTES_PER_MB),
    Connections: String(config.alarmConnections),
  };
}
