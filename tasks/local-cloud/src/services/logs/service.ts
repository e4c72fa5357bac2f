import type { RateLimit, Service } from '../../world.ts';
import * as events from './events.ts';
import * as filters from './filters.ts';
import * as groups from './groups.ts';
import * as streams from './streams.ts';
import * as tags from './tags.ts';

/** Log groups, what is in them and what looks at them; see SPEC.md beside this file. */
export const logs: Service = {
  client: 'client-cloudwatch-logs',
  operations: {
    CreateLogGroup: groups.createLogGroup,
    DeleteLogGroup: groups.deleteLogGroup,
    DescribeLogGroups: groups.describeLogGroups,
    PutRetentionPolicy: groups.putRetentionPolicy,
    DeleteRetentionPolicy: groups.deleteRetentionPolicy,
    AssociateKmsKey: groups.associateKmsKey,
    DisassociateKmsKey: groups.disassociateKmsKey,
    CreateLogStream: streams.createLogStream,
    DeleteLogStream: streams.deleteLogStream,
    DescribeLogStreams: streams.describeLogStreams,
    PutLogEvents: events.putLogEvents,
    GetLogEvents: events.getLogEvents,
    FilterLogEvents: events.filterLogEvents,
    PutMetricFilter: filters.putMetricFilter,
    DescribeMetricFilters: filters.describeMetricFilters,
    DeleteMetricFilter: filters.deleteMetricFilter,
    PutSubscriptionFilter: filters.putSubscriptionFilter,
    DescribeSubscriptionFilters: filters.describeSubscriptionFilters,
    DeleteSubscriptionFilter: filters.deleteSubscriptionFilter,
    ListTagsForResource: tags.listTagsForResource,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListTagsLogGroup: tags.listTagsLogGroup,
    TagLogGroup: tags.tagLogGroup,
    UntagLogGroup: tags.untagLogGroup,
  },
  limitOf: (operation) => LIMITS.get(operation),
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html, in transactions a second. */
const PER_SECOND: Readonly<Record<string, number>> = {
  CreateLogGroup: 10,
  DeleteLogGroup: 10,
  DescribeLogGroups: 10,
  CreateLogStream: 50,
  DescribeLogStreams: 25,
  PutLogEvents: 5000,
  GetLogEvents: 25,
  FilterLogEvents: 10,
};

const LIMITS: ReadonlyMap<string, RateLimit> = new Map(
  Object.entries(PER_SECOND).map(([operation, perSecond]) => [
    operation,
    { bucket: `logs.${operation}`, burst: perSecond, perSecond },
  ]),
);
