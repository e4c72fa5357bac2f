import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const SecretId = 'stage/db';
const DAY_MS = 86_400_000;

async function withSecret() {
  const tested = testCloud();
  const client = new SecretsManager.SecretsManagerClient(tested.as('111111111111'));
  const create = () =>
    client.send(new SecretsManager.CreateSecretCommand({ Name: SecretId, SecretString: 'one', ClientRequestToken: A }));
  await create();
  const read = (more: Partial<SecretsManager.GetSecretValueCommandInput> = {}) =>
    client.send(new SecretsManager.GetSecretValueCommand({ SecretId, ...more }));
  return { ...tested, client, create, read };
}

const A = 'a'.repeat(32);
const words = async (promise: Promise<unknown>) => {
  const { name, message } = await failureOf(promise);
  return `${name}: ${message}`;
};

test('a new value is current, the old one previous, and the one before gone', async () => {
  const { client, read } = await withSecret();
  const put = (SecretString: string) =>
    client.send(new SecretsManager.PutSecretValueCommand({ SecretId, SecretString }));
  await put('two');
  assert.equal(
    [(await read()).SecretString, (await read({ VersionStage: 'AWSPREVIOUS' })).SecretString],
    ['two', 'one'],
  );
  const { VersionId } = await put('three');
  assert.equal((await read({ VersionId })).VersionStages, ['AWSCURRENT']);
  const { Versions } = await client.send(new SecretsManager.ListSecretVersionIdsCommand({ SecretId }));
  assert.equal(
    Versions?.map(({ VersionStages }) => VersionStages),
    [['AWSPREVIOUS'], ['AWSCURRENT']],
  );
  assert.is(
    await words(read({ VersionId: A })),
    `ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: ${A}`,
  );
});

test('bytes come back as bytes', async () => {
  const { client, read } = await withSecret();
  const SecretBinary = Uint8Array.from([0, 255, 7]);
  await client.send(new SecretsManager.UpdateSecretCommand({ SecretId, SecretBinary, Description: 'mine' }));
  const value = await read();
  assert.equal([[...(value.SecretBinary ?? [])], value.SecretString], [[0, 255, 7], undefined]);
});

test('the same request again is the same secret, another one is refused', async () => {
  const { client, create } = await withSecret();
  assert.is((await create()).VersionId, A);
  assert.is(
    await words(client.send(new SecretsManager.CreateSecretCommand({ Name: SecretId, SecretString: 'two' }))),
    'ResourceExistsException: The operation failed because the secret stage/db already exists.',
  );
});

test('a secret that is scheduled for deletion keeps its name until its window is over', async () => {
  const { client, pass, read, create } = await withSecret();
  const remove = (more: Partial<SecretsManager.DeleteSecretCommandInput>) =>
    client.send(new SecretsManager.DeleteSecretCommand({ SecretId, ...more }));
  assert.is(
    await words(remove({ RecoveryWindowInDays: 6 })),
    'InvalidParameterException: The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
  );
  assert.is(
    await words(remove({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true })),
    "InvalidParameterException: You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
  );
  await remove({ RecoveryWindowInDays: 7 });
  const taken =
    "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.";
  assert.is(await words(create()), taken);
  assert.match(await words(read()), 'because it was marked for deletion.');
  assert.match(await words(remove({})), 'because it was already scheduled for deletion.');
  await client.send(new SecretsManager.RestoreSecretCommand({ SecretId }));
  assert.is((await read()).SecretString, 'one');
  await remove({ RecoveryWindowInDays: 10 });
  pass(8 * DAY_MS);
  assert.is(await words(create()), taken);
  pass(2 * DAY_MS);
  await create();
});

test('a forced delete keeps the name for some seconds', async () => {
  const { client, pass, create } = await withSecret();
  const remove = new SecretsManager.DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true });
  await client.send(remove);
  assert.match(await words(create()), 'already scheduled for deletion');
  pass(10_000);
  await client.send(remove);
  await create();
});

test('passwords have one letter of each kind, and none that is excluded', async () => {
  const { client } = await withSecret();
  const { RandomPassword = '' } = await client.send(
    new SecretsManager.GetRandomPasswordCommand({ PasswordLength: 4, ExcludeCharacters: 'aeiou' }),
  );
  assert.is(RandomPassword.length, 4);
  for (const kind of [/[A-Z]/, /[b-df-hj-np-tv-z]/, /\d/, /[^A-Za-z\d]/]) assert.match(RandomPassword, kind);
});

test('tags and policies are kept', async () => {
  const { client } = await withSecret();
  await client.send(new SecretsManager.TagResourceCommand({ SecretId, Tags: [{ Key: 'a', Value: '1' }] }));
  await client.send(new SecretsManager.TagResourceCommand({ SecretId, Tags: [{ Key: 'b', Value: '2' }] }));
  await client.send(new SecretsManager.UntagResourceCommand({ SecretId, TagKeys: ['a'] }));
  const { Tags } = await client.send(new SecretsManager.DescribeSecretCommand({ SecretId }));
  assert.equal(Tags, [{ Key: 'b', Value: '2' }]);
  const ResourcePolicy = '{"Version":"2012-10-17","Statement":[]}';
  await client.send(new SecretsManager.PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  const policy = async () =>
    (await client.send(new SecretsManager.GetResourcePolicyCommand({ SecretId }))).ResourcePolicy;
  assert.is(await policy(), ResourcePolicy);
  await client.send(new SecretsManager.DeleteResourcePolicyCommand({ SecretId }));
  assert.is(await policy(), undefined);
});

test("a stack's secret is another version after its update, and gone at once with its stack", async () => {
  const { as, pass, client } = await withSecret();
  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  const stack = (SecretString: string) => ({
    StackName: 's',
    TemplateBody: JSON.stringify({
      Resources: { S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'own', SecretString } } },
    }),
  });
  await cloudformation.send(new CloudFormation.CreateStackCommand(stack('one')));
  pass(60_000);
  await cloudformation.send(new CloudFormation.UpdateStackCommand(stack('two')));
  pass(60_000);
  const value = async (VersionStage: string) =>
    (await client.send(new SecretsManager.GetSecretValueCommand({ SecretId: 'own', VersionStage }))).SecretString;
  assert.equal([await value('AWSCURRENT'), await value('AWSPREVIOUS')], ['two', 'one']);
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName: 's' }));
  pass(60_000);
  await client.send(new SecretsManager.CreateSecretCommand({ Name: 'own' }));
});

test('a secret learns where its database is', async () => {
  const { as, pass, client } = await withSecret();
  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  const GenerateSecretString = { SecretStringTemplate: '{"username":"admin"}', GenerateStringKey: 'password' };
  const template = {
    Resources: {
      S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db', GenerateSecretString } },
      Db: {
        Type: 'AWS::RDS::DBInstance',
        DeletionPolicy: 'Delete',
        Properties: {
          DBInstanceIdentifier: 'stage',
          DBInstanceClass: 'db.t4g.micro',
          Engine: 'postgres',
          AllocatedStorage: '20',
          MasterUsername: '{{resolve:secretsmanager:db:SecretString:username}}',
          MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}',
        },
        DependsOn: 'S',
      },
      Attachment: {
        Type: 'AWS::SecretsManager::SecretTargetAttachment',
        Properties: { SecretId: { Ref: 'S' }, TargetId: { Ref: 'Db' }, TargetType: 'AWS::RDS::DBInstance' },
      },
    },
  };
  await cloudformation.send(
    new CloudFormation.CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify(template) }),
  );
  pass(3_600_000);
  const { SecretString = '' } = await client.send(new SecretsManager.GetSecretValueCommand({ SecretId: 'db' }));
  const { engine, port, dbInstanceIdentifier, username } = JSON.parse(SecretString) as Record<string, unknown>;
  assert.equal([engine, port, dbInstanceIdentifier, username], ['postgres', 5432, 'stage', 'admin']);
});

test.run();
