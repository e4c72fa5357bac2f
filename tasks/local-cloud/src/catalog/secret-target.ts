import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { resourceWith } from './resources-of.ts';
import { addVersion, CURRENT } from './secret-versions.ts';
import { findRecord } from './stored-record.ts';

const SECRET = 'AWS::SecretsManager::Secret';
const KEYS = ['engine', 'host', 'port', 'dbname', 'dbInstanceIdentifier', 'dbClusterIdentifier'];
const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };

/**
 * Writes where a database is into the secret with its password.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secrettargetattachment.html
 */
export function attachTarget(world: World, realm: Realm, attachment: Resource): void {
  const { SecretId, TargetId, TargetType } = attachment.properties;
  const secret = secretWith(world, realm, String(SecretId));
  const target = findRecord(world, realm, String(TargetType), String(TargetId));
  if (secret === undefined || target === undefined) return;
  write(world, realm, secret, { ...contentOf(secret), ...connectionOf(target) });
}

/** Takes it out again. */
export function detachTarget(world: World, realm: Realm, attachment: Resource): void {
  const secret = secretWith(world, realm, String(attachment.properties['SecretId']));
  if (secret === undefined) return;
  const kept = Object.entries(contentOf(secret)).filter(([key]) => !KEYS.includes(key));
  write(world, realm, secret, Object.fromEntries(kept));
}

/** The object that a text in JSON is; empty where it is none. */
export function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function connectionOf({ type, id, attributes, properties }: Resource): Record<string, unknown> {
  const engine = String(properties['Engine'] ?? '').replace(/^aurora-(postgres|mysql).*/, '$1');
  const { DBName, DatabaseName, Port } = properties;
  const name = DBName ?? DatabaseName;
  return {
    engine,
    host: attributes['Endpoint.Address'],
    port: Number(attributes['Endpoint.Port'] ?? Port ?? PORTS[engine] ?? 0) || PORTS[engine],
    ...(name === undefined ? {} : { dbname: name }),
    [type === 'AWS::RDS::DBCluster' ? 'dbClusterIdentifier' : 'dbInstanceIdentifier']: id,
  };
}

function secretWith(world: World, realm: Realm, asked: string): Resource | undefined {
  return resourceWith(world, realm, SECRET, ({ id, properties }) => id === asked || properties['Name'] === asked);
}

function contentOf(secret: Resource): Record<string, unknown> {
  return objectIn(String(secret.properties['SecretString'] ?? ''));
}

function write(world: World, realm: Realm, secret: Resource, content: Record<string, unknown>): void {
  addVersion(world, realm, secret, { id: world.uuid(), text: JSON.stringify(content), stages: [CURRENT] });
}
