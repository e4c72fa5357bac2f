import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeLate } from '../../catalog/logs.ts';
import { noLog } from '../../store/log.ts';
import { Store } from '../../store/store.ts';
import { failureOf, REALM, START, testCloud } from '../../testing/test-cloud.ts';
import { findRecord } from '../../catalog/stored-record.ts';

const ACCOUNT = '111111111111';
const logGroupName = '/stage/web';
const logStreamName = 'web/1';
const group = { logGroupName };

async function withStream() {
  const tested = testCloud();
  const logs = new Logs.CloudWatchLogsClient(tested.as(ACCOUNT));
  await logs.send(new Logs.CreateLogGroupCommand({ ...group, tags: { environment: 'stage' } }));
  await logs.send(new Logs.CreateLogStreamCommand({ ...group, logStreamName }));
  const write = (...lines: [number, string][]) =>
    logs.send(
      new Logs.PutLogEventsCommand({
        ...group,
        logStreamName,
        logEvents: lines.map(([ms, message]) => ({ timestamp: START + ms, message })),
      }),
    );
  return { ...tested, logs, write };
}

test('events are read from either end, and searched', async () => {
  const { logs, write } = await withStream();
  await write([1, 'one ERROR here'], [2, 'two fine'], [3, 'three ERROR "a b"']);
  const read = async (more: Partial<Logs.GetLogEventsCommandInput>) => {
    const { events, ...tokens } = await logs.send(new Logs.GetLogEventsCommand({ ...group, logStreamName, ...more }));
    return { ...tokens, first: events?.map(({ message }) => message?.split(' ')[0]) };
  };
  const head = await read({ startFromHead: true, limit: 2 });
  assert.equal(head.first, ['one', 'two']);
  const next = await read({ nextToken: head.nextForwardToken, limit: 2 });
  assert.equal(next.first, ['three']);
  const end = await read({ nextToken: next.nextForwardToken });
  assert.equal([end.first, end.nextForwardToken], [[], next.nextForwardToken]);
  assert.equal((await read({ limit: 1 })).first, ['three']);
  const search = async (filterPattern: string) =>
    (await logs.send(new Logs.FilterLogEventsCommand({ ...group, filterPattern }))).events?.length;
  assert.equal(
    [await search('ERROR'), await search('ERROR -one'), await search('?fine ?one'), await search('"a b"')],
    [2, 1, 2, 1],
  );
});

test('events too old or too new are rejected, and those out of order refused', async () => {
  const { write } = await withStream();
  const { rejectedLogEventsInfo } = await write([-15 * 86_400_000, 'old'], [0, 'now'], [3 * 3_600_000, 'new']);
  assert.equal(rejectedLogEventsInfo, { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 });
  assert.is(
    (await failureOf(write([2, 'b'], [1, 'a']))).message,
    'Log events in a single PutLogEvents request must be in chronological order.',
  );
});

test('retention takes the old away', async () => {
  const { logs, pass, write } = await withStream();
  await write([0, 'old']);
  const refused = await failureOf(logs.send(new Logs.PutRetentionPolicyCommand({ ...group, retentionInDays: 2 })));
  assert.match(refused.message, "Value '2' at 'retentionInDays' failed to satisfy constraint");
  await logs.send(new Logs.PutRetentionPolicyCommand({ ...group, retentionInDays: 1 }));
  pass(86_400_001);
  const { events } = await logs.send(new Logs.FilterLogEventsCommand(group));
  assert.equal(events, []);
});

test('streams are listed by name and by last event', async () => {
  const { logs, write } = await withStream();
  await logs.send(new Logs.CreateLogStreamCommand({ ...group, logStreamName: 'a' }));
  await write([5, 'x']);
  const list = async (more: Partial<Logs.DescribeLogStreamsCommandInput>) =>
    (await logs.send(new Logs.DescribeLogStreamsCommand({ ...group, ...more }))).logStreams?.map(
      (stream) => stream.logStreamName,
    );
  assert.equal(await list({}), ['a', logStreamName]);
  assert.equal(await list({ orderBy: 'LastEventTime', descending: true }), [logStreamName, 'a']);
  assert.equal(await list({ logStreamNamePrefix: 'web' }), [logStreamName]);
  await logs.send(new Logs.DeleteLogStreamCommand({ ...group, logStreamName }));
  const gone = await failureOf(logs.send(new Logs.GetLogEventsCommand({ ...group, logStreamName })));
  assert.equal([gone.name, gone.message], ['ResourceNotFoundException', 'The specified log stream does not exist.']);
});

test('tags and filters are kept', async () => {
  const { logs } = await withStream();
  const resourceArn = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:${logGroupName}`;
  await logs.send(new Logs.TagResourceCommand({ resourceArn, tags: { owner: 'me' } }));
  await logs.send(new Logs.UntagResourceCommand({ resourceArn, tagKeys: ['environment'] }));
  const { tags } = await logs.send(new Logs.ListTagsForResourceCommand({ resourceArn }));
  assert.equal(tags, { owner: 'me' });
  const metricTransformations = [{ metricName: 'errors', metricNamespace: 'stage', metricValue: '1' }];
  const filter = { ...group, filterName: 'errors', filterPattern: 'ERROR', metricTransformations };
  await logs.send(new Logs.PutMetricFilterCommand(filter));
  const { metricFilters } = await logs.send(new Logs.DescribeMetricFiltersCommand(group));
  assert.equal(metricFilters, [{ ...filter, creationTime: START }]);
  const { logGroups } = await logs.send(new Logs.DescribeLogGroupsCommand({ logGroupNamePattern: 'WEB' }));
  assert.is(logGroups?.[0]?.metricFilterCount, 1);
  const subscribe = (filterName: string) =>
    logs.send(
      new Logs.PutSubscriptionFilterCommand({ ...group, filterName, filterPattern: '', destinationArn: 'arn:aws:x' }),
    );
  await subscribe('a');
  await subscribe('b');
  assert.is((await failureOf(subscribe('c'))).message, 'Resource limit exceeded.');
});

test('a late writer makes its group again, bare, and a rebuild fails over it', async () => {
  const world = new Store({ log: noLog, seed: 'a' });
  world.transact(0, (inside) => writeLate(inside, REALM, '/late', 's'));
  world.transact(1, (inside) => {
    const record = findRecord(inside, REALM, 'AWS::Logs::LogGroup', '/late');
    assert.equal([record?.tags, record?.stackId, record?.properties], [{}, undefined, { LogGroupName: '/late' }]);
  });
  const { as, pass, logs } = { ...(await withStream()) };
  await logs.send(new Logs.DescribeLogGroupsCommand({}));
  const cloudformation = new CloudFormation.CloudFormationClient(as(ACCOUNT));
  const template = { Resources: { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: logGroupName } } } };
  await cloudformation.send(
    new CloudFormation.CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify(template) }),
  );
  pass(600_000);
  const { StackEvents = [] } = await cloudformation.send(
    new CloudFormation.DescribeStackEventsCommand({ StackName: 's' }),
  );
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  assert.match(failed?.ResourceStatusReason ?? '', 'The specified log group already exists');
});

test.run();
