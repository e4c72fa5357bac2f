import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const ONE = { Name: '/tour/one' };
const TAGGED = { ResourceType: 'Parameter', ResourceId: '/tour/one' };

export const ssmRoute: Route = {
  name: 'SSM',
  steps: stepsOf('ssm', [
    ['PutParameter', { ...ONE, Type: 'String', Value: 'first' }, { expect: { Version: 1 } }],
    ['PutParameter', { ...ONE, Type: 'String', Value: 'second' }, { fails: 'ParameterAlreadyExists' }],
    ['PutParameter', { ...ONE, Type: 'String', Value: 'second', Overwrite: true }, { expect: { Version: 2 } }],
    ['PutParameter', { Name: '/tour/two', Type: 'StringList', Value: 'a,b' }],
    ['GetParameter', ONE, { expect: { 'Parameter.Value': 'second' } }],
    ['GetParameters', { Names: ['/tour/one', '/none'] }, { expect: { 'InvalidParameters.0': '/none' } }],
    ['GetParametersByPath', { Path: '/tour' }, { expect: { 'Parameters.1.Value': 'a,b' } }],
    ['DescribeParameters', {}, { expect: { 'Parameters.0.Name': '/tour/one' } }],
    ['GetParameterHistory', ONE, { expect: { 'Parameters.0.Value': 'first' } }],
    ['LabelParameterVersion', { ...ONE, ParameterVersion: 1, Labels: ['old'] }, { expect: { ParameterVersion: 1 } }],
    ['GetParameter', { Name: '/tour/one:old' }, { expect: { 'Parameter.Value': 'first' } }],
    [
      'UnlabelParameterVersion',
      { ...ONE, ParameterVersion: 1, Labels: ['old'] },
      { expect: { 'RemovedLabels.0': 'old' } },
    ],
    ['AddTagsToResource', { ...TAGGED, Tags: [{ Key: 'team', Value: 'tour' }] }],
    ['ListTagsForResource', TAGGED, { expect: { 'TagList.0.Value': 'tour' } }],
    ['RemoveTagsFromResource', { ...TAGGED, TagKeys: ['team'] }],
    ['DeleteParameter', ONE],
    ['DeleteParameter', ONE, { fails: 'ParameterNotFound' }],
    ['DeleteParameters', { Names: ['/tour/two'] }, { expect: { 'DeletedParameters.0': '/tour/two' } }],
  ]),
};
