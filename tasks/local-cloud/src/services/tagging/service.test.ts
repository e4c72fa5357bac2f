import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const GROUP = 'arn:aws:logs:eu-west-1:111111111111:log-group:/stage/web';
const TagFilters = [{ Key: 'environment', Values: ['stage'] }];

async function open() {
  const tested = testCloud();
  const config = tested.as('111111111111');
  const logs = new Logs.CloudWatchLogsClient(config);
  await logs.send(new Logs.CreateLogGroupCommand({ logGroupName: '/stage/web' }));
  return { ...tested, logs, config, tagging: new Tagging.ResourceGroupsTaggingAPIClient(config) };
}

test('tags that are put here are seen by the service itself, and the other way round', async () => {
  const { logs, tagging } = await open();
  const find = async () =>
    (await tagging.send(new Tagging.GetResourcesCommand({ TagFilters }))).ResourceTagMappingList?.map(
      ({ ResourceARN }) => ResourceARN,
    );
  assert.equal(await find(), []);
  const none = 'arn:aws:logs:eu-west-1:111111111111:log-group:none';
  const { FailedResourcesMap } = await tagging.send(
    new Tagging.TagResourcesCommand({ ResourceARNList: [GROUP, none], Tags: { environment: 'stage', a: '1' } }),
  );
  assert.equal(FailedResourcesMap, {
    [none]: {
      StatusCode: 400,
      ErrorCode: 'InvalidParameterException',
      ErrorMessage: `${none} does not exist, or cannot be tagged here`,
    },
  });
  assert.equal(await find(), [GROUP]);
  const { tags } = await logs.send(new Logs.ListTagsForResourceCommand({ resourceArn: GROUP }));
  assert.equal(tags, { environment: 'stage', a: '1' });
  await tagging.send(new Tagging.UntagResourcesCommand({ ResourceARNList: [GROUP], TagKeys: ['environment'] }));
  assert.equal(await find(), []);
  await logs.send(new Logs.TagResourceCommand({ resourceArn: GROUP, tags: { environment: 'stage' } }));
  assert.equal(await find(), [GROUP]);
  await logs.send(new Logs.DeleteLogGroupCommand({ logGroupName: '/stage/web' }));
  assert.equal(await find(), []);
});

test('what is only scheduled for deletion is still found', async () => {
  const { config, pass, tagging } = await open();
  const secrets = new SecretsManager.SecretsManagerClient(config);
  const Tags = [{ Key: 'environment', Value: 'stage' }];
  const { ARN } = await secrets.send(new SecretsManager.CreateSecretCommand({ Name: 'a', Tags }));
  await secrets.send(new SecretsManager.DeleteSecretCommand({ SecretId: 'a', RecoveryWindowInDays: 7 }));
  const find = async () =>
    (await tagging.send(new Tagging.GetResourcesCommand({ TagFilters }))).ResourceTagMappingList?.map(
      ({ ResourceARN }) => ResourceARN,
    );
  assert.equal(await find(), [ARN]);
  pass(7 * 86_400_000);
  assert.equal(await find(), []);
});

test('keys and values are listed once each', async () => {
  const { logs, tagging } = await open();
  for (const [logGroupName, environment] of [
    ['a', 'stage'],
    ['b', 'prod'],
    ['c', 'stage'],
  ] as const) {
    await logs.send(new Logs.CreateLogGroupCommand({ logGroupName, tags: { environment, owner: 'me' } }));
  }
  assert.equal((await tagging.send(new Tagging.GetTagKeysCommand({}))).TagKeys, ['environment', 'owner']);
  const { TagValues } = await tagging.send(new Tagging.GetTagValuesCommand({ Key: 'environment' }));
  assert.equal(TagValues, ['prod', 'stage']);
});

test('what cannot be asked for is refused', async () => {
  const { tagging } = await open();
  const refusals = await Promise.all([
    failureOf(tagging.send(new Tagging.GetResourcesCommand({ TagFilters, ResourceARNList: [GROUP] }))),
    failureOf(tagging.send(new Tagging.GetResourcesCommand({ ResourcesPerPage: 101 }))),
    failureOf(tagging.send(new Tagging.TagResourcesCommand({ ResourceARNList: [GROUP], Tags: { 'aws:x': '1' } }))),
  ]);
  assert.equal(
    refusals.map(({ name }) => name),
    ['InvalidParameterException', 'InvalidParameterException', 'InvalidParameterException'],
  );
});

test.run();
