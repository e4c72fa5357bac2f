import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';
import { templateText } from './template-text.ts';

const TEMPLATE = templateText(
  {
    Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://issuer.example' } },
    Guest: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: { Ref: 'AWS::AccountId' } }, Action: 'sts:AssumeRole' },
            {
              Effect: 'Allow',
              Principal: { Federated: { Ref: 'Provider' } },
              Action: 'sts:AssumeRoleWithWebIdentity',
            },
          ],
        },
      },
    },
  },
  { Outputs: { Guest: { Value: { 'Fn::GetAtt': ['Guest', 'Arn'] } } } },
);

/** A token as an identity provider gives it; the signature is nobody's. */
const TOKEN = [{ alg: 'none' }, { iss: 'https://issuer.example', sub: 'tour', aud: 'sts.amazonaws.com' }, {}]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');
const SESSION = { RoleArn: '<guest>', RoleSessionName: 'tour' };
const assumed = { 'AssumedRoleUser.Arn': /:assumed-role\/.*Guest.*\/tour$/ };

export const stsRoute: Route = {
  name: 'STS',
  steps: [
    ...stepsOf('cloudformation', [
      ['CreateStack', { StackName: 'guests', TemplateBody: TEMPLATE, Capabilities: ['CAPABILITY_IAM'] }],
      [
        'DescribeStacks',
        { StackName: 'guests' },
        { until: { 'Stacks.0.StackStatus': 'CREATE_COMPLETE' }, save: { guest: 'Stacks.0.Outputs.0.OutputValue' } },
      ],
    ]),
    ...stepsOf('sts', [
      ['GetCallerIdentity', {}, { expect: { Arn: /:root$/ } }],
      ['AssumeRole', SESSION, { expect: assumed, save: { key: 'Credentials.AccessKeyId' } }],
      ['GetAccessKeyInfo', { AccessKeyId: '<key>' }, { expect: { Account: /^\d{12}$/ } }],
      ['AssumeRoleWithWebIdentity', { ...SESSION, WebIdentityToken: TOKEN }, { expect: assumed }],
      [
        'AssumeRoleWithWebIdentity',
        { ...SESSION, WebIdentityToken: 'no.such.token' },
        { fails: 'InvalidIdentityToken' },
      ],
      ['GetSessionToken', {}, { expect: { 'Credentials.SessionToken': /./ } }],
      ['GetFederationToken', { Name: 'tour' }, { expect: { 'FederatedUser.Arn': /federated-user\/tour$/ } }],
    ]),
    ...stepsOf('cloudformation', [['DeleteStack', { StackName: 'guests' }]]),
  ],
};
