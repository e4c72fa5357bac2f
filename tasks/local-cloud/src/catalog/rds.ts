import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';
import { randomSuffix } from './names.ts';
import { putSecret, removeSecret } from './secretsmanager.ts';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

export const rds: Behaviours = {
  [INSTANCE]: {
    make: instance,
    taken: () => 'DB instance already exists',
    refuseDelete: (_world, _realm, resource) => protectedBy(resource, 'Instance'),
    made: keepMasterSecret,
    gone: dropMasterSecret,
    snapshot: (world, realm, resource) => leaveSnapshot(world, realm, resource, 'AWS::RDS::DBSnapshot'),
  },
  [CLUSTER]: {
    make: cluster,
    taken: () => 'DB Cluster already exists',
    refuseDelete: (_world, _realm, resource) => protectedBy(resource, 'Cluster'),
    made: keepMasterSecret,
    gone: dropMasterSecret,
    snapshot: (world, realm, resource) => leaveSnapshot(world, realm, resource, 'AWS::RDS::DBClusterSnapshot'),
  },
};

const PORTS: Readonly<Record<string, number>> = {
  mysql: 3306,
  mariadb: 3306,
  oracle: 1521,
  sqlserver: 1433,
  postgres: 5432,
};

function portOf(making: Making): string {
  const engine = making.text('Engine') ?? 'postgres';
  const known = Object.keys(PORTS).find((name) => engine.includes(name));
  return making.text('Port') ?? String(PORTS[known ?? (engine === 'aurora-mysql' ? 'mysql' : 'postgres')] ?? 5432);
}

function instance(making: Making): Made {
  const id = making.name('DBInstanceIdentifier').toLowerCase();
  const { world, realm } = making;
  return {
    id,
    arn: making.arn('rds', `db:${id}`),
    attributes: {
      'Endpoint.Address': `${id}.${world.hex(12)}.${realm.region}.rds.amazonaws.com`,
      'Endpoint.Port': portOf(making),
      'Endpoint.HostedZoneId': 'Z29XKXDKYMONMX',
      DBInstanceArn: making.arn('rds', `db:${id}`),
      DbiResourceId: `db-${randomSuffix(world, 26)}`,
      DBInstanceStatus: 'available',
      InstanceCreateTime: new Date(world.now).toISOString(),
      ...masterSecret(making),
    },
  };
}

function cluster(making: Making): Made {
  const id = making.name('DBClusterIdentifier').toLowerCase();
  const { world, realm } = making;
  const host = `${world.hex(12)}.${realm.region}.rds.amazonaws.com`;
  return {
    id,
    arn: making.arn('rds', `cluster:${id}`),
    attributes: {
      'Endpoint.Address': `${id}.cluster-${host}`,
      'Endpoint.Port': portOf(making),
      'ReadEndpoint.Address': `${id}.cluster-ro-${host}`,
      DBClusterArn: making.arn('rds', `cluster:${id}`),
      DBClusterResourceId: `cluster-${randomSuffix(world, 26)}`,
      ...masterSecret(making),
    },
  };
}

/** RDS keeps the master password in a secret of its own where the template asks it to. */
function masterSecret(making: Making): Record<string, unknown> {
  if (String(making.properties['ManageMasterUserPassword']) !== 'true') return {};
  const name = `rds!db-${making.world.uuid()}`;
  return {
    'MasterUserSecret.SecretArn': making.arn('secretsmanager', `secret:${name}-${randomSuffix(making.world, 6)}`),
  };
}

function keepMasterSecret(world: World, realm: Realm, resource: Resource): void {
  const arn = resource.attributes['MasterUserSecret.SecretArn'];
  if (typeof arn !== 'string' || !arn.includes(':secret:')) return;
  const user = String(resource.properties['MasterUsername'] ?? 'postgres');
  const value = JSON.stringify({ username: user, password: randomSuffix(world, 28) });
  putSecret(world, realm, { arn, value, tags: { 'aws:rds:primaryDBInstanceArn': resource.arn ?? resource.id } });
}

function dropMasterSecret(world: World, realm: Realm, resource: Resource): void {
  const arn = resource.attributes['MasterUserSecret.SecretArn'];
  if (typeof arn === 'string' && arn !== '') removeSecret(world, realm, arn);
}

function protectedBy(resource: Resource, what: string): Refusal | undefined {
  if (String(resource.properties['DeletionProtection']) !== 'true') return undefined;
  return {
    text: `Cannot delete protected DB ${what}, please disable deletion protection and try again.`,
    handlerErrorCode: 'InvalidRequest',
  };
}

function leaveSnapshot(world: World, realm: Realm, resource: Resource, type: string): void {
  const stack = (resource.stackId?.split('/')[1] ?? resource.id).toLowerCase();
  const id = `${stack}-snapshot-${(resource.logicalId ?? resource.id).toLowerCase()}-${randomSuffix(world).toLowerCase()}`;
  const isInstance = type === 'AWS::RDS::DBSnapshot';
  const arn = `arn:aws:rds:${realm.region}:${realm.account}:${isInstance ? 'snapshot' : 'cluster-snapshot'}:${id}`;
  const source = isInstance ? 'DBInstanceIdentifier' : 'DBClusterIdentifier';
  const { Engine, EngineVersion, AllocatedStorage, KmsKeyId, StorageEncrypted, MasterUsername } = resource.properties;
  resources(world, realm).put(resourceKey(type, id), {
    type,
    id,
    arn,
    ref: id,
    attributes: { Status: 'available', SnapshotType: 'manual', SnapshotCreateTime: new Date(world.now).toISOString() },
    properties: {
      [source]: resource.id,
      Engine,
      EngineVersion,
      AllocatedStorage,
      KmsKeyId,
      StorageEncrypted,
      MasterUsername,
    },
    // RDS copies the instance's tags, but aws: tags belong to the stack that is going away.
    tags: Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !key.startsWith('aws:'))),
    createdAt: world.now,
  });
}
