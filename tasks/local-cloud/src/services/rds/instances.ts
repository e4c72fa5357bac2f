import type * as RDS from '@aws-sdk/client-rds';
import { INSTANCE } from '../../catalog/rds/kind.ts';
import { createRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { beginDelete } from './deletes.ts';
import { databaseNamed } from './find.ts';
import { instanceView } from './instance-view.ts';
import { propertiesFrom } from './properties-from.ts';
import { rdsPage } from './rds-page.ts';
import { select } from './select.ts';

const PASSWORD_LENGTH_MIN = 8;

export function createInstance(
  world: World,
  input: RDS.CreateDBInstanceMessage,
  call: Call,
): RDS.CreateDBInstanceResult {
  if (input.DBClusterIdentifier === undefined) {
    requireText('MasterUsername', input.MasterUsername);
    requirePassword(input);
    requireText('AllocatedStorage', input.AllocatedStorage);
  }
  const database = createRecord(world, call.realm, {
    type: INSTANCE.type,
    properties: propertiesFrom(INSTANCE.type, input),
    tags: tagMap(input.Tags),
  });
  return { DBInstance: instanceView(world, call.realm, database) };
}

export function describeInstances(
  world: World,
  input: RDS.DescribeDBInstancesMessage,
  call: Call,
): RDS.DBInstanceMessage {
  const { DBInstanceIdentifier: asked } = input;
  const all =
    asked === undefined || asked === ''
      ? [...resourcesOf(world, call.realm, INSTANCE.type)]
      : [databaseNamed(world, call.realm, INSTANCE, asked)];
  const views = all.map((database) => instanceView(world, call.realm, database));
  const chosen = select(views, input.Filters, {
    'db-cluster-id': ({ DBClusterIdentifier }) => [DBClusterIdentifier],
    'db-instance-id': ({ DBInstanceIdentifier, DBInstanceArn }) => [DBInstanceIdentifier, DBInstanceArn],
    'dbi-resource-id': ({ DbiResourceId }) => [DbiResourceId],
    engine: ({ Engine }) => [Engine],
  });
  const { items, ...rest } = rdsPage(chosen, input);
  return { DBInstances: [...items], ...rest };
}

export function deleteInstance(
  world: World,
  input: RDS.DeleteDBInstanceMessage,
  call: Call,
): RDS.DeleteDBInstanceResult {
  const database = databaseNamed(world, call.realm, INSTANCE, input.DBInstanceIdentifier);
  // The snapshots of a member are its cluster's.
  const isMember = database.properties['DBClusterIdentifier'] !== undefined;
  const changed = beginDelete(world, call.realm, INSTANCE, {
    database,
    skip: isMember || input.SkipFinalSnapshot === true,
    finalId: input.FinalDBSnapshotIdentifier,
    deleteBackups: input.DeleteAutomatedBackups,
  });
  return { DBInstance: instanceView(world, call.realm, changed) };
}

export function requirePassword(input: {
  readonly MasterUserPassword?: string | undefined;
  readonly ManageMasterUserPassword?: boolean | undefined;
}): void {
  const { MasterUserPassword: password, ManageMasterUserPassword: isManaged } = input;
  if (isManaged === true) {
    if (password === undefined) return;
    const text = 'You can not specify MasterUserPassword when ManageMasterUserPassword is enabled';
    throw new ServiceError('InvalidParameterCombination', text);
  }
  requireText('MasterUserPassword', password);
  if ((password ?? '').length >= PASSWORD_LENGTH_MIN) return;
  throw new ServiceError(
    'InvalidParameterValue',
    'The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.',
  );
}

export function requireText(name: string, value: string | number | undefined): void {
  if (value !== undefined && value !== '') return;
  throw new ServiceError('InvalidParameterValue', `The parameter ${name} must be provided and must not be blank.`);
}
