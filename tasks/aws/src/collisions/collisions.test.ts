import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TAG, type ResolvedStack } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clientConfig } from '../client-settings.ts';
import { ACCOUNT, createTestAccount } from '../test-account.ts';
import { createCollisions } from './collisions.ts';

const OURS = { Key: TAG.environment, Value: 'stage' };
const THEIRS = { Key: TAG.environment, Value: 'prod' };

const TEMPLATE = `
Parameters: { Prefix: { Type: String, Default: stage } }
Conditions: { Never: !Equals [a, b] }
Resources:
  Log: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Sub '/\${AWS::StackName}/app' } }
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: !Sub '\${Prefix}/key', SecretString: x } }
  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '\${AWS::StackName}-\${AWS::AccountId}' } }
  Unnamed: { Type: AWS::S3::Bucket }
  Absent: { Type: AWS::Logs::LogGroup, Condition: Never, Properties: { LogGroupName: /stage-absent } }
`;
const BUCKET = `stage-data-${ACCOUNT}`;

const WANTED: ResolvedStack = {
  ...{ name: 'stage-data', layer: 'data', templateFile: 'data.yaml', templateBody: TEMPLATE },
  ...{ parameters: {}, capabilities: [], tags: {}, terminationProtection: false, dependsOn: [] },
};

function account() {
  const { settings: given, counter, stacks, pass } = createTestAccount();
  const settings = { ...given, sleep: async (ms: number) => pass(ms) };
  const config = clientConfig(settings);
  const collisions = createCollisions(settings, counter, ACCOUNT);
  const [logs, secrets, s3] = [
    new CloudWatchLogsClient(config),
    new SecretsManagerClient(config),
    new S3Client(config),
  ];
  const find = async () => await collisions.find('stage', WANTED);
  const lines = async () =>
    (await find()).map(({ logicalId, what, remedy }) => {
      return `${logicalId}: ${what}; ${'clear' in remedy ? `clear: ${remedy.clear}` : remedy.next}`;
    });
  const clear = async () => {
    for (const blocker of await find()) await collisions.clear(blocker);
  };
  const up = async () => {
    const { name: stackName, templateBody } = WANTED;
    const rest = { token: `up-${counter.calls['CreateStack'] ?? 0}`, parameters: {}, capabilities: [], tags: {} };
    const id = await stacks.create({ stackName, templateBody, ...rest, terminationProtection: false });
    pass(120_000);
    return (await stacks.sweep()).find((stack) => stack.id === id);
  };
  return { stacks, pass, logs, secrets, s3, collisions, lines, clear, up };
}

async function trash({ secrets }: ReturnType<typeof account>, Tags: { Key: string; Value: string }[]): Promise<void> {
  await secrets.send(new CreateSecretCommand({ Name: 'stage/key', SecretString: 'x', Tags }));
  await secrets.send(new DeleteSecretCommand({ SecretId: 'stage/key' }));
}

test('where nobody bears the names there is nothing to clear', async () => {
  assert.equal(await account().lines(), []);
});

test('what an earlier environment of the name has left is cleared away, and the stack can be made', async () => {
  const all = account();
  await all.logs.send(new CreateLogGroupCommand({ logGroupName: '/stage-data/app' }));
  await trash(all, [OURS]);
  await all.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await all.s3.send(new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet: [OURS] } }));
  assert.equal(await all.lines(), [
    'Log: log group /stage-data/app, which was left or written again; clear: DeleteLogGroup',
    'Secret: secret stage/key, which was scheduled for deletion; clear: DeleteSecret',
    `Bucket: bucket ${BUCKET}, which was left empty; clear: DeleteBucket`,
  ]);
  await all.clear();
  assert.equal(await all.lines(), []);
  assert.is((await all.up())?.status, 'CREATE_COMPLETE');
  assert.equal(await all.lines(), [], 'its own resources are not in its way');
});

test('clearing may be done twice', async () => {
  const all = account();
  await all.logs.send(new CreateLogGroupCommand({ logGroupName: '/stage-data/app' }));
  await trash(all, [OURS]);
  const found = await all.collisions.find('stage', WANTED);
  for (const blocker of [...found, ...found]) await all.collisions.clear(blocker);
  assert.equal(await all.lines(), []);
});

test('what belongs to another environment, or to nobody who says so, is left to a person', async () => {
  const all = account();
  const tags = { [TAG.environment]: 'prod' };
  await all.logs.send(new CreateLogGroupCommand({ logGroupName: '/stage-data/app', tags }));
  await trash(all, []);
  await all.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await all.s3.send(new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet: [THEIRS] } }));
  const place = '--secret-id stage/key --region eu-west-1';
  assert.equal(await all.lines(), [
    'Log: log group /stage-data/app belongs to the environment prod; if it may go, type: aws logs delete-log-group --log-group-name /stage-data/app --region eu-west-1',
    `Secret: secret stage/key is scheduled for deletion, and exists, and nothing says whose it is; if it may go for good, type: aws secretsmanager restore-secret ${place} && aws secretsmanager delete-secret ${place} --force-delete-without-recovery`,
    `Bucket: bucket ${BUCKET} belongs to the environment prod; if it may go with all that is in it, type: aws s3 rb s3://${BUCKET} --region eu-west-1`,
  ]);
  await all.clear();
  assert.is((await all.lines()).length, 3, 'nothing of it was touched');
});

test('a log group with tags of somebody’s is not taken for one that was written again', async () => {
  const all = account();
  const tags = { team: 'platform' };
  await all.logs.send(new CreateLogGroupCommand({ logGroupName: '/stage-data/app', tags }));
  assert.equal(await all.lines(), [
    'Log: log group /stage-data/app exists, and nothing says whose it is; if it may go, type: aws logs delete-log-group --log-group-name /stage-data/app --region eu-west-1',
  ]);
});

test('what another stack holds is named with it, and a secret that lives is nobody’s to delete', async () => {
  const all = account();
  const templateBody = TEMPLATE.replace('${AWS::StackName}/app', 'stage-data/app');
  const rest = { token: 'other', parameters: {}, capabilities: [], tags: { [TAG.environment]: 'stage' } };
  await all.stacks.create({ stackName: 'stage-other', templateBody, ...rest, terminationProtection: false });
  all.pass(120_000);
  assert.equal(await all.lines(), [
    'Log: log group /stage-data/app belongs to the stack stage-other; if it may go, type: aws logs delete-log-group --log-group-name /stage-data/app --region eu-west-1',
    'Secret: secret stage/key belongs to the stack stage-other; if it may go for good, type: aws secretsmanager delete-secret --secret-id stage/key --region eu-west-1 --force-delete-without-recovery',
  ]);
});

test('a bucket with objects in it is left, whosever it is', async () => {
  const all = account();
  await all.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await all.s3.send(new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet: [OURS] } }));
  await all.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'a' }));
  assert.equal(await all.lines(), [
    `Bucket: bucket ${BUCKET} belongs to the environment stage, and holds objects; if it may go with all that is in it, type: aws s3 rb s3://${BUCKET} --force --region eu-west-1`,
  ]);
});

test('of a bucket with versions the command names each of them', async () => {
  const all = account();
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await all.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await all.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
  await all.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'a' }));
  await all.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'a' }));
  const of = `--bucket ${BUCKET} --region eu-west-1`;
  const [line = ''] = await all.lines();
  assert.match(line, 'and holds objects; if it may go with all that is in it, type: ');
  assert.is(
    line.split('type: ')[1],
    `aws s3api list-object-versions ${of} --no-paginate --output json --query '{Objects:[Versions,DeleteMarkers][].{Key:Key,VersionId:VersionId}}'` +
      ` | aws s3api delete-objects ${of} --delete file:///dev/stdin (a thousand versions each time: again until nothing is left to delete),` +
      ` then: aws s3 rb s3://${BUCKET} --region eu-west-1`,
  );
});

test('names of groups that only begin alike are not confused', async () => {
  const all = account();
  await all.logs.send(new CreateLogGroupCommand({ logGroupName: '/stage-data/apple' }));
  assert.equal(await all.lines(), []);
  assert.is((await all.logs.send(new DescribeLogGroupsCommand({}))).logGroups?.length, 1);
});

test.run();
