import * as KMS from '@aws-sdk/client-kms';
import * as RDS from '@aws-sdk/client-rds';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../testing/test-cloud.ts';
import { LONG_MS, OURS, THEIRS, databases, instanceOf, snapshotOf, standing } from './test-databases.ts';
import type { Databases } from './test-databases.ts';

const ARN = `arn:aws:rds:eu-west-1:${OURS}:snapshot`;

const test = suite<Databases>('rds snapshots');
test.before.each((context) => void Object.assign(context, databases()));

async function newKey(kms: KMS.KMSClient): Promise<string> {
  return (await kms.send(new KMS.CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
}

/** Lets their account use a key of ours, as far as RDS needs it. */
async function openKey(kms: KMS.KMSClient, KeyId: string): Promise<void> {
  const statement = (account: string, Action: string | string[]) => ({
    ...{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action, Resource: '*' },
  });
  const used = ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey', 'CreateGrant'];
  const Statement = [
    statement(OURS, 'kms:*'),
    statement(
      THEIRS,
      used.map((action) => `kms:${action}`),
    ),
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await kms.send(new KMS.PutKeyPolicyCommand({ KeyId, Policy }));
}

const copy = (rds: RDS.RDSClient, source: string, target: string, more: object = {}) =>
  rds.send(
    new RDS.CopyDBSnapshotCommand({
      SourceDBSnapshotIdentifier: source,
      TargetDBSnapshotIdentifier: target,
      ...more,
    }),
  );

const share = (rds: RDS.RDSClient, name: string, ...ValuesToAdd: string[]) =>
  rds.send(
    new RDS.ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier: name,
      AttributeName: 'restore',
      ValuesToAdd,
    }),
  );

const take = (rds: RDS.RDSClient, DBSnapshotIdentifier: string) =>
  rds.send(new RDS.CreateDBSnapshotCommand({ DBInstanceIdentifier: 'shop', DBSnapshotIdentifier }));

const restore = (rds: RDS.RDSClient, DBSnapshotIdentifier: string) =>
  rds.send(new RDS.RestoreDBInstanceFromDBSnapshotCommand({ DBInstanceIdentifier: 'again', DBSnapshotIdentifier }));

test('an encrypted snapshot goes from one account to another in seven steps', async (context) => {
  const { rds, kms, theirs, pass } = context;
  await standing(context, { StorageEncrypted: true });
  // 1. A snapshot, encrypted with AWS's own key like its instance.
  await take(rds, 'one');
  assert.is((await failureOf(share(rds, 'one', THEIRS))).name, 'InvalidDBSnapshotStateFault', 'still creating');
  assert.is((await failureOf(copy(rds, 'one', 'two'))).name, 'InvalidDBSnapshotStateFault', 'still creating');
  pass(LONG_MS);
  assert.is(
    (await failureOf(share(rds, 'one', THEIRS))).message,
    'Sharing snapshots encrypted with the default service key for RDS is currently not supported.',
  );
  // 2. A copy with a key of one's own.
  const ours = await newKey(kms);
  await copy(rds, 'one', 'two', { KmsKeyId: ours });
  assert.is((await snapshotOf(rds, 'two')).Status, 'creating');
  pass(LONG_MS);
  assert.equal([(await snapshotOf(rds, 'two')).Status, (await snapshotOf(rds, 'two')).KmsKeyId], ['available', ours]);
  // 4. Shared before the key is.
  const missing = { name: 'DBSnapshotNotFoundFault', message: `DBSnapshot ${ARN}:two not found.`, status: 404 };
  assert.equal(await failureOf(copy(theirs.rds, `${ARN}:two`, 'three')), missing, 'not shared yet');
  assert.is((await failureOf(share(rds, 'two', 'all'))).name, 'InvalidDBSnapshotStateFault');
  await share(rds, 'two', THEIRS);
  pass(2000);
  const seen = await theirs.rds.send(new RDS.DescribeDBSnapshotsCommand({ IncludeShared: true }));
  assert.equal(
    seen.DBSnapshots?.map(({ DBSnapshotIdentifier, SnapshotType }) => `${SnapshotType} ${DBSnapshotIdentifier}`),
    [`shared ${ARN}:two`],
  );
  const own = await newKey(theirs.kms);
  const locked = `The source snapshot KMS key [${ours}] does not exist, is not enabled or you do not have permissions to access it.`;
  assert.equal(await failureOf(copy(theirs.rds, `${ARN}:two`, 'three', { KmsKeyId: own })), {
    name: 'KMSKeyNotAccessibleFault',
    message: locked,
    status: 400,
  });
  // 3. The key's policy lets them use it.
  await openKey(kms, ours);
  // 5. A copy with a key of theirs, which is mandatory.
  assert.is((await failureOf(copy(theirs.rds, `${ARN}:two`, 'three'))).name, 'KMSKeyNotAccessibleFault');
  assert.is((await failureOf(restore(theirs.rds, `${ARN}:two`))).name, 'InvalidParameterCombination');
  await copy(theirs.rds, `${ARN}:two`, 'three', { KmsKeyId: own });
  pass(LONG_MS);
  const { Status, KmsKeyId, SourceDBSnapshotIdentifier, SnapshotType } = await snapshotOf(theirs.rds, 'three');
  assert.equal(
    [Status, KmsKeyId, SourceDBSnapshotIdentifier, SnapshotType],
    ['available', own, `${ARN}:two`, 'manual'],
  );
  // 6. Restored.
  await restore(theirs.rds, 'three');
  pass(LONG_MS);
  const again = await instanceOf(theirs.rds, 'again');
  assert.equal([again.DBInstanceStatus, again.KmsKeyId, again.MasterUsername], ['available', own, 'app']);
  // 7. Cleaned up.
  const unshare = { DBSnapshotIdentifier: 'two', AttributeName: 'restore', ValuesToRemove: [THEIRS] };
  await rds.send(new RDS.ModifyDBSnapshotAttributeCommand(unshare));
  const attributes = new RDS.DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: 'two' });
  const { DBSnapshotAttributesResult } = await rds.send(attributes);
  assert.equal(DBSnapshotAttributesResult?.DBSnapshotAttributes, [{ AttributeName: 'restore', AttributeValues: [] }]);
  for (const DBSnapshotIdentifier of ['one', 'two']) {
    await rds.send(new RDS.DeleteDBSnapshotCommand({ DBSnapshotIdentifier }));
  }
  assert.equal(await failureOf(snapshotOf(rds, 'two')), {
    name: 'DBSnapshotNotFoundFault',
    message: 'DBSnapshot two not found.',
    status: 404,
  });
});

test('an automated snapshot is shared as a copy, with at most twenty accounts', async (context) => {
  const { rds, pass } = context;
  await standing(context);
  const { DBSnapshots = [] } = await rds.send(new RDS.DescribeDBSnapshotsCommand({ SnapshotType: 'automated' }));
  const automated = DBSnapshots[0]?.DBSnapshotIdentifier ?? '';
  assert.is((await failureOf(share(rds, automated, THEIRS))).name, 'InvalidDBSnapshotStateFault');
  await copy(rds, automated, 'mine');
  pass(LONG_MS);
  const accounts = Array.from({ length: 21 }, (_, index) => String(300_000_000_000 + index));
  assert.equal(await failureOf(share(rds, 'mine', ...accounts)), {
    name: 'SharedSnapshotQuotaExceededFault',
    message: 'You have exceeded the maximum number of accounts that you can share a manual DB snapshot with.',
    status: 400,
  });
  await share(rds, 'mine', ...accounts.slice(1));
});

test('names are taken, and there are at most a hundred manual snapshots', async (context) => {
  const { rds, pass } = context;
  await standing(context);
  await take(rds, 'one');
  assert.equal(await failureOf(take(rds, 'two')), {
    name: 'InvalidDBInstanceStateFault',
    message: 'Cannot create a snapshot because the database instance shop is not currently in the available state.',
    status: 400,
  });
  pass(LONG_MS);
  assert.equal(await failureOf(take(rds, 'One')), {
    name: 'DBSnapshotAlreadyExistsFault',
    message: 'Cannot create the snapshot because a snapshot with the identifier one already exists.',
    status: 400,
  });
  for (let number = 2; number <= 100; number += 1) await copy(rds, 'one', `copy-${number}`);
  assert.equal(await failureOf(copy(rds, 'one', 'too-many')), {
    name: 'SnapshotQuotaExceededFault',
    message: 'Cannot create more than 100 manual snapshots',
    status: 400,
  });
});

test('a copy of what is not encrypted is not encrypted either, and can be restored', async (context) => {
  const { rds, pass } = context;
  await standing(context);
  await take(rds, 'one');
  pass(LONG_MS);
  const { DBSnapshot } = await copy(rds, 'one', 'two');
  assert.equal([DBSnapshot?.Encrypted, DBSnapshot?.KmsKeyId], [false, undefined]);
  pass(LONG_MS);
  const { DBInstance } = await restore(rds, 'two');
  assert.is(DBInstance?.StorageEncrypted, false);
});

test('a snapshot whose key waits for its deletion cannot be restored, nor its instance used', async (context) => {
  const { rds, kms, pass } = context;
  const KmsKeyId = await newKey(kms);
  await standing(context, { StorageEncrypted: true, KmsKeyId });
  await take(rds, 'one');
  pass(LONG_MS);
  await kms.send(new KMS.ScheduleKeyDeletionCommand({ KeyId: KmsKeyId }));
  assert.is((await instanceOf(rds)).DBInstanceStatus, 'inaccessible-encryption-credentials-recoverable');
  assert.equal(await failureOf(restore(rds, 'one')), {
    name: 'KMSKeyNotAccessibleFault',
    message: `The specified KMS key [${KmsKeyId}] does not exist, is not enabled or you do not have permissions to access it.`,
    status: 400,
  });
});

test('a copy in another region needs a key of that region', async (context) => {
  const { rds, kms, pass, as } = context;
  await standing(context, { StorageEncrypted: true, KmsKeyId: await newKey(kms) });
  await take(rds, 'one');
  pass(LONG_MS);
  const away = new RDS.RDSClient(as(OURS, 'eu-central-1'));
  const KmsKeyId = await newKey(new KMS.KMSClient(as(OURS, 'eu-central-1')));
  assert.is((await failureOf(copy(away, `${ARN}:one`, 'far'))).name, 'KMSKeyNotAccessibleFault');
  await copy(away, `${ARN}:one`, 'far', { KmsKeyId });
  pass(LONG_MS);
  assert.equal(
    [(await snapshotOf(away, 'far')).KmsKeyId, (await snapshotOf(away, 'far')).Status],
    [KmsKeyId, 'available'],
  );
});

test.run();
