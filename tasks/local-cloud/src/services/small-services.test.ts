import * as CloudControl from '@aws-sdk/client-cloudcontrol';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as IAM from '@aws-sdk/client-iam';
import * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import * as SecretsManager from '@aws-sdk/client-secrets-manager';
import * as SSM from '@aws-sdk/client-ssm';
import * as S3 from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, REALM, testCloud } from '../testing/test-cloud.ts';
import type { Planted } from '../testing/test-cloud.ts';

const ACCOUNT = '111111111111';

test('log groups are made, found by prefix and deleted', async () => {
  const logs = new Logs.CloudWatchLogsClient(testCloud().as(ACCOUNT));
  for (const logGroupName of ['/b/x', '/a/2', '/a/1'])
    await logs.send(new Logs.CreateLogGroupCommand({ logGroupName }));
  await logs.send(new Logs.PutRetentionPolicyCommand({ logGroupName: '/a/1', retentionInDays: 7 }));
  const { logGroups = [] } = await logs.send(new Logs.DescribeLogGroupsCommand({ logGroupNamePrefix: '/a' }));
  assert.equal(
    logGroups.map((group) => [group.logGroupName, group.retentionInDays, group.arn]),
    [
      ['/a/1', 7, 'arn:aws:logs:eu-west-1:111111111111:log-group:/a/1:*'],
      ['/a/2', undefined, 'arn:aws:logs:eu-west-1:111111111111:log-group:/a/2:*'],
    ],
  );
  await logs.send(new Logs.DeleteLogGroupCommand({ logGroupName: '/a/1' }));
  const failures = [
    await failureOf(logs.send(new Logs.DeleteLogGroupCommand({ logGroupName: '/a/1' }))),
    await failureOf(logs.send(new Logs.CreateLogGroupCommand({ logGroupName: '/a/2' }))),
  ];
  assert.equal(
    failures.map(({ name, message }) => `${name}: ${message}`),
    [
      'ResourceNotFoundException: The specified log group does not exist.',
      'ResourceAlreadyExistsException: The specified log group already exists',
    ],
  );
});

test('a service-linked role is made once and known in every region', async () => {
  const { as } = testCloud();
  const iam = new IAM.IAMClient(as(ACCOUNT));
  const RoleName = 'AWSServiceRoleForECS';
  const missing = await failureOf(iam.send(new IAM.GetRoleCommand({ RoleName })));
  assert.equal(missing, {
    name: 'NoSuchEntityException',
    message: 'The role with name AWSServiceRoleForECS cannot be found.',
    status: 404,
  });
  const create = new IAM.CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' });
  await iam.send(create);
  const again = await failureOf(iam.send(create));
  assert.equal(
    [again.name, again.message],
    [
      'InvalidInputException',
      'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.',
    ],
  );
  const elsewhere = new IAM.IAMClient(as(ACCOUNT, 'us-east-1'));
  const { Role } = await elsewhere.send(new IAM.GetRoleCommand({ RoleName }));
  assert.is(Role?.Arn, 'arn:aws:iam::111111111111:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS');
  assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), '"Service":"ecs.amazonaws.com"');
  const { Roles } = await iam.send(new IAM.ListRolesCommand({ PathPrefix: '/aws-service-role/' }));
  assert.is(Roles?.length, 1);
});

test('parameters have versions, paths and secrets', async () => {
  const ssm = new SSM.SSMClient(testCloud().as(ACCOUNT));
  const put = (Name: string, Value: string, more: Partial<SSM.PutParameterCommandInput> = {}) =>
    ssm.send(new SSM.PutParameterCommand({ Name, Value, Type: 'String', ...more }));
  await put('/app/a', 'one');
  await put('/app/deep/b', 'two', { Type: 'SecureString' });
  assert.is((await put('/app/a', 'three', { Overwrite: true })).Version, 2);
  const get = async (Name: string, WithDecryption = false) =>
    (await ssm.send(new SSM.GetParameterCommand({ Name, WithDecryption }))).Parameter;
  assert.equal([(await get('/app/a'))?.Value, (await get('/app/a'))?.Version], ['three', 2]);
  assert.is((await get('arn:aws:ssm:eu-west-1:111111111111:parameter/app/a'))?.Value, 'three');
  assert.is((await get('/app/deep/b', true))?.Value, 'two');
  assert.not.match((await get('/app/deep/b'))?.Value ?? '', 'two');
  const byPath = async (Recursive: boolean) =>
    (await ssm.send(new SSM.GetParametersByPathCommand({ Path: '/app', Recursive }))).Parameters?.map(
      ({ Name }) => Name,
    );
  assert.equal([await byPath(false), await byPath(true)], [['/app/a'], ['/app/a', '/app/deep/b']]);
  const several = await ssm.send(new SSM.GetParametersCommand({ Names: ['/app/a', '/none'] }));
  assert.equal([several.Parameters?.length, several.InvalidParameters], [1, ['/none']]);
  const taken = await failureOf(put('/app/a', 'four'));
  assert.is(
    taken.message,
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
  await ssm.send(new SSM.DeleteParameterCommand({ Name: '/app/a' }));
  assert.equal((await failureOf(get('/app/a'))).name, 'ParameterNotFound');
});

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:stage/admin-AbCdEf';
const SECRET: Planted = {
  type: 'AWS::SecretsManager::Secret',
  id: SECRET_ARN,
  arn: SECRET_ARN,
  properties: { Name: 'stage/admin', SecretString: 'hunter2' },
  tags: { environment: 'stage' },
};

test('a secret is found by name, by ARN and by ARN without its suffix', async () => {
  const gone = { ...SECRET, id: 'gone', arn: `${SECRET_ARN}-2`, properties: { Name: 'gone', DeletedDate: 1 } };
  const client = new SecretsManager.SecretsManagerClient(testCloud({ planted: [SECRET, gone] }).as(ACCOUNT));
  const value = (SecretId: string) => client.send(new SecretsManager.GetSecretValueCommand({ SecretId }));
  for (const id of ['stage/admin', SECRET_ARN, SECRET_ARN.slice(0, -7)])
    assert.is((await value(id)).SecretString, 'hunter2');
  const described = await client.send(new SecretsManager.DescribeSecretCommand({ SecretId: 'stage/admin' }));
  assert.equal(described.Tags, [{ Key: 'environment', Value: 'stage' }]);
  const { SecretList } = await client.send(new SecretsManager.ListSecretsCommand({}));
  assert.equal(
    SecretList?.map(({ Name }) => Name),
    ['stage/admin'],
  );
  const filtered = (Key: 'name' | 'tag-value', Values: string[]) =>
    client.send(new SecretsManager.ListSecretsCommand({ Filters: [{ Key, Values }] }));
  assert.is((await filtered('name', ['stage/'])).SecretList?.length, 1);
  assert.is((await filtered('tag-value', ['!stage'])).SecretList?.length, 0);
  assert.is((await failureOf(value('none'))).message, "Secrets Manager can't find the specified secret.");
  assert.is(
    (await failureOf(value('gone'))).message,
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
});

const tagged = (type: string, arn: string, tags: Record<string, string>): Planted => ({ type, id: arn, arn, tags });

test('everything is found by its tags, in pages', async () => {
  const own = { environment: 'stage', owner: 'platform' };
  const arns = [
    'arn:aws:ecs:eu-west-1:111111111111:cluster/stage',
    'arn:aws:ecs:eu-west-1:111111111111:service/stage/web',
    'arn:aws:s3:::stage-logs',
  ] as const;
  const planted = [
    tagged('AWS::ECS::Cluster', arns[0], own),
    tagged('AWS::ECS::Service', arns[1], { environment: 'prod' }),
    tagged('AWS::S3::Bucket', arns[2], own),
    tagged('AWS::IAM::Role', 'arn:aws:iam::111111111111:role/r', own),
    tagged('AWS::Logs::LogGroup', 'arn:aws:logs:eu-west-1:111111111111:log-group:x', {}),
    {
      ...tagged('AWS::Route53::HostedZone', 'arn:aws:route53:::hostedzone/Z1', own),
      realm: { ...REALM, region: 'global' },
    },
  ];
  const { as } = testCloud({ planted });
  const client = new Tagging.ResourceGroupsTaggingAPIClient(as(ACCOUNT));
  const find = async (input: Tagging.GetResourcesCommandInput) =>
    (await client.send(new Tagging.GetResourcesCommand(input))).ResourceTagMappingList?.map((each) => each.ResourceARN);
  const TagFilters = [{ Key: 'environment', Values: ['stage'] }];
  assert.equal(await find({ TagFilters }), [arns[0], arns[2]]);
  assert.equal(await find({ TagFilters: [{ Key: 'environment' }] }), [...arns]);
  assert.equal(await find({ TagFilters: [...TagFilters, { Key: 'owner', Values: ['nobody'] }] }), []);
  assert.equal(await find({ ResourceTypeFilters: ['ecs'] }), [arns[0], arns[1]]);
  assert.equal(await find({ ResourceTypeFilters: ['ecs:cluster', 's3:bucket'] }), [arns[0], arns[2]]);
  const { PaginationToken } = await client.send(new Tagging.GetResourcesCommand({ ResourcesPerPage: 2 }));
  assert.equal(await find({ ResourcesPerPage: 2, PaginationToken }), [arns[2]]);
  const global = new Tagging.ResourceGroupsTaggingAPIClient(as(ACCOUNT, 'us-east-1'));
  const { ResourceTagMappingList } = await global.send(new Tagging.GetResourcesCommand({}));
  assert.equal(
    ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN),
    ['arn:aws:route53:::hostedzone/Z1'],
  );
});

test('Cloud Control deletes what may be deleted, after a while', async () => {
  const { as, pass } = testCloud({ planted: [SECRET] });
  const client = new CloudControl.CloudControlClient(as(ACCOUNT));
  const what = { TypeName: 'AWS::SecretsManager::Secret', Identifier: SECRET_ARN };
  const { ResourceDescription } = await client.send(new CloudControl.GetResourceCommand(what));
  assert.equal(JSON.parse(ResourceDescription?.Properties ?? ''), {
    Name: 'stage/admin',
    Tags: [{ Key: 'environment', Value: 'stage' }],
  });
  const command = new CloudControl.DeleteResourceCommand({ ...what, ClientToken: 'once' });
  const { ProgressEvent } = await client.send(command);
  assert.is(ProgressEvent?.OperationStatus, 'IN_PROGRESS');
  assert.equal((await client.send(command)).ProgressEvent, ProgressEvent);
  const { RequestToken } = ProgressEvent ?? {};
  assert.is((await client.send(new CloudControl.ListResourcesCommand(what))).ResourceDescriptions?.length, 1);
  pass(60_000);
  const status = await client.send(new CloudControl.GetResourceRequestStatusCommand({ RequestToken }));
  assert.is(status.ProgressEvent?.OperationStatus, 'SUCCESS');
  assert.is((await client.send(new CloudControl.ListResourcesCommand(what))).ResourceDescriptions?.length, 0);
  const gone = await failureOf(client.send(new CloudControl.GetResourceCommand(what)));
  assert.match(gone.message, `Resource of type '${what.TypeName}' with identifier '${SECRET_ARN}' was not found.`);
});

test('Cloud Control says why AWS refuses a delete', async () => {
  const { as, pass } = testCloud();
  const s3 = new S3.S3Client(as(ACCOUNT));
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
  await s3.send(new S3.CreateBucketCommand({ Bucket: 'full', CreateBucketConfiguration }));
  await s3.send(new S3.PutObjectCommand({ Bucket: 'full', Key: 'a', Body: 'a' }));
  const client = new CloudControl.CloudControlClient(as(ACCOUNT));
  const what = { TypeName: 'AWS::S3::Bucket', Identifier: 'full' };
  const { ProgressEvent } = await client.send(new CloudControl.DeleteResourceCommand(what));
  pass(60_000);
  const RequestToken = ProgressEvent?.RequestToken;
  const status = await client.send(new CloudControl.GetResourceRequestStatusCommand({ RequestToken }));
  assert.is(status.ProgressEvent?.OperationStatus, 'FAILED');
  assert.match(status.ProgressEvent?.StatusMessage ?? '', 'The bucket you tried to delete is not empty');
  const unknown = await failureOf(client.send(new CloudControl.GetResourceRequestStatusCommand({ RequestToken: 'x' })));
  assert.is(unknown.name, 'RequestTokenNotFoundException');
  const nonsense = await failureOf(
    client.send(new CloudControl.GetResourceCommand({ TypeName: 'Bucket', Identifier: 'a' })),
  );
  assert.match(nonsense.message, "Value 'Bucket' at 'typeName' failed to satisfy constraint");
});

test.run();
