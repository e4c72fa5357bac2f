import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { cbor } from '@smithy/core/cbor';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cloud } from '../../cloud.ts';
import { failureOf, START, testCloud } from '../../testing/test-cloud.ts';

const AlarmName = 'web-errors';
const ALARM = {
  AlarmName,
  Namespace: 'stage',
  MetricName: 'errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
} as const;

function open() {
  const tested = testCloud();
  return { ...tested, client: new CloudWatch.CloudWatchClient(tested.as('111111111111')) };
}

const words = async (promise: Promise<unknown>) => {
  const { name, message, status } = await failureOf(promise);
  return `${status} ${name}: ${message}`;
};

test('an alarm begins without data, is set, and keeps its state when it is put again', async () => {
  const { client, pass } = open();
  await client.send(new CloudWatch.PutMetricAlarmCommand({ ...ALARM, Tags: [{ Key: 'a', Value: '1' }] }));
  const alarm = async () =>
    (await client.send(new CloudWatch.DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0];
  const first = await alarm();
  assert.equal(
    [first?.AlarmArn, first?.StateValue, first?.StateReason, first?.Threshold],
    [
      'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:web-errors',
      'INSUFFICIENT_DATA',
      'Unchecked: Initial alarm creation',
      1,
    ],
  );
  pass(1000);
  await client.send(new CloudWatch.SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'test' }));
  await client.send(new CloudWatch.PutMetricAlarmCommand({ ...ALARM, Threshold: 5 }));
  const second = await alarm();
  assert.equal(
    [second?.StateValue, second?.StateUpdatedTimestamp, second?.Threshold],
    ['ALARM', new Date(START + 1000), 5],
  );
  const { AlarmHistoryItems } = await client.send(new CloudWatch.DescribeAlarmHistoryCommand({ AlarmName }));
  assert.equal(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary).toSorted(), [
    'Alarm "web-errors" created',
    'Alarm "web-errors" updated',
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
  ]);
  const { MetricAlarms } = await client.send(new CloudWatch.DescribeAlarmsCommand({ StateValue: 'OK' }));
  assert.equal(MetricAlarms, []);
});

test('alarms go, actions are switched, and what is not there is said', async () => {
  const { client } = open();
  await client.send(new CloudWatch.PutMetricAlarmCommand(ALARM));
  await client.send(new CloudWatch.DisableAlarmActionsCommand({ AlarmNames: [AlarmName] }));
  const { MetricAlarms } = await client.send(new CloudWatch.DescribeAlarmsCommand({ AlarmNamePrefix: 'web' }));
  assert.is(MetricAlarms?.[0]?.ActionsEnabled, false);
  await client.send(new CloudWatch.PutCompositeAlarmCommand({ AlarmName: 'all', AlarmRule: 'ALARM("web-errors")' }));
  const { CompositeAlarms } = await client.send(
    new CloudWatch.DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }),
  );
  assert.is(CompositeAlarms?.[0]?.AlarmRule, 'ALARM("web-errors")');
  const both = new CloudWatch.DeleteAlarmsCommand({ AlarmNames: [AlarmName, 'none'] });
  assert.is(await words(client.send(both)), '400 ResourceNotFound: Unknown alarm: none');
  await client.send(new CloudWatch.DeleteAlarmsCommand({ AlarmNames: [AlarmName, 'all'] }));
  assert.is(
    await words(client.send(new CloudWatch.PutMetricAlarmCommand({ ...ALARM, Statistic: undefined }))),
    '400 InvalidParameterCombinationException: Exactly one of Statistic and ExtendedStatistic must be specified for a metric alarm.',
  );
});

test('what is measured is listed and added up', async () => {
  const { client, pass } = open();
  const Dimensions = [{ Name: 'service', Value: 'web' }];
  const put = (...Values: number[]) =>
    client.send(
      new CloudWatch.PutMetricDataCommand({
        Namespace: 'stage',
        MetricData: [{ MetricName: 'errors', Dimensions, Values, Unit: 'Count' }],
      }),
    );
  await put(1, 2);
  pass(60_000);
  await put(6);
  pass(60_000);
  const { Metrics } = await client.send(new CloudWatch.ListMetricsCommand({ Namespace: 'stage' }));
  assert.equal(Metrics, [{ Namespace: 'stage', MetricName: 'errors', Dimensions }]);
  const window = { StartTime: new Date(START), EndTime: new Date(START + 300_000) };
  const Metric = { Namespace: 'stage', MetricName: 'errors', Dimensions };
  const values = async (Period: number, Stat: string) => {
    const MetricDataQueries = [{ Id: 'a', MetricStat: { Metric, Period, Stat } }];
    const result = await client.send(new CloudWatch.GetMetricDataCommand({ ...window, MetricDataQueries }));
    return result.MetricDataResults?.[0]?.Values;
  };
  assert.equal(
    [await values(60, 'Sum'), await values(300, 'Average'), await values(300, 'Maximum')],
    [[6, 3], [3], [6]],
  );
  assert.match(await words(values(60, 'p99')), 'does not simulate the statistic p99');
  const { Datapoints } = await client.send(
    new CloudWatch.GetMetricStatisticsCommand({ ...Metric, ...window, Period: 60, Statistics: ['SampleCount'] }),
  );
  assert.equal(
    Datapoints?.map(({ SampleCount, Unit }) => [SampleCount, Unit]),
    [
      [2, 'Count'],
      [1, 'Count'],
    ],
  );
});

test('dashboards and tags are kept', async () => {
  const { client } = open();
  const dashboard = { DashboardName: 'stage', DashboardBody: '{"widgets":[]}' };
  await client.send(new CloudWatch.PutDashboardCommand(dashboard));
  const { DashboardBody } = await client.send(new CloudWatch.GetDashboardCommand(dashboard));
  assert.is(DashboardBody, dashboard.DashboardBody);
  assert.is(
    await words(client.send(new CloudWatch.PutDashboardCommand({ ...dashboard, DashboardBody: 'x' }))),
    '400 DashboardInvalidInputError: The field DashboardBody must be a valid JSON object',
  );
  await client.send(new CloudWatch.DeleteDashboardsCommand({ DashboardNames: ['stage'] }));
  assert.is(
    await words(client.send(new CloudWatch.GetDashboardCommand(dashboard))),
    '400 ResourceNotFound: Dashboard stage does not exist',
  );
  await client.send(new CloudWatch.PutMetricAlarmCommand(ALARM));
  const ResourceARN = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:web-errors';
  await client.send(new CloudWatch.TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
  const { Tags } = await client.send(new CloudWatch.ListTagsForResourceCommand({ ResourceARN }));
  assert.equal(Tags, [{ Key: 'b', Value: '2' }]);
});

const SIGNED =
  'AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0';

function ask(cloud: Cloud, path: string, headers: Record<string, string>, body: Uint8Array) {
  return cloud.handle({ method: 'POST', path, query: '', headers: { authorization: SIGNED, ...headers }, body });
}

test('older clients ask in the query protocol, and are answered in it', async () => {
  const { client, cloud } = open();
  await client.send(new CloudWatch.PutMetricAlarmCommand(ALARM));
  const form = (text: string) =>
    ask(cloud, '/', { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, Buffer.from(text));
  const found = await form('Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=web-errors');
  assert.is(found.status, 200);
  assert.match(String(found.body), '<MetricAlarms><member><AlarmName>web-errors</AlarmName>');
  const set = 'Action=SetAlarmState&AlarmName=none&StateValue=OK&StateReason=x';
  const missing = await form(set);
  assert.is(missing.status, 404);
  assert.match(String(missing.body), '<Code>ResourceNotFound</Code>');
});

test('newer clients ask in CBOR, and are answered in it', async () => {
  const { client, cloud } = open();
  await client.send(new CloudWatch.PutMetricAlarmCommand(ALARM));
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };
  const send = (operation: string, input: object) =>
    ask(cloud, `/service/GraniteServiceVersion20100801/operation/${operation}`, headers, cbor.serialize(input));
  const found = await send('DescribeAlarms', { AlarmNames: [AlarmName] });
  const { MetricAlarms } = cbor.deserialize(found.body as Uint8Array) as {
    MetricAlarms: { AlarmName: string; Threshold: number }[];
  };
  assert.equal([found.status, MetricAlarms[0]?.AlarmName, MetricAlarms[0]?.Threshold], [200, AlarmName, 1]);
  const missing = await send('SetAlarmState', { AlarmName: 'none', StateValue: 'OK', StateReason: 'x' });
  assert.equal(
    [missing.status, missing.headers['x-amzn-query-error'], cbor.deserialize(missing.body as Uint8Array)],
    [
      400,
      'ResourceNotFound;Sender',
      { __type: 'com.amazonaws.cloudwatch#ResourceNotFound', message: 'Unknown alarm: none' },
    ],
  );
});

test("a stack's alarm is the same one", async () => {
  const { as, client, pass } = open();
  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  const Properties = { ...ALARM, Threshold: '3', Period: '60' };
  const TemplateBody = JSON.stringify({ Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties } } });
  await cloudformation.send(new CloudFormation.CreateStackCommand({ StackName: 's', TemplateBody }));
  pass(60_000);
  const { MetricAlarms } = await client.send(new CloudWatch.DescribeAlarmsCommand({}));
  assert.equal([MetricAlarms?.[0]?.AlarmName, MetricAlarms?.[0]?.Threshold], [AlarmName, 3]);
  await client.send(new CloudWatch.SetAlarmStateCommand({ AlarmName, StateValue: 'OK', StateReason: 'x' }));
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName: 's' }));
  pass(60_000);
  await client.send(new CloudWatch.PutMetricAlarmCommand(ALARM));
  const { MetricAlarms: again } = await client.send(new CloudWatch.DescribeAlarmsCommand({}));
  assert.is(again?.[0]?.StateValue, 'INSUFFICIENT_DATA');
});

test.run();
