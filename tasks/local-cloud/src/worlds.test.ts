import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REALM, failureOf, testCloud } from './testing/test-cloud.ts';

const OTHER = '222222222222';
const TemplateBody = JSON.stringify({
  Resources: { Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'one' } } },
});

/** A cloud with a stack, a parameter and a bucket in one account and region. */
async function furnished() {
  const cloud = testCloud();
  await new CloudFormationClient(cloud.as(REALM.account)).send(
    new CreateStackCommand({ StackName: 'one', TemplateBody }),
  );
  const parameter = { Name: '/one', Value: 'mine', Type: 'String' as const };
  await new SSMClient(cloud.as(REALM.account)).send(new PutParameterCommand(parameter));
  const where = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
  await new S3Client(cloud.as(REALM.account)).send(new CreateBucketCommand({ Bucket: 'the-only-one', ...where }));
  cloud.pass(60_000);
  return cloud;
}

type Cloud = Awaited<ReturnType<typeof furnished>>;

/** What a caller finds: stacks, the parameter, clusters, buckets. */
async function seen({ as }: Cloud, key: string, region?: string) {
  const stacks = await new CloudFormationClient(as(key, region)).send(new DescribeStacksCommand({}));
  const parameter = await new SSMClient(as(key, region)).send(new GetParameterCommand({ Name: '/one' })).then(
    (found) => found.Parameter?.Value,
    (error: Error) => error.name,
  );
  const clusters = await new ECSClient(as(key, region)).send(new ListClustersCommand({}));
  const buckets = await new S3Client(as(key, region)).send(new ListBucketsCommand({}));
  return [
    stacks.Stacks?.map(({ StackName }) => StackName),
    parameter,
    clusters.clusterArns?.length,
    buckets.Buckets?.map(({ Name }) => Name),
  ];
}

test('an account and a region see what is theirs, another account nothing, another region only the buckets', async () => {
  const cloud = await furnished();
  assert.equal(await seen(cloud, REALM.account), [['one'], 'mine', 1, ['the-only-one']]);
  assert.equal(await seen(cloud, OTHER), [[], 'ParameterNotFound', 0, []]);
  assert.equal(await seen(cloud, REALM.account, 'us-east-1'), [[], 'ParameterNotFound', 0, ['the-only-one']]);
});

test('another account’s stack is not found by its ARN either, and its names are free', async () => {
  const cloud = await furnished();
  const stack = await new CloudFormationClient(cloud.as(REALM.account)).send(new DescribeStacksCommand({}));
  const StackName = stack.Stacks?.[0]?.StackId ?? '';
  const other = new CloudFormationClient(cloud.as(OTHER));
  assert.is((await failureOf(other.send(new DescribeStacksCommand({ StackName })))).status, 400);
  await other.send(new CreateStackCommand({ StackName: 'one', TemplateBody }));
  cloud.pass(60_000);
  assert.is((await new ECSClient(cloud.as(OTHER)).send(new ListClustersCommand({}))).clusterArns?.length, 1);
});

test('AssumeRole moves to another account, and its credentials expire in the words of each protocol', async () => {
  const cloud = await furnished();
  const assume = async () => {
    const input = { RoleArn: `arn:aws:iam::${REALM.account}:role/deploy`, RoleSessionName: 'ci', DurationSeconds: 900 };
    const { Credentials } = await new STSClient(cloud.as(OTHER)).send(new AssumeRoleCommand(input));
    return Credentials?.AccessKeyId ?? '';
  };
  const key = await assume();
  const identity = await new STSClient(cloud.as(key)).send(new GetCallerIdentityCommand({}));
  assert.is(identity.Arn, `arn:aws:sts::${REALM.account}:assumed-role/deploy/ci`);
  assert.equal(await seen(cloud, key), [['one'], 'mine', 1, ['the-only-one']]);
  cloud.pass(901_000);
  const expired = { message: 'The security token included in the request is expired' };
  // Also after the cloud has forgotten the session, which it does when the next one begins.
  for (const again of [false, true]) {
    if (again) await assume();
    assert.equal(await failureOf(new CloudFormationClient(cloud.as(key)).send(new DescribeStacksCommand({}))), {
      ...{ name: 'ExpiredToken', ...expired, status: 403 },
    });
    assert.equal(await failureOf(new ECSClient(cloud.as(key)).send(new ListClustersCommand({}))), {
      ...{ name: 'ExpiredTokenException', ...expired, status: 400 },
    });
  }
});

test.run();
