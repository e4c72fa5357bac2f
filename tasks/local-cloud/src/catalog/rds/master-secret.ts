import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Making } from '../behaviour.ts';
import { randomSuffix } from '../names.ts';
import { putSecret, removeSecret } from '../secretsmanager.ts';
import { isTrue } from './kind.ts';

const ATTRIBUTE = 'MasterUserSecret.SecretArn';

/** RDS keeps the master password in a secret of its own where it is asked to. */
export function masterSecret(making: Making): Record<string, unknown> {
  if (!isTrue(making.properties['ManageMasterUserPassword'])) return {};
  const name = `rds!db-${making.world.uuid()}`;
  return { [ATTRIBUTE]: making.arn('secretsmanager', `secret:${name}-${randomSuffix(making.world, 6)}`) };
}

export function masterSecretOf({ attributes }: Resource): string | undefined {
  const arn = attributes[ATTRIBUTE];
  return typeof arn === 'string' && arn.includes(':secret:') ? arn : undefined;
}

export function keepMasterSecret(world: World, realm: Realm, database: Resource): void {
  const arn = masterSecretOf(database);
  if (arn === undefined) return;
  const user = String(database.properties['MasterUsername'] ?? 'postgres');
  const value = JSON.stringify({ username: user, password: randomSuffix(world, 28) });
  putSecret(world, realm, { arn, value, tags: { 'aws:rds:primaryDBInstanceArn': database.arn ?? database.id } });
}

export function dropMasterSecret(world: World, realm: Realm, database: Resource): void {
  const arn = masterSecretOf(database);
  if (arn !== undefined) removeSecret(world, realm, arn);
}
