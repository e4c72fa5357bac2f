import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { idsIn } from '../ec2/references.ts';
import { firstOf } from '../ec2/refusals.ts';
import { keyArn } from '../kms-key.ts';
import { managedKey } from '../managed-keys.ts';
import { randomSuffix } from '../names.ts';
import { closeInterfaces, openInterfaces } from '../network-interfaces.ts';
import { DATABASE_SECONDS } from '../seconds.ts';
import { findRecord } from '../stored-record.ts';
import { familyOf, portOf } from './engine.ts';
import { OPTION_GROUP, PARAMETER_GROUP, SUBNET_GROUP } from './groups.ts';
import { CLUSTER, INSTANCE, isTrue, rdsArn } from './kind.ts';
import * as life from './life.ts';
import { masterSecret } from './master-secret.ts';
import * as refusals from './refusals.ts';
import { refuseRestore, restoredProperties } from './source-snapshot.ts';

export const instance: Behaviour = {
  make,
  refuseCreate,
  taken: () => ({ text: 'DB instance already exists', code: 'DBInstanceAlreadyExistsFault' }),
  seconds: (properties) =>
    life.restoredFrom(INSTANCE, properties) === undefined ? undefined : { create: DATABASE_SECONDS.restore },
  made(world, realm, database, takesMs) {
    life.beginLife(world, realm, INSTANCE, database, takesMs);
    openInterfaces(world, realm, {
      owner: database.arn ?? database.id,
      description: 'RDSNetworkInterface',
      requesterId: 'amazon-rds',
      ...placeOf(world, realm, database),
    });
  },
  readiness: life.readinessOf,
  changed: (world, realm, before, after, takesMs) => life.beginChange(world, realm, { before, after, takesMs }),
  refuseDelete: (_world, _realm, database) => life.protectedBy('DB Instance', database),
  snapshot: (world, realm, database) => life.leaveSnapshot(world, realm, INSTANCE, database),
  deleting: (world, realm, database, takesMs) => void life.beginEnd(world, realm, INSTANCE, database, takesMs),
  clearance: life.clearanceOf,
  gone(world, realm, database) {
    life.endLife(world, realm, INSTANCE, database);
    closeInterfaces(world, realm, database.arn ?? database.id);
  },
};

function make(making: Making): Made {
  const { world, realm } = making;
  const id = making.name('DBInstanceIdentifier').toLowerCase();
  const properties = ownProperties(making);
  const engine = String(making.text('Engine') ?? properties['Engine'] ?? 'postgres');
  const arn = rdsArn(realm, 'db', id);
  return {
    id,
    arn,
    properties,
    attributes: {
      'Endpoint.Address': `${id}.${world.hex(12)}.${realm.region}.rds.amazonaws.com`,
      'Endpoint.Port': making.text('Port') ?? String(properties['Port'] ?? portOf(engine)),
      'Endpoint.HostedZoneId': 'Z29XKXDKYMONMX',
      DBInstanceArn: arn,
      DbiResourceId: `db-${randomSuffix(world, 26)}`,
      DBInstanceStatus: 'available',
      InstanceCreateTime: new Date(world.now).toISOString(),
      ...masterSecret(making),
    },
  };
}

/** What comes from a snapshot, from the cluster and from AWS where the caller has left it open. */
function ownProperties(making: Making): Record<string, unknown> {
  const { world, realm, properties } = making;
  const snapshot = life.restoredFrom(INSTANCE, properties);
  const cluster = findRecord(world, realm, CLUSTER.type, making.text('DBClusterIdentifier')?.toLowerCase() ?? '');
  const { Engine, EngineVersion, StorageEncrypted, KmsKeyId, MasterUsername } = cluster?.properties ?? {};
  const inherited: Record<string, unknown> = {
    ...{ Engine, EngineVersion, StorageEncrypted, KmsKeyId, MasterUsername },
    ...(snapshot === undefined ? {} : restoredProperties(world, realm, INSTANCE, snapshot)),
  };
  const isEncrypted = isTrue(inherited['StorageEncrypted'] ?? properties['StorageEncrypted']);
  const hasKey = properties['KmsKeyId'] !== undefined || inherited['KmsKeyId'] !== undefined;
  if (isEncrypted && !hasKey) {
    const id = managedKey(world, realm, 'alias/aws/rds') ?? '';
    inherited['KmsKeyId'] = keyArn(realm, id);
  }
  const open = Object.entries(inherited).filter(
    ([name, value]) => value !== undefined && properties[name] === undefined,
  );
  return Object.fromEntries(open);
}

function refuseCreate(making: Making): Refusal | undefined {
  const { world, realm } = making;
  const snapshot = life.restoredFrom(INSTANCE, making.properties);
  return firstOf(
    () => refusals.badIdentifier(making, 'DBInstanceIdentifier'),
    () => missingCluster(making),
    () => refusals.missingGroup(making, 'DBSubnetGroupName', SUBNET_GROUPS),
    () => refusals.missingGroup(making, 'DBParameterGroupName', PARAMETER_GROUPS),
    () => refusals.missingGroup(making, 'OptionGroupName', OPTION_GROUPS),
    () => refusals.missingSecurityGroup(making, 'VPCSecurityGroups'),
    () => refusals.unknownVersion(making),
    () => (snapshot === undefined ? undefined : refuseRestore(world, realm, INSTANCE, snapshot)),
    () => refusals.inaccessibleStorageKey(making),
  );
}

export const SUBNET_GROUPS = {
  type: SUBNET_GROUP,
  code: 'DBSubnetGroupNotFoundFault',
  text: (name: string) => `DB subnet group '${name}' does not exist.`,
};
const PARAMETER_GROUPS = {
  type: PARAMETER_GROUP,
  code: 'DBParameterGroupNotFoundFault',
  text: (name: string) => `DBParameterGroup not found: ${name}`,
};
const OPTION_GROUPS = {
  type: OPTION_GROUP,
  code: 'OptionGroupNotFoundFault',
  text: (name: string) => `Specified OptionGroupName: ${name} not found.`,
};

function missingCluster(making: Making): Refusal | undefined {
  const id = making.text('DBClusterIdentifier')?.toLowerCase();
  if (id === undefined || findRecord(making.world, making.realm, CLUSTER.type, id) !== undefined) return undefined;
  return refusals.absent(CLUSTER.faults.notFound, `DBCluster ${id} not found.`);
}

/** The subnets that an instance stands in (two where it has a standby) and the groups around it. */
function placeOf(
  world: World,
  realm: Realm,
  { properties }: Resource,
): { subnetIds: string[]; securityGroupIds?: string[] } {
  const cluster = findRecord(world, realm, CLUSTER.type, String(properties['DBClusterIdentifier'] ?? '').toLowerCase());
  const group = String(properties['DBSubnetGroupName'] ?? cluster?.properties['DBSubnetGroupName'] ?? '').toLowerCase();
  const all = idsIn(findRecord(world, realm, SUBNET_GROUP, group)?.properties['SubnetIds']);
  const zone = properties['AvailabilityZone'];
  const zoneOf = (id: string) => findRecord(world, realm, 'AWS::EC2::Subnet', id)?.attributes['AvailabilityZone'];
  const ordered = [...all.filter((id) => zoneOf(id) === zone), ...all.filter((id) => zoneOf(id) !== zone)];
  const securityGroupIds = idsIn(properties['VPCSecurityGroups'] ?? cluster?.properties['VpcSecurityGroupIds']);
  return {
    subnetIds: ordered.slice(0, isTrue(properties['MultiAZ']) ? 2 : 1),
    ...(securityGroupIds.length === 0 ? {} : { securityGroupIds }),
  };
}

/** `default.postgres17`, where no group is named. */
export function parameterGroupOf({ properties }: Resource): string {
  const { DBParameterGroupName, Engine, EngineVersion } = properties;
  const version = EngineVersion === undefined ? undefined : String(EngineVersion);
  return String(DBParameterGroupName ?? `default.${familyOf(String(Engine ?? 'postgres'), version)}`).toLowerCase();
}
