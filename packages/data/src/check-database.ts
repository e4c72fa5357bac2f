import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import type { DatabaseConfig } from './database-config.ts';

/** Names that RDS for PostgreSQL keeps to itself. */
const RESERVED = ['admin', 'postgres', 'rdsadmin', 'rdsrepladmin', 'rds_superuser'];

/** Every reason why the database of this section could not be built, kept or taken away. */
export function checkDatabase(context: LayerContext<DatabaseConfig>): readonly Problem[] {
  return [...checkStorage(context), ...checkMasterUser(context), ...checkKeeping(context)];
}

function checkStorage(context: LayerContext<DatabaseConfig>): Problem[] {
  const { storageGb, maxStorageGb } = context.config;
  const head = { code: 'storage-range', ...placed(context, 'maxStorageGb') };
  const least = Math.ceil((storageGb * 11) / 10);
  if (maxStorageGb === storageGb || maxStorageGb >= least) return [];
  const next = `write ${least} or more, or ${storageGb} so that the storage does not grow`;
  if (maxStorageGb < storageGb) {
    return [{ ...head, what: `data.maxStorageGb is ${maxStorageGb}, less than data.storageGb (${storageGb})`, next }];
  }
  const what = `data.maxStorageGb is ${maxStorageGb}, too near to data.storageGb (${storageGb})`;
  return [{ ...head, what, why: 'RDS grows a storage by a tenth at least', next }];
}

function checkMasterUser(context: LayerContext<DatabaseConfig>): Problem[] {
  const { masterUser } = context.config;
  if (!RESERVED.includes(masterUser) && !masterUser.startsWith('pg_')) return [];
  return [
    {
      code: 'reserved-user',
      ...placed(context, 'masterUser'),
      what: `data.masterUser is "${masterUser}", a name that PostgreSQL on RDS keeps to itself`,
      next: 'choose another name, such as platform',
    },
  ];
}

/** What is kept and what goes must agree with the environment's own protection, or one of the two is a mistake. */
function checkKeeping(context: LayerContext<DatabaseConfig>): Problem[] {
  const { config, environment } = context;
  const problems: Problem[] = [];
  if (config.deletionProtection === true && !environment.protect) {
    problems.push({
      code: 'protected-database',
      ...placed(context, 'deletionProtection'),
      what: 'data.deletionProtection is true in an environment that may be destroyed',
      why: 'RDS would refuse half-way through the teardown',
      next: 'take it out, or write "protect: true" at the top of the file',
    });
  }
  if (config.finalSnapshot === false && environment.protect) {
    problems.push({
      code: 'no-final-snapshot',
      ...placed(context, 'finalSnapshot'),
      what: 'data.finalSnapshot is false in a protected environment',
      why: 'one wrong delete would take the data with it',
      next: 'take it out, or write "protect: false" at the top of the file',
    });
  }
  if (config.backupRetentionDays === 0 && environment.protect) {
    problems.push({
      code: 'no-backups',
      ...placed(context, 'backupRetentionDays'),
      what: 'data.backupRetentionDays is 0 in a protected environment, so there are no backups',
      next: 'write 1 to 35',
    });
  }
  return problems;
}

function placed(context: LayerContext<DatabaseConfig>, key: string): Pick<Problem, 'place'> {
  const place = context.placeOf([key]);
  return place ? { place } : {};
}
