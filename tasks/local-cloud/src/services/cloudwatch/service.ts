import type { RateLimit, Service } from '../../world.ts';
import * as actions from './alarm-actions.ts';
import { describeAlarmHistory } from './describe-alarm-history.ts';
import { describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts';
import * as dashboards from './dashboards.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics, putMetricData } from './metrics.ts';
import { deleteAlarms, putCompositeAlarm, putMetricAlarm } from './put-alarms.ts';
import * as tags from './tags.ts';

/** Alarms, dashboards and metrics; see SPEC.md beside this file. */
export const cloudwatch: Service = {
  client: 'client-cloudwatch',
  operations: {
    PutMetricAlarm: putMetricAlarm,
    PutCompositeAlarm: putCompositeAlarm,
    DeleteAlarms: deleteAlarms,
    DescribeAlarms: describeAlarms,
    DescribeAlarmsForMetric: describeAlarmsForMetric,
    DescribeAlarmHistory: describeAlarmHistory,
    SetAlarmState: actions.setAlarmState,
    EnableAlarmActions: actions.enableAlarmActions,
    DisableAlarmActions: actions.disableAlarmActions,
    PutDashboard: dashboards.putDashboard,
    GetDashboard: dashboards.getDashboard,
    ListDashboards: dashboards.listDashboards,
    DeleteDashboards: dashboards.deleteDashboards,
    PutMetricData: putMetricData,
    ListMetrics: listMetrics,
    GetMetricData: getMetricData,
    GetMetricStatistics: getMetricStatistics,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListTagsForResource: tags.listTagsForResource,
  },
  limitOf: (operation) => LIMITS.get(operation),
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html, in transactions a second. */
const PER_SECOND: Readonly<Record<string, number>> = {
  DescribeAlarms: 9,
  PutMetricAlarm: 3,
  DeleteAlarms: 3,
  DescribeAlarmHistory: 20,
  SetAlarmState: 3,
  EnableAlarmActions: 3,
  DisableAlarmActions: 3,
  ListMetrics: 25,
  GetMetricData: 50,
  GetMetricStatistics: 400,
  PutMetricData: 500,
  PutDashboard: 10,
  GetDashboard: 10,
  ListDashboards: 10,
  DeleteDashboards: 10,
};

const LIMITS: ReadonlyMap<string, RateLimit> = new Map(
  Object.entries(PER_SECOND).map(([operation, perSecond]) => [
    operation,
    { bucket: `monitoring.${operation}`, burst: perSecond, perSecond },
  ]),
);
