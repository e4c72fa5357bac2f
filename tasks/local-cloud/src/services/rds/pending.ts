import type * as RDS from '@aws-sdk/client-rds';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

type Pending = Readonly<Record<string, unknown>>;

/** Changes that wait, in CloudFormation's words. By the instance's ARN. */
export const pendingChanges = (world: World, realm: Realm) => world.table<Pending>('rds.pending', realm);

const SHOWN = [
  'AllocatedStorage',
  'DBInstanceClass',
  'EngineVersion',
  'Iops',
  'MultiAZ',
  'Port',
  'StorageType',
] as const;
const RETENTION = 'BackupRetentionPeriod';

export function pendingOf(world: World, realm: Realm, { id, arn = id }: Resource): RDS.PendingModifiedValues {
  const pending = pendingChanges(world, realm).get(arn) ?? {};
  const shown = [...SHOWN, RETENTION].filter((name) => pending[name] !== undefined);
  return Object.fromEntries(shown.map((name) => [name, pending[name]]));
}
