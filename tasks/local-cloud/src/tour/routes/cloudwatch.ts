import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const METRIC = { Namespace: 'tour', MetricName: 'errors' };
const ALARM = {
  AlarmName: 'errors',
  ...METRIC,
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};
const SPAN = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' };
const BODY = JSON.stringify({
  widgets: [{ type: 'text', x: 0, y: 0, width: 6, height: 6, properties: { markdown: 'on tour' } }],
});

export const cloudWatchRoute: Route = {
  name: 'CloudWatch',
  steps: stepsOf('monitoring', [
    ['PutMetricAlarm', ALARM],
    ['DescribeAlarms', { AlarmNames: ['errors'] }, { save: { alarm: 'MetricAlarms.0.AlarmArn' } }],
    ['DescribeAlarmsForMetric', METRIC, { expect: { 'MetricAlarms.0.AlarmName': 'errors' } }],
    ['SetAlarmState', { AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'on tour' }],
    ['DescribeAlarmHistory', { AlarmName: 'errors' }, { expect: { 'AlarmHistoryItems.0.AlarmName': 'errors' } }],
    ['DisableAlarmActions', { AlarmNames: ['errors'] }],
    ['EnableAlarmActions', { AlarmNames: ['errors'] }],
    ['PutCompositeAlarm', { AlarmName: 'both', AlarmRule: 'ALARM("errors")' }],
    ['TagResource', { ResourceARN: '<alarm>', Tags: [{ Key: 'team', Value: 'tour' }] }],
    ['ListTagsForResource', { ResourceARN: '<alarm>' }, { expect: { 'Tags.0.Value': 'tour' } }],
    ['UntagResource', { ResourceARN: '<alarm>', TagKeys: ['team'] }],
    ['DeleteAlarms', { AlarmNames: ['both'] }],
    ['DeleteAlarms', { AlarmNames: ['errors'] }],
    ['PutDashboard', { DashboardName: 'tour', DashboardBody: BODY }],
    ['GetDashboard', { DashboardName: 'tour' }, { expect: { DashboardBody: /on tour/ } }],
    ['ListDashboards', {}, { expect: { 'DashboardEntries.0.DashboardName': 'tour' } }],
    ['DeleteDashboards', { DashboardNames: ['tour'] }],
    ['PutMetricData', { Namespace: 'tour', MetricData: [{ MetricName: 'errors', Value: 3 }] }],
    ['ListMetrics', { Namespace: 'tour' }, { expect: { 'Metrics.0.MetricName': 'errors' } }],
    ['GetMetricStatistics', { ...METRIC, ...SPAN, Period: 60, Statistics: ['Sum'] }, { expect: { Label: 'errors' } }],
    [
      'GetMetricData',
      { ...SPAN, MetricDataQueries: [{ Id: 'e', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' } }] },
      { expect: { 'MetricDataResults.0.Id': 'e' } },
    ],
  ]),
};
