import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const GROUP = { logGroupName: '/tour' };
const STREAM = { ...GROUP, logStreamName: 'one' };
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const FILTER = { ...GROUP, filterName: 'errors' };
const QUEUE = 'arn:aws:kinesis:eu-west-1:111111111111:stream/tour';

export const logsRoute: Route = {
  name: 'CloudWatch Logs',
  steps: stepsOf('logs', [
    ['CreateLogGroup', GROUP],
    ['CreateLogGroup', GROUP, { fails: 'ResourceAlreadyExistsException' }],
    ['DescribeLogGroups', { logGroupNamePrefix: '/to' }, { save: { arn: 'logGroups.0.logGroupArn' } }],
    ['PutRetentionPolicy', { ...GROUP, retentionInDays: 7 }],
    ['DeleteRetentionPolicy', GROUP],
    ['AssociateKmsKey', { ...GROUP, kmsKeyId: KEY }],
    ['DisassociateKmsKey', GROUP],
    ['TagResource', { resourceArn: '<arn>', tags: { team: 'tour' } }],
    ['ListTagsForResource', { resourceArn: '<arn>' }, { expect: { 'tags.team': 'tour' } }],
    ['UntagResource', { resourceArn: '<arn>', tagKeys: ['team'] }],
    ['TagLogGroup', { ...GROUP, tags: { old: 'way' } }],
    ['ListTagsLogGroup', GROUP, { expect: { 'tags.old': 'way' } }],
    ['UntagLogGroup', { ...GROUP, tags: ['old'] }],
    ['CreateLogStream', STREAM],
    ['DescribeLogStreams', GROUP, { expect: { 'logStreams.0.logStreamName': 'one' } }],
    [
      'PutLogEvents',
      { ...STREAM, logEvents: [{ timestamp: 1, message: 'long ago' }] },
      { expect: { rejectedLogEventsInfo: /./ } },
    ],
    ['GetLogEvents', STREAM, { expect: { nextForwardToken: /^f\// } }],
    ['FilterLogEvents', GROUP, { expect: { events: /^\[\]$/ } }],
    [
      'PutMetricFilter',
      {
        ...FILTER,
        filterPattern: 'error',
        metricTransformations: [{ metricName: 'errors', metricNamespace: 'tour', metricValue: '1' }],
      },
    ],
    ['DescribeMetricFilters', GROUP, { expect: { 'metricFilters.0.filterName': 'errors' } }],
    ['DeleteMetricFilter', FILTER],
    [
      'PutSubscriptionFilter',
      { ...FILTER, filterPattern: '', destinationArn: QUEUE, roleArn: 'arn:aws:iam::111111111111:role/tour' },
    ],
    ['DescribeSubscriptionFilters', GROUP, { expect: { 'subscriptionFilters.0.destinationArn': QUEUE } }],
    ['DeleteSubscriptionFilter', FILTER],
    ['DeleteLogStream', STREAM],
    ['DeleteLogGroup', GROUP],
    ['DeleteLogGroup', GROUP, { fails: 'ResourceNotFoundException' }],
  ]),
};
