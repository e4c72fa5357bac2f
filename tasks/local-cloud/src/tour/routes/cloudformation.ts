import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';
import { parameterResource, templateText } from './template-text.ts';

const VALUE = { Parameters: { Value: { Type: 'String', Default: 'first' } } };
const APP = templateText(
  { Queue: { Type: 'AWS::SQS::Queue' }, Text: parameterResource({ Ref: 'Value' }) },
  { ...VALUE, Outputs: { Queue: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: 'tour-queue' } } } },
);
const IMPORTER = templateText({ Text: parameterResource({ 'Fn::ImportValue': 'tour-queue' }) });

const POLICY = JSON.stringify({
  Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }],
});

const state = (status: string) => ({ until: { 'Stacks.0.StackStatus': status } });

/** A stack from create to delete, and what is asked of it in between. */
const life: Route = {
  name: 'CloudFormation, a stack',
  steps: stepsOf('cloudformation', [
    ['ValidateTemplate', { TemplateBody: APP }, { expect: { 'Parameters.0.ParameterKey': 'Value' } }],
    ['GetTemplateSummary', { TemplateBody: APP }, { expect: { 'ResourceTypes.0': 'AWS::SQS::Queue' } }],
    [
      'CreateStack',
      { StackName: 'app', TemplateBody: APP, EnableTerminationProtection: true },
      { save: { app: 'StackId' } },
    ],
    ['CreateStack', { StackName: 'app', TemplateBody: APP }, { fails: 'AlreadyExists' }],
    ['DescribeStacks', { StackName: 'app' }, state('CREATE_COMPLETE')],
    ['DescribeStackEvents', { StackName: '<app>' }, { expect: { 'StackEvents.0.ResourceStatus': 'CREATE_COMPLETE' } }],
    ['DescribeStackResources', { StackName: 'app' }, { expect: { 'StackResources.1.LogicalResourceId': 'Text' } }],
    [
      'DescribeStackResource',
      { StackName: 'app', LogicalResourceId: 'Queue' },
      { expect: { 'StackResourceDetail.PhysicalResourceId': /^https:/ } },
    ],
    [
      'ListStackResources',
      { StackName: 'app' },
      { expect: { 'StackResourceSummaries.1.ResourceStatus': 'CREATE_COMPLETE' } },
    ],
    ['GetTemplate', { StackName: 'app' }, { expect: { StagesAvailable: /Original/ } }],
    ['SetStackPolicy', { StackName: 'app', StackPolicyBody: POLICY }],
    ['GetStackPolicy', { StackName: 'app' }, { expect: { StackPolicyBody: /Update:\*/ } }],
    ['DescribeEvents', { StackName: 'app' }, { expect: { 'OperationEvents.0.ResourceStatus': 'CREATE_COMPLETE' } }],
    ['ListExports', {}, { expect: { 'Exports.0.Name': 'tour-queue' } }],
    ['CreateStack', { StackName: 'importer', TemplateBody: IMPORTER }],
    ['DescribeStacks', { StackName: 'importer' }, state('CREATE_COMPLETE')],
    ['ListImports', { ExportName: 'tour-queue' }, { expect: { 'Imports.0': 'importer' } }],
    ['DetectStackDrift', { StackName: 'app' }, { save: { detection: 'StackDriftDetectionId' } }],
    [
      'DescribeStackDriftDetectionStatus',
      { StackDriftDetectionId: '<detection>' },
      { until: { DetectionStatus: 'DETECTION_COMPLETE' }, expect: { StackDriftStatus: 'IN_SYNC' } },
    ],
    [
      'DescribeStackResourceDrifts',
      { StackName: 'app' },
      { expect: { 'StackResourceDrifts.0.StackResourceDriftStatus': 'IN_SYNC' } },
    ],
    [
      'DetectStackResourceDrift',
      { StackName: 'app', LogicalResourceId: 'Text' },
      { expect: { 'StackResourceDrift.StackResourceDriftStatus': 'IN_SYNC' } },
    ],
    ['UpdateStack', { StackName: 'app', UsePreviousTemplate: true }, { fails: 'ValidationError' }],
    [
      'UpdateStack',
      {
        StackName: 'app',
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: 'Value', ParameterValue: 'second' }],
      },
    ],
    ['DescribeStacks', { StackName: 'app' }, state('UPDATE_COMPLETE')],
    ['ListStacks', { StackStatusFilter: ['UPDATE_COMPLETE'] }, { expect: { 'StackSummaries.0.StackName': 'app' } }],
    ['DeleteStack', { StackName: 'importer' }],
    ['DescribeStacks', { StackName: '<app>' }, { expect: { 'Stacks.0.EnableTerminationProtection': true } }],
    ['DeleteStack', { StackName: 'app' }, { fails: 'ValidationError' }],
    [
      'UpdateTerminationProtection',
      { StackName: 'app', EnableTerminationProtection: false },
      { expect: { StackId: /stack\/app/ } },
    ],
    ['ListStacks', { StackStatusFilter: ['DELETE_COMPLETE'] }, { until: { 'StackSummaries.0.StackName': 'importer' } }],
    ['DeleteStack', { StackName: 'app' }],
    ['DescribeStacks', { StackName: '<app>' }, state('DELETE_COMPLETE')],
    ['DescribeStacks', { StackName: 'app' }, { fails: 'ValidationError' }],
  ]),
};

const calm = (value: string) => templateText({ Text: parameterResource(value), Other: parameterResource('same') });
const slow = templateText({
  Text: parameterResource('slow', { UpdateSeconds: 100_000 }),
  Other: parameterResource('same'),
});
const failing = templateText({
  Text: parameterResource('second', { FailUpdate: 'as asked' }),
  Other: parameterResource('same'),
});
const stuck = templateText({
  Text: parameterResource('first', { FailUpdate: 'as asked' }),
  Other: parameterResource('same'),
});
const breaking = templateText({
  Text: parameterResource('third'),
  Other: parameterResource('other', { FailUpdate: 'as asked' }),
});
const WAITING = templateText({
  Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Wait: {
    Type: 'AWS::CloudFormation::WaitCondition',
    CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT12H' } },
  },
});

/** What does not end well, and the ways out of it. */
const trouble: Route = {
  name: 'CloudFormation, the ways out',
  steps: stepsOf('cloudformation', [
    ['CreateStack', { StackName: 'app', TemplateBody: calm('first') }],
    ['DescribeStacks', { StackName: 'app' }, state('CREATE_COMPLETE')],
    ['UpdateStack', { StackName: 'app', TemplateBody: slow }],
    ['CancelUpdateStack', { StackName: 'app' }],
    ['DescribeStacks', { StackName: 'app' }, state('UPDATE_ROLLBACK_COMPLETE')],
    ['CancelUpdateStack', { StackName: 'app' }, { fails: 'ValidationError' }],
    ['UpdateStack', { StackName: 'app', TemplateBody: failing, DisableRollback: true }],
    ['DescribeStacks', { StackName: 'app' }, state('UPDATE_FAILED')],
    ['RollbackStack', { StackName: 'app' }, { expect: { StackId: /stack\/app/ } }],
    ['DescribeStacks', { StackName: 'app' }, state('UPDATE_ROLLBACK_COMPLETE')],
    ['DeleteStack', { StackName: 'app' }],
    ['CreateStack', { StackName: 'stuck', TemplateBody: stuck }],
    ['DescribeStacks', { StackName: 'stuck' }, state('CREATE_COMPLETE')],
    ['UpdateStack', { StackName: 'stuck', TemplateBody: breaking }],
    ['DescribeStacks', { StackName: 'stuck' }, state('UPDATE_ROLLBACK_FAILED')],
    ['ContinueUpdateRollback', { StackName: 'stuck', ResourcesToSkip: ['Text'] }],
    ['DescribeStacks', { StackName: 'stuck' }, state('UPDATE_ROLLBACK_COMPLETE')],
    ['DeleteStack', { StackName: 'stuck' }],
    ['CreateStack', { StackName: 'waiting', TemplateBody: WAITING }],
    [
      'DescribeStackResources',
      { StackName: 'waiting', LogicalResourceId: 'Wait' },
      { until: { 'StackResources.0.ResourceStatus': 'CREATE_IN_PROGRESS' } },
    ],
    ['SignalResource', { StackName: 'waiting', LogicalResourceId: 'Wait', UniqueId: 'one', Status: 'SUCCESS' }],
    ['DescribeStacks', { StackName: 'waiting' }, state('CREATE_COMPLETE')],
    ['DeleteStack', { StackName: 'waiting' }],
  ]),
};

const changed = { ...VALUE, Outputs: { Text: { Value: { Ref: 'Text' } } } };
const SET = { StackName: 'app', ChangeSetName: 'second' };

/** Changes that are looked at before they are made. */
const changeSets: Route = {
  name: 'CloudFormation, change sets',
  steps: stepsOf('cloudformation', [
    ['CreateChangeSet', { StackName: 'app', ChangeSetName: 'first', ChangeSetType: 'CREATE', TemplateBody: APP }],
    [
      'DescribeChangeSet',
      { StackName: 'app', ChangeSetName: 'first' },
      { until: { Status: 'CREATE_COMPLETE' }, expect: { 'Changes.0.ResourceChange.Action': 'Add' } },
    ],
    ['DescribeStacks', { StackName: 'app' }, { expect: { 'Stacks.0.StackStatus': 'REVIEW_IN_PROGRESS' } }],
    ['ExecuteChangeSet', { StackName: 'app', ChangeSetName: 'first' }],
    ['DescribeStacks', { StackName: 'app' }, state('CREATE_COMPLETE')],
    ['CreateChangeSet', { ...SET, TemplateBody: templateText({ Text: parameterResource('second') }, changed) }],
    ['DescribeChangeSet', SET, { until: { Status: 'CREATE_COMPLETE' }, expect: { Changes: /"Action":"Remove"/ } }],
    ['DescribeChangeSetHooks', SET, { expect: { Status: 'PLANNED' } }],
    ['GetTemplate', SET, { expect: { TemplateBody: /second/ } }],
    ['ListChangeSets', { StackName: 'app' }, { expect: { 'Summaries.0.ChangeSetName': 'second' } }],
    ['DeleteChangeSet', SET],
    ['DescribeChangeSet', SET, { fails: 'ChangeSetNotFound' }],
    ['DeleteStack', { StackName: 'app' }],
  ]),
};

export const cloudFormationRoutes: readonly Route[] = [life, trouble, changeSets];
