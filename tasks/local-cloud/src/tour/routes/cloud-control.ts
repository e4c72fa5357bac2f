import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';
import { templateText } from './template-text.ts';

const TEMPLATE = templateText({
  Logs: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain', Properties: { LogGroupName: '/tour' } },
});
const LOGS = { TypeName: 'AWS::Logs::LogGroup', Identifier: '/tour' };

const PARAMETER = { TypeName: 'AWS::SSM::Parameter', Identifier: '/tour' };
const ARN = 'arn:aws:ssm:eu-west-1:<account>:parameter/tour';
const ENDED = { until: { 'ProgressEvent.OperationStatus': 'SUCCESS' } };

/** What a stack leaves is found by its tag and deleted through Cloud Control. */
const left: Route = {
  name: 'Cloud Control, what a stack leaves',
  steps: [
    ...stepsOf('cloudformation', [
      ['CreateStack', { StackName: 'left', TemplateBody: TEMPLATE, Tags: [{ Key: 'team', Value: 'tour' }] }],
      ['DescribeStacks', { StackName: 'left' }, { until: { 'Stacks.0.StackStatus': 'CREATE_COMPLETE' } }],
      ['DeleteStack', { StackName: 'left' }],
      ['ListStacks', {}, { until: { 'StackSummaries.0.StackStatus': 'DELETE_COMPLETE' } }],
    ]),
    ...stepsOf('tagging', [
      [
        'GetResources',
        { TagFilters: [{ Key: 'team', Values: ['tour'] }] },
        { expect: { 'ResourceTagMappingList.0.ResourceARN': /log-group:\/tour/ } },
      ],
    ]),
    ...stepsOf('cloudcontrolapi', [
      ['ListResources', { TypeName: LOGS.TypeName }, { expect: { 'ResourceDescriptions.0.Identifier': '/tour' } }],
      ['GetResource', LOGS, { expect: { 'ResourceDescription.Properties': /"LogGroupName":"\/tour"/ } }],
      ['DeleteResource', LOGS, { save: { request: 'ProgressEvent.RequestToken' } }],
      [
        'GetResourceRequestStatus',
        { RequestToken: '<request>' },
        { until: { 'ProgressEvent.OperationStatus': 'SUCCESS' } },
      ],
      ['GetResource', LOGS, { fails: 'ResourceNotFoundException' }],
    ]),
  ],
};

/** What is made without a stack, and given tags from outside. */
const made: Route = {
  name: 'Cloud Control and tags',
  steps: [
    ...stepsOf('sts', [['GetCallerIdentity', {}, { save: { account: 'Account' } }]]),
    ...stepsOf('cloudcontrolapi', [
      [
        'CreateResource',
        {
          TypeName: PARAMETER.TypeName,
          DesiredState: JSON.stringify({ Name: '/tour', Type: 'String', Value: 'first' }),
        },
        { save: { request: 'ProgressEvent.RequestToken' }, expect: { 'ProgressEvent.Operation': 'CREATE' } },
      ],
      ['GetResourceRequestStatus', { RequestToken: '<request>' }, ENDED],
      ['CancelResourceRequest', { RequestToken: '<request>' }, { fails: 'ValidationException' }],
      [
        'UpdateResource',
        { ...PARAMETER, PatchDocument: JSON.stringify([{ op: 'replace', path: '/Value', value: 'second' }]) },
        { save: { request: 'ProgressEvent.RequestToken' } },
      ],
      ['GetResourceRequestStatus', { RequestToken: '<request>' }, ENDED],
      ['GetResource', PARAMETER, { expect: { 'ResourceDescription.Properties': /"Value":"second"/ } }],
      [
        'ListResourceRequests',
        { ResourceRequestStatusFilter: { Operations: ['UPDATE'] } },
        { expect: { 'ResourceRequestStatusSummaries.0.OperationStatus': 'SUCCESS' } },
      ],
    ]),
    ...stepsOf('tagging', [
      [
        'TagResources',
        { ResourceARNList: [ARN], Tags: { team: 'tour' } },
        { expect: { FailedResourcesMap: /^({}|absent)$/ } },
      ],
      ['GetTagKeys', {}, { expect: { 'TagKeys.0': 'team' } }],
      ['GetTagValues', { Key: 'team' }, { expect: { 'TagValues.0': 'tour' } }],
      ['UntagResources', { ResourceARNList: [ARN], TagKeys: ['team'] }],
      ['GetTagKeys', {}, { expect: { TagKeys: /^\[\]$/ } }],
    ]),
    ...stepsOf('cloudcontrolapi', [['DeleteResource', PARAMETER]]),
  ],
};

export const cloudControlRoutes: readonly Route[] = [left, made];
