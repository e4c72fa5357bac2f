import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as EC2 from '@aws-sdk/client-ec2';
import * as RDS from '@aws-sdk/client-rds';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, START } from '../../testing/test-cloud.ts';
import { INSTANCE, LONG_MS, MINUTE_MS, OURS, databases, instanceOf, snapshotOf, standing } from './test-databases.ts';
import type { Databases } from './test-databases.ts';

const NAMED = { DBInstanceIdentifier: 'shop' };
const DAY_MS = 86_400_000;

const test = suite<Databases>('rds');
test.before.each((context) => void Object.assign(context, databases()));

test('an instance is creating, backing up, available', async ({ rds, pass }) => {
  const { DBInstance } = await rds.send(new RDS.CreateDBInstanceCommand(INSTANCE));
  assert.equal(
    [DBInstance?.DBInstanceIdentifier, DBInstance?.DBInstanceStatus, DBInstance?.Endpoint],
    ['shop', 'creating', undefined],
  );
  const seen = new Set<string>();
  let minutes = 0;
  for (let status = 'creating'; status !== 'available' && minutes < 20; minutes += 0.5) {
    seen.add(status);
    pass(MINUTE_MS / 2);
    status = (await instanceOf(rds)).DBInstanceStatus ?? '';
  }
  assert.equal([...seen], ['creating', 'backing-up']);
  assert.ok(minutes * 60 >= 302 && minutes * 60 <= 542, `${minutes} minutes`);
  const { Endpoint, EngineVersion, DBParameterGroups, StorageEncrypted, MasterUsername } = await instanceOf(rds);
  assert.match(Endpoint?.Address ?? '', /^shop\.[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
  assert.equal([Endpoint?.Port, EngineVersion, StorageEncrypted, MasterUsername], [5432, '17.6', false, 'app']);
  assert.is(DBParameterGroups?.[0]?.DBParameterGroupName, 'default.postgres17');
  assert.is(
    (await failureOf(rds.send(new RDS.CreateDBInstanceCommand(INSTANCE)))).name,
    'DBInstanceAlreadyExistsFault',
  );
});

test('what cannot be made is refused in the words of RDS', async ({ rds }) => {
  const refusal = async (more: Partial<RDS.CreateDBInstanceMessage>) => {
    const { name, message } = await failureOf(rds.send(new RDS.CreateDBInstanceCommand({ ...INSTANCE, ...more })));
    return `${name}: ${message}`;
  };
  assert.is(
    await refusal({ DBInstanceIdentifier: '1shop' }),
    'InvalidParameterValue: The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
  );
  assert.is(
    await refusal({ MasterUserPassword: 'short' }),
    'InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.',
  );
  assert.is(
    await refusal({ DBSubnetGroupName: 'none' }),
    "DBSubnetGroupNotFoundFault: DB subnet group 'none' does not exist.",
  );
  assert.is(
    await refusal({ EngineVersion: '9.9' }),
    'InvalidParameterCombination: Cannot find version 9.9 for postgres',
  );
  assert.is(
    await refusal({ StorageEncrypted: true, KmsKeyId: 'alias/none' }),
    'KMSKeyNotAccessibleFault: The specified KMS key [alias/none] does not exist, is not enabled or you do not have permissions to access it.',
  );
  assert.equal(await failureOf(rds.send(new RDS.DescribeDBInstancesCommand(NAMED))), {
    name: 'DBInstanceNotFoundFault',
    message: 'DBInstance shop not found.',
    status: 404,
  });
});

test('a protected instance stays; others go with a final snapshot or without', async (context) => {
  const { rds, pass } = context;
  await standing(context, { DeletionProtection: true });
  const remove = (more: object) => rds.send(new RDS.DeleteDBInstanceCommand({ ...NAMED, ...more }));
  assert.equal(await failureOf(remove({ SkipFinalSnapshot: true })), {
    name: 'InvalidParameterCombination',
    message: 'Cannot delete protected DB Instance, please disable deletion protection and try again.',
    status: 400,
  });
  await rds.send(new RDS.ModifyDBInstanceCommand({ ...NAMED, DeletionProtection: false }));
  assert.is(
    (await failureOf(remove({}))).message,
    'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
  );
  const { DBInstance } = await remove({ FinalDBSnapshotIdentifier: 'last' });
  assert.is(DBInstance?.DBInstanceStatus, 'deleting');
  assert.is((await snapshotOf(rds, 'last')).Status, 'creating');
  assert.is((await failureOf(remove({ SkipFinalSnapshot: true }))).message, 'Instance shop is already being deleted.');
  pass(MINUTE_MS);
  assert.is((await instanceOf(rds)).DBInstanceStatus, 'deleting');
  pass(LONG_MS);
  assert.is((await failureOf(instanceOf(rds))).name, 'DBInstanceNotFoundFault');
  assert.is((await snapshotOf(rds, 'last')).Status, 'available');
});

test('changes wait for the maintenance window unless they are to be applied at once', async (context) => {
  const { rds, pass } = context;
  await standing(context, { PreferredMaintenanceWindow: 'sun:04:00-sun:04:30' });
  const modify = (more: object) => rds.send(new RDS.ModifyDBInstanceCommand({ ...NAMED, ...more }));
  const { DBInstance } = await modify({ AllocatedStorage: 40, BackupRetentionPeriod: 3 });
  assert.equal(DBInstance?.PendingModifiedValues, { AllocatedStorage: 40 });
  assert.equal([DBInstance?.AllocatedStorage, DBInstance?.BackupRetentionPeriod], [20, 3]);
  // START is a Thursday.
  pass(3 * DAY_MS);
  assert.is((await instanceOf(rds)).AllocatedStorage, 20);
  pass(5 * 3_600_000);
  assert.equal([(await instanceOf(rds)).AllocatedStorage, (await instanceOf(rds)).DBInstanceStatus], [40, 'available']);
  const atOnce = await modify({ DBInstanceClass: 'db.t4g.small', ApplyImmediately: true });
  assert.is(atOnce.DBInstance?.DBInstanceStatus, 'modifying');
  assert.is((await failureOf(modify({ MultiAZ: true }))).message, 'Database instance is not in available state.');
  pass(LONG_MS);
  const after = await instanceOf(rds);
  assert.equal([after.DBInstanceClass, after.PendingModifiedValues], ['db.t4g.small', {}]);
});

test('an instance stops, starts and reboots', async (context) => {
  const { rds, pass } = context;
  await standing(context);
  const statusAfter = async (command: { readonly send: () => Promise<unknown> }): Promise<string[]> => {
    await command.send();
    const at = (await instanceOf(rds)).DBInstanceStatus ?? '';
    pass(LONG_MS);
    return [at, (await instanceOf(rds)).DBInstanceStatus ?? ''];
  };
  assert.equal(await statusAfter({ send: () => rds.send(new RDS.StopDBInstanceCommand(NAMED)) }), [
    'stopping',
    'stopped',
  ]);
  assert.equal(await failureOf(rds.send(new RDS.StopDBInstanceCommand(NAMED))), {
    name: 'InvalidDBInstanceStateFault',
    message: 'Instance shop is not in available state.',
    status: 400,
  });
  assert.equal(await statusAfter({ send: () => rds.send(new RDS.StartDBInstanceCommand(NAMED)) }), [
    'starting',
    'available',
  ]);
  assert.equal(await statusAfter({ send: () => rds.send(new RDS.RebootDBInstanceCommand(NAMED)) }), [
    'rebooting',
    'available',
  ]);
});

test('an instance has an interface in its subnet group, and groups in use cannot go', async (context) => {
  const { rds, pass, as } = context;
  const group = { DBSubnetGroupName: 'Private', DBSubnetGroupDescription: 'private' };
  const createGroup = (SubnetIds: string[]) => rds.send(new RDS.CreateDBSubnetGroupCommand({ ...group, SubnetIds }));
  assert.equal(await failureOf(createGroup(['subnet-a'])), {
    name: 'DBSubnetGroupDoesNotCoverEnoughAZs',
    message:
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: eu-west-1a. Add subnets to cover at least 2 AZs.",
    status: 400,
  });
  await createGroup(['subnet-a', 'subnet-b']);
  const parameters = { DBParameterGroupName: 'slow', DBParameterGroupFamily: 'postgres17', Description: 'slow' };
  await rds.send(new RDS.CreateDBParameterGroupCommand(parameters));
  await standing(context, { DBSubnetGroupName: 'private', DBParameterGroupName: 'slow', MultiAZ: true });
  assert.is((await instanceOf(rds)).DBSubnetGroup?.VpcId, 'vpc-1');
  const ec2 = new EC2.EC2Client(as(OURS));
  const interfaces = async () => (await ec2.send(new EC2.DescribeNetworkInterfacesCommand({}))).NetworkInterfaces ?? [];
  assert.equal(
    (await interfaces()).map(({ Description, SubnetId }) => `${Description} ${SubnetId}`),
    ['RDSNetworkInterface subnet-a', 'RDSNetworkInterface subnet-b'],
  );
  const deleteGroup = () => rds.send(new RDS.DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'private' }));
  const deleteParameters = () => rds.send(new RDS.DeleteDBParameterGroupCommand({ DBParameterGroupName: 'slow' }));
  assert.equal(await failureOf(deleteGroup()), {
    name: 'InvalidDBSubnetGroupStateFault',
    message: "Cannot delete the subnet group 'private' because at least one database instance: shop is still using it.",
    status: 400,
  });
  assert.is(
    (await failureOf(deleteParameters())).message,
    'One or more database instances are still members of this parameter group slow, so the group cannot be deleted',
  );
  await rds.send(new RDS.DeleteDBInstanceCommand({ ...NAMED, SkipFinalSnapshot: true }));
  pass(LONG_MS);
  assert.equal(await interfaces(), []);
  await deleteGroup();
  await deleteParameters();
});

test('automated snapshots come daily, stay as long as they should, and go with their instance', async (context) => {
  const { rds, pass } = context;
  await standing(context, { BackupRetentionPeriod: 2, PreferredBackupWindow: '05:00-05:30' });
  const automated = async (): Promise<string[]> => {
    const describe = new RDS.DescribeDBSnapshotsCommand({ SnapshotType: 'automated' });
    return ((await rds.send(describe)).DBSnapshots ?? []).map((one) => one.DBSnapshotIdentifier ?? '');
  };
  const [first = '', ...others] = await automated();
  assert.match(first, /^rds:shop-2026-01-01-00-0\d$/);
  assert.equal(others, []);
  pass(4 * DAY_MS);
  assert.equal(await automated(), ['rds:shop-2026-01-03-05-00', 'rds:shop-2026-01-04-05-00']);
  const remove = new RDS.DeleteDBSnapshotCommand({ DBSnapshotIdentifier: 'rds:shop-2026-01-04-05-00' });
  assert.is((await failureOf(rds.send(remove))).name, 'InvalidDBSnapshotStateFault');
  await rds.send(new RDS.DeleteDBInstanceCommand({ ...NAMED, SkipFinalSnapshot: true }));
  pass(LONG_MS);
  assert.equal(await automated(), []);
});

test('CloudFormation waits for an instance, and its final snapshot is being made while it goes', async (context) => {
  const { rds, pass, as } = context;
  const cloudformation = new CloudFormation.CloudFormationClient(as(OURS));
  const { DBInstanceIdentifier: _id, ...Properties } = INSTANCE;
  const TemplateBody = JSON.stringify({
    Resources: { D: { Type: 'AWS::RDS::DBInstance', Properties: { ...Properties, DBInstanceIdentifier: 'shop' } } },
  });
  const { StackId: StackName } = await cloudformation.send(
    new CloudFormation.CreateStackCommand({ StackName: 'data', TemplateBody }),
  );
  const status = async () => {
    const { Stacks } = await cloudformation.send(new CloudFormation.DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus;
  };
  pass(2 * MINUTE_MS);
  assert.equal([await status(), (await instanceOf(rds)).DBInstanceStatus], ['CREATE_IN_PROGRESS', 'creating']);
  pass(LONG_MS);
  assert.equal([await status(), (await instanceOf(rds)).DBInstanceStatus], ['CREATE_COMPLETE', 'available']);
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName }));
  pass(MINUTE_MS);
  const manual = async () =>
    (await rds.send(new RDS.DescribeDBSnapshotsCommand({ SnapshotType: 'manual' }))).DBSnapshots?.[0];
  assert.equal([(await instanceOf(rds)).DBInstanceStatus, (await manual())?.Status], ['deleting', 'creating']);
  assert.match((await manual())?.DBSnapshotIdentifier ?? '', /^data-snapshot-d-[a-z0-9]{12}$/);
  pass(LONG_MS);
  assert.equal([await status(), (await manual())?.Status], ['DELETE_COMPLETE', 'available']);

  const restored = JSON.stringify({
    Resources: {
      D: {
        Type: 'AWS::RDS::DBInstance',
        DeletionPolicy: 'Delete',
        Properties: {
          DBInstanceIdentifier: 'again',
          DBInstanceClass: 'db.t4g.micro',
          DBSnapshotIdentifier: (await manual())?.DBSnapshotIdentifier,
        },
      },
    },
  });
  await cloudformation.send(new CloudFormation.CreateStackCommand({ StackName: 'more', TemplateBody: restored }));
  pass(LONG_MS);
  const { Engine, MasterUsername, AllocatedStorage, DBInstanceStatus } = await instanceOf(rds, 'again');
  assert.equal([Engine, MasterUsername, AllocatedStorage, DBInstanceStatus], ['postgres', 'app', 20, 'available']);
});

test('a cluster has members, which go before it, and snapshots of its own', async ({ rds, pass }) => {
  const cluster = { DBClusterIdentifier: 'shop', Engine: 'aurora-postgresql' };
  const secret = { MasterUsername: 'app', ManageMasterUserPassword: true };
  await rds.send(new RDS.CreateDBClusterCommand({ ...cluster, ...secret }));
  const member = { ...cluster, DBInstanceIdentifier: 'shop-1', DBInstanceClass: 'db.t4g.medium' };
  await rds.send(new RDS.CreateDBInstanceCommand(member));
  pass(LONG_MS);
  const described = await rds.send(new RDS.DescribeDBClustersCommand({ DBClusterIdentifier: 'shop' }));
  const { Status, DBClusterMembers, MasterUserSecret } = described.DBClusters?.[0] ?? {};
  assert.equal([Status, DBClusterMembers?.map((one) => one.DBInstanceIdentifier)], ['available', ['shop-1']]);
  assert.match(MasterUserSecret?.SecretArn ?? '', /secret:rds!db-/);
  await rds.send(
    new RDS.CreateDBClusterSnapshotCommand({ DBClusterIdentifier: 'shop', DBClusterSnapshotIdentifier: 'one' }),
  );
  pass(LONG_MS);
  const remove = () =>
    rds.send(new RDS.DeleteDBClusterCommand({ DBClusterIdentifier: 'shop', SkipFinalSnapshot: true }));
  assert.equal(await failureOf(remove()), {
    name: 'InvalidDBClusterStateFault',
    message: 'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
    status: 400,
  });
  await rds.send(new RDS.DeleteDBInstanceCommand({ DBInstanceIdentifier: 'shop-1' }));
  await remove();
  pass(LONG_MS);
  assert.equal((await rds.send(new RDS.DescribeDBClustersCommand({}))).DBClusters, []);
  await rds.send(
    new RDS.RestoreDBClusterFromSnapshotCommand({
      ...cluster,
      DBClusterIdentifier: 'again',
      SnapshotIdentifier: 'one',
    }),
  );
  pass(LONG_MS);
  const again = await rds.send(new RDS.DescribeDBClustersCommand({ DBClusterIdentifier: 'again' }));
  assert.equal([again.DBClusters?.[0]?.Status, again.DBClusters?.[0]?.MasterUsername], ['available', 'app']);
});

test('engines, tags and pages are told', async (context) => {
  const { rds } = context;
  const versions = await rds.send(new RDS.DescribeDBEngineVersionsCommand({ Engine: 'postgres', DefaultOnly: true }));
  assert.is(versions.DBEngineVersions?.[0]?.DBParameterGroupFamily, 'postgres17');
  await standing(context, { Tags: [{ Key: 'team', Value: 'shop' }] });
  const ResourceName = `arn:aws:rds:eu-west-1:${OURS}:db:shop`;
  await rds.send(new RDS.AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'tier', Value: '1' }] }));
  await rds.send(new RDS.RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['team'] }));
  const { TagList } = await rds.send(new RDS.ListTagsForResourceCommand({ ResourceName }));
  assert.equal(TagList, [{ Key: 'tier', Value: '1' }]);
  assert.is(
    (await failureOf(rds.send(new RDS.DescribeDBInstancesCommand({ MaxRecords: 5 })))).message,
    'Invalid value 5 for MaxRecords. Must be between 20 and 100',
  );
  assert.ok(((await instanceOf(rds)).InstanceCreateTime?.getTime() ?? 0) >= START);
});

test.run();
