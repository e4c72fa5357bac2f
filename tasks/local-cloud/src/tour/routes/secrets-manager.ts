import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const SECRET = { SecretId: 'tour' };
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
    },
  ],
});

export const secretsManagerRoute: Route = {
  name: 'Secrets Manager',
  steps: stepsOf('secretsmanager', [
    ['CreateSecret', { Name: 'tour', SecretString: 'first' }, { save: { first: 'VersionId' } }],
    ['CreateSecret', { Name: 'tour', SecretString: 'first' }, { fails: 'ResourceExistsException' }],
    ['DescribeSecret', SECRET, { expect: { Name: 'tour' } }],
    ['ListSecrets', {}, { expect: { 'SecretList.0.Name': 'tour' } }],
    ['GetSecretValue', SECRET, { expect: { SecretString: 'first' } }],
    ['BatchGetSecretValue', { SecretIdList: ['tour'] }, { expect: { 'SecretValues.0.SecretString': 'first' } }],
    ['PutSecretValue', { ...SECRET, SecretString: 'second' }, { save: { second: 'VersionId' } }],
    ['GetSecretValue', { ...SECRET, VersionStage: 'AWSPREVIOUS' }, { expect: { SecretString: 'first' } }],
    ['ListSecretVersionIds', SECRET, { expect: { Versions: /AWSPREVIOUS/ } }],
    [
      'UpdateSecretVersionStage',
      { ...SECRET, VersionStage: 'AWSCURRENT', MoveToVersionId: '<first>', RemoveFromVersionId: '<second>' },
    ],
    ['UpdateSecret', { ...SECRET, Description: 'on tour' }, { expect: { Name: 'tour' } }],
    ['TagResource', { ...SECRET, Tags: [{ Key: 'team', Value: 'tour' }] }],
    ['UntagResource', { ...SECRET, TagKeys: ['team'] }],
    ['PutResourcePolicy', { ...SECRET, ResourcePolicy: POLICY }, { expect: { Name: 'tour' } }],
    ['GetResourcePolicy', SECRET, { expect: { ResourcePolicy: /GetSecretValue/ } }],
    ['DeleteResourcePolicy', SECRET],
    ['GetRandomPassword', { PasswordLength: 20 }, { expect: { RandomPassword: /^.{20}$/ } }],
    ['DeleteSecret', { ...SECRET, RecoveryWindowInDays: 30 }, { expect: { Name: 'tour' } }],
    ['GetSecretValue', SECRET, { fails: 'InvalidRequestException' }],
    ['RestoreSecret', SECRET, { expect: { Name: 'tour' } }],
    ['DeleteSecret', { ...SECRET, ForceDeleteWithoutRecovery: true }],
  ]),
};
