import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { firstOf } from '../ec2/refusals.ts';
import { keyArn } from '../kms-key.ts';
import { managedKey } from '../managed-keys.ts';
import { randomSuffix } from '../names.ts';
import { resourcesOf } from '../resources-of.ts';
import { DATABASE_SECONDS } from '../seconds.ts';
import { statusOf } from './activity.ts';
import { familyOf, portOf } from './engine.ts';
import { CLUSTER_PARAMETER_GROUP } from './groups.ts';
import { SUBNET_GROUPS } from './instance.ts';
import { CLUSTER, INSTANCE, isTrue, rdsArn } from './kind.ts';
import * as life from './life.ts';
import { masterSecret } from './master-secret.ts';
import * as refusals from './refusals.ts';
import { refuseRestore, restoredProperties } from './source-snapshot.ts';

export const cluster: Behaviour = {
  make,
  refuseCreate,
  taken: () => ({ text: 'DB Cluster already exists', code: 'DBClusterAlreadyExistsFault' }),
  seconds: (properties) =>
    life.restoredFrom(CLUSTER, properties) === undefined ? undefined : { create: DATABASE_SECONDS.restore },
  made: (world, realm, database, takesMs) => life.beginLife(world, realm, CLUSTER, database, takesMs),
  readiness: life.readinessOf,
  changed: (world, realm, before, after, takesMs) => life.beginChange(world, realm, { before, after, takesMs }),
  refuseDelete: (world, realm, database) => life.protectedBy('Cluster', database) ?? hasMembers(world, realm, database),
  snapshot: (world, realm, database) => life.leaveSnapshot(world, realm, CLUSTER, database),
  deleting: (world, realm, database, takesMs) => void life.beginEnd(world, realm, CLUSTER, database, takesMs),
  clearance: life.clearanceOf,
  gone: (world, realm, database) => life.endLife(world, realm, CLUSTER, database),
};

/** The instances of a cluster. */
export function membersOf(world: World, realm: Realm, { id }: Resource): Resource[] {
  const isMember = ({ properties }: Resource): boolean =>
    String(properties['DBClusterIdentifier'] ?? '').toLowerCase() === id;
  return [...resourcesOf(world, realm, INSTANCE.type)].filter(isMember);
}

function make(making: Making): Made {
  const { world, realm, properties } = making;
  const id = making.name('DBClusterIdentifier').toLowerCase();
  const host = `${world.hex(12)}.${realm.region}.rds.amazonaws.com`;
  const snapshot = life.restoredFrom(CLUSTER, properties);
  const inherited: Record<string, unknown> =
    snapshot === undefined ? {} : { ...restoredProperties(world, realm, CLUSTER, snapshot) };
  if (isTrue(inherited['StorageEncrypted'] ?? properties['StorageEncrypted']) && !('KmsKeyId' in inherited)) {
    inherited['KmsKeyId'] = keyArn(realm, managedKeyFor(making));
  }
  const open = Object.entries(inherited).filter(([name]) => properties[name] === undefined);
  const engine = String(making.text('Engine') ?? inherited['Engine'] ?? 'aurora-postgresql');
  const port = making.text('Port') ?? String(inherited['Port'] ?? portOf(engine));
  const arn = rdsArn(realm, 'cluster', id);
  return {
    id,
    arn,
    properties: Object.fromEntries(open),
    attributes: {
      'Endpoint.Address': `${id}.cluster-${host}`,
      'Endpoint.Port': port,
      'ReadEndpoint.Address': `${id}.cluster-ro-${host}`,
      DBClusterArn: arn,
      DBClusterResourceId: `cluster-${randomSuffix(world, 26)}`,
      ...masterSecret(making),
    },
  };
}

/** AWS's key is made only where the caller names none. */
function managedKeyFor({ world, realm, properties }: Making): string {
  return properties['KmsKeyId'] === undefined ? (managedKey(world, realm, 'alias/aws/rds') ?? '') : '';
}

function refuseCreate(making: Making): Refusal | undefined {
  const { world, realm } = making;
  const snapshot = life.restoredFrom(CLUSTER, making.properties);
  return firstOf(
    () => refusals.badIdentifier(making, 'DBClusterIdentifier'),
    () => refusals.missingGroup(making, 'DBSubnetGroupName', SUBNET_GROUPS),
    () => refusals.missingGroup(making, 'DBClusterParameterGroupName', PARAMETER_GROUPS),
    () => refusals.missingSecurityGroup(making, 'VpcSecurityGroupIds'),
    () => refusals.unknownVersion(making),
    () => (snapshot === undefined ? undefined : refuseRestore(world, realm, CLUSTER, snapshot)),
    () => refusals.inaccessibleStorageKey(making),
  );
}

const PARAMETER_GROUPS = {
  type: CLUSTER_PARAMETER_GROUP,
  code: 'DBClusterParameterGroupNotFoundFault',
  text: (name: string) => `DBClusterParameterGroup not found: ${name}`,
};

function hasMembers(world: World, realm: Realm, database: Resource): Refusal | undefined {
  const left = membersOf(world, realm, database).filter((one) => statusOf(world, realm, one) !== 'deleting');
  if (left.length === 0) return undefined;
  return refusals.invalidState(
    CLUSTER.faults.state,
    'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
  );
}

/** `default.aurora-postgresql16`, where no group is named. */
export function clusterParameterGroupOf({ properties }: Resource): string {
  const { DBClusterParameterGroupName, Engine, EngineVersion } = properties;
  const version = EngineVersion === undefined ? undefined : String(EngineVersion);
  const family = familyOf(String(Engine ?? 'aurora-postgresql'), version);
  return String(DBClusterParameterGroupName ?? `default.${family}`).toLowerCase();
}
