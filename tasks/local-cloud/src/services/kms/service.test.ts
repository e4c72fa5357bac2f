import * as CloudControl from '@aws-sdk/client-cloudcontrol';
import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as KMS from '@aws-sdk/client-kms';
import * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, START, testCloud } from '../../testing/test-cloud.ts';
import type { TestCloud } from '../../testing/test-cloud.ts';

const OURS = '111111111111';
const THEIRS = '222222222222';
const DAY_MS = 86_400_000;
const ARN = `arn:aws:kms:eu-west-1:${OURS}`;

const test = suite<TestCloud & { kms: KMS.KMSClient }>('kms');
test.before.each((context) => {
  const tested = testCloud();
  Object.assign(context, tested, { kms: new KMS.KMSClient(tested.as(OURS)) });
});

async function newKey(kms: KMS.KMSClient, input: KMS.CreateKeyCommandInput = {}): Promise<KMS.KeyMetadata> {
  const { KeyMetadata } = await kms.send(new KMS.CreateKeyCommand(input));
  assert.ok(KeyMetadata);
  return KeyMetadata;
}

async function stateOf(kms: KMS.KMSClient, KeyId: string): Promise<string> {
  const { KeyMetadata } = await kms.send(new KMS.DescribeKeyCommand({ KeyId }));
  return `${KeyMetadata?.KeyState} ${KeyMetadata?.Enabled} ${KeyMetadata?.DeletionDate?.toISOString() ?? 'stays'}`;
}

test('a key is made, described and listed', async ({ kms }) => {
  const { KeyId, ...rest } = await newKey(kms, { Description: 'ours', Tags: [{ TagKey: 'a', TagValue: 'b' }] });
  assert.match(KeyId ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  assert.equal(rest, {
    AWSAccountId: OURS,
    Arn: `${ARN}:key/${KeyId}`,
    CreationDate: new Date(START),
    Enabled: true,
    Description: 'ours',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  });
  await newKey(kms);
  const first = await kms.send(new KMS.ListKeysCommand({ Limit: 1 }));
  assert.equal(first.Keys, [{ KeyId, KeyArn: rest.Arn }]);
  assert.is(first.Truncated, true);
  const second = await kms.send(new KMS.ListKeysCommand({ Marker: first.NextMarker }));
  assert.equal([second.Keys?.length, second.Truncated], [1, false]);
  const { Tags } = await kms.send(new KMS.ListResourceTagsCommand({ KeyId }));
  assert.equal(Tags, [{ TagKey: 'a', TagValue: 'b' }]);
  await kms.send(new KMS.UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
  assert.equal((await kms.send(new KMS.ListResourceTagsCommand({ KeyId }))).Tags, []);
});

test('what is not there is named as KMS names it', async ({ kms }) => {
  const failure = (KeyId: string) => failureOf(kms.send(new KMS.DescribeKeyCommand({ KeyId })));
  const id = '00000000-0000-0000-0000-000000000000';
  assert.equal(await failure(id), {
    name: 'NotFoundException',
    message: `Key '${ARN}:key/${id}' does not exist`,
    status: 400,
  });
  assert.is((await failure('x')).message, "Invalid keyId 'x'");
  assert.is((await failure('alias/x')).message, `Alias ${ARN}:alias/x is not found.`);
});

test('a deletion waits for its days, can be called off, and refuses everything meanwhile', async ({ kms, pass }) => {
  const { KeyId = '', Arn } = await newKey(kms);
  await kms.send(new KMS.CreateAliasCommand({ AliasName: 'alias/ours', TargetKeyId: KeyId }));
  const schedule = (PendingWindowInDays?: number) =>
    kms.send(new KMS.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }));
  assert.is((await failureOf(schedule(6))).name, 'ValidationException');
  assert.equal((await schedule()).DeletionDate, new Date(START + 30 * DAY_MS));
  assert.is(await stateOf(kms, KeyId), 'PendingDeletion false 2026-01-31T00:00:00.000Z');
  const refused = { name: 'KMSInvalidStateException', message: `${Arn} is pending deletion.`, status: 400 };
  assert.equal(await failureOf(schedule()), refused);
  assert.equal(await failureOf(kms.send(new KMS.EnableKeyCommand({ KeyId }))), refused);
  assert.equal(await failureOf(kms.send(new KMS.GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))), refused);
  await kms.send(new KMS.CancelKeyDeletionCommand({ KeyId }));
  assert.is(await stateOf(kms, KeyId), 'Disabled false stays');
  assert.is(
    (await failureOf(kms.send(new KMS.CancelKeyDeletionCommand({ KeyId })))).message,
    `${Arn} is not pending deletion.`,
  );
  assert.equal(await failureOf(kms.send(new KMS.EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }))), {
    name: 'DisabledException',
    message: `${Arn} is disabled.`,
    status: 400,
  });
  pass(31 * DAY_MS);
  assert.is(await stateOf(kms, KeyId), 'Disabled false stays');
  await schedule(7);
  pass(7 * DAY_MS);
  assert.is((await failureOf(stateOf(kms, KeyId))).name, 'NotFoundException');
  assert.equal((await kms.send(new KMS.ListAliasesCommand({}))).Aliases, []);
});

test('CloudFormation deletes a key by having it wait, which only tags still show', async ({ kms, as, pass }) => {
  const cloudformation = new CloudFormation.CloudFormationClient(as(OURS));
  const template = {
    Resources: {
      Key: { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: 7 } },
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/a', TargetKeyId: { Ref: 'Key' } } },
    },
  };
  const TemplateBody = JSON.stringify(template);
  const tags = [{ Key: 'environment', Value: 'stage' }];
  await cloudformation.send(new CloudFormation.CreateStackCommand({ StackName: 's', TemplateBody, Tags: tags }));
  pass(120_000);
  const { Keys } = await kms.send(new KMS.ListKeysCommand({}));
  const KeyId = Keys?.[0]?.KeyId ?? '';
  assert.is(await stateOf(kms, 'alias/a'), 'Enabled true stays');
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName: 's' }));
  pass(120_000);
  assert.match(await stateOf(kms, KeyId), /^PendingDeletion false 2026-01-08T00:0/);
  const tagging = new Tagging.ResourceGroupsTaggingAPIClient(as(OURS));
  const found = await tagging.send(new Tagging.GetResourcesCommand({ TagFilters: [{ Key: 'environment' }] }));
  assert.equal(
    found.ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN),
    [`${ARN}:key/${KeyId}`],
  );
  const control = new CloudControl.CloudControlClient(as(OURS));
  const get = new CloudControl.GetResourceCommand({ TypeName: 'AWS::KMS::Key', Identifier: KeyId });
  assert.is((await failureOf(control.send(get))).name, 'ResourceNotFoundException');
  pass(7 * DAY_MS);
  assert.equal((await kms.send(new KMS.ListKeysCommand({}))).Keys, []);
});

test('an alias leads to one key at a time', async ({ kms }) => {
  const [one, two] = [await newKey(kms), await newKey(kms)];
  const create = (AliasName: string) => kms.send(new KMS.CreateAliasCommand({ AliasName, TargetKeyId: one.Arn }));
  await create('alias/ours');
  assert.equal(await failureOf(create('alias/ours')), {
    name: 'AlreadyExistsException',
    message: `An alias with the name ${ARN}:alias/ours already exists`,
    status: 400,
  });
  assert.match(
    (await failureOf(create('ours'))).message,
    /^Alias must start with the prefix "alias\/"\. Please see https:/,
  );
  assert.is((await failureOf(create('alias/aws/ours'))).name, 'NotAuthorizedException');
  await kms.send(new KMS.UpdateAliasCommand({ AliasName: 'alias/ours', TargetKeyId: two.KeyId }));
  const { Aliases } = await kms.send(new KMS.ListAliasesCommand({ KeyId: two.KeyId }));
  assert.equal(
    Aliases?.map(({ AliasArn }) => AliasArn),
    [`${ARN}:alias/ours`],
  );
  await kms.send(new KMS.DeleteAliasCommand({ AliasName: 'alias/ours' }));
  assert.is(
    (await failureOf(kms.send(new KMS.DeleteAliasCommand({ AliasName: 'alias/ours' })))).message,
    `Alias ${ARN}:alias/ours is not found.`,
  );
});

test('an AWS managed key appears when it is first named and cannot be changed', async ({ kms }) => {
  const { KeyMetadata } = await kms.send(new KMS.DescribeKeyCommand({ KeyId: 'alias/aws/rds' }));
  assert.equal([KeyMetadata?.KeyManager, KeyMetadata?.KeyState], ['AWS', 'Enabled']);
  const again = await kms.send(new KMS.DescribeKeyCommand({ KeyId: 'alias/aws/rds' }));
  assert.is(again.KeyMetadata?.KeyId, KeyMetadata?.KeyId);
  const schedule = new KMS.ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId });
  assert.is((await failureOf(kms.send(schedule))).name, 'AccessDeniedException');
});

test('encrypts and decrypts for who names the same context', async ({ kms }) => {
  const { KeyId, Arn } = await newKey(kms);
  const EncryptionContext = { for: 'a test' };
  const { CiphertextBlob } = await kms.send(
    new KMS.EncryptCommand({ KeyId, Plaintext: Buffer.from('secret'), EncryptionContext }),
  );
  const decrypted = await kms.send(new KMS.DecryptCommand({ CiphertextBlob, EncryptionContext }));
  assert.is(Buffer.from(decrypted.Plaintext ?? []).toString(), 'secret');
  assert.is(decrypted.KeyId, Arn);
  assert.is((await failureOf(kms.send(new KMS.DecryptCommand({ CiphertextBlob })))).name, 'InvalidCiphertextException');
  const garbage = new KMS.DecryptCommand({ CiphertextBlob: Buffer.from('garbage') });
  assert.is((await failureOf(kms.send(garbage))).name, 'InvalidCiphertextException');
  const dataKey = await kms.send(new KMS.GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
  assert.is(dataKey.Plaintext?.length, 32);
  const opened = await kms.send(new KMS.DecryptCommand({ CiphertextBlob: dataKey.CiphertextBlob }));
  assert.equal(opened.Plaintext, dataKey.Plaintext);
  const other = await newKey(kms);
  const moved = await kms.send(
    new KMS.ReEncryptCommand({ CiphertextBlob: dataKey.CiphertextBlob, DestinationKeyId: other.KeyId }),
  );
  const named = new KMS.DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, KeyId });
  assert.is((await failureOf(kms.send(named))).name, 'IncorrectKeyException');
  assert.equal(
    (await kms.send(new KMS.DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }))).Plaintext,
    dataKey.Plaintext,
  );
});

test('another account uses a key by its ARN, as far as the policy or a grant lets it', async ({ kms, as }) => {
  const { KeyId, Arn } = await newKey(kms);
  const theirs = new KMS.KMSClient(as(THEIRS));
  const describe = () => theirs.send(new KMS.DescribeKeyCommand({ KeyId: Arn }));
  const encrypt = () => theirs.send(new KMS.EncryptCommand({ KeyId: Arn, Plaintext: Buffer.from('x') }));
  assert.equal(await failureOf(describe()), {
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::${THEIRS}:root is not authorized to perform: kms:DescribeKey on resource: ${Arn} because no resource-based policy allows the kms:DescribeKey action`,
    status: 400,
  });
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OURS}:root` }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: [`arn:aws:iam::${THEIRS}:root`] },
        Action: ['kms:Describe*'],
        Resource: '*',
      },
    ],
  };
  const put = (Policy: object) => kms.send(new KMS.PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify(Policy) }));
  assert.equal(await failureOf(put({ ...policy, Statement: policy.Statement.slice(1) })), {
    name: 'MalformedPolicyDocumentException',
    message: 'The new key policy will not allow you to update the key policy in the future.',
    status: 400,
  });
  await put(policy);
  assert.equal(JSON.parse((await kms.send(new KMS.GetKeyPolicyCommand({ KeyId }))).Policy ?? ''), policy);
  assert.is((await describe()).KeyMetadata?.AWSAccountId, OURS);
  assert.is((await failureOf(encrypt())).name, 'AccessDeniedException');
  const grant = {
    KeyId,
    GranteePrincipal: `arn:aws:iam::${THEIRS}:root`,
    Operations: [KMS.GrantOperation.Encrypt],
    Name: 'g',
  };
  const { GrantId } = await kms.send(new KMS.CreateGrantCommand(grant));
  assert.is((await kms.send(new KMS.CreateGrantCommand(grant))).GrantId, GrantId);
  assert.is((await encrypt()).KeyId, Arn);
  const { Grants } = await kms.send(new KMS.ListGrantsCommand({ KeyId }));
  assert.equal(
    Grants?.map((one) => one.Operations),
    [['Encrypt']],
  );
  await kms.send(new KMS.RevokeGrantCommand({ KeyId, GrantId }));
  assert.is((await failureOf(encrypt())).name, 'AccessDeniedException');
});

test('rotation is on, off, and due', async ({ kms, pass }) => {
  const { KeyId } = await newKey(kms);
  const status = () => kms.send(new KMS.GetKeyRotationStatusCommand({ KeyId }));
  assert.is((await status()).KeyRotationEnabled, false);
  await kms.send(new KMS.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
  pass(100 * DAY_MS);
  assert.equal((await status()).NextRotationDate, new Date(START + 180 * DAY_MS));
  await kms.send(new KMS.DisableKeyRotationCommand({ KeyId }));
  assert.is((await status()).KeyRotationEnabled, false);
});

test.run();
