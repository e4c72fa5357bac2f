import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';
import { templateText } from './template-text.ts';

const TEMPLATE = templateText({
  Logs: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain', Properties: { LogGroupName: '/tour' } },
});
const LOGS = { TypeName: 'AWS::Logs::LogGroup', Identifier: '/tour' };

/** What a stack leaves is found by its tag and deleted through Cloud Control. */
export const cloudControlRoute: Route = {
  name: 'Cloud Control and tags',
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
