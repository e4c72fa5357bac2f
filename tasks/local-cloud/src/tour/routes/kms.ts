import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const ROOT = 'arn:aws:iam::111111111111:root';
const KEY = { KeyId: '<key>' };
const SECRET = Buffer.from('hush').toString('base64');
const Policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }],
});

export const kmsRoute: Route = {
  name: 'KMS',
  steps: stepsOf('kms', [
    ['CreateKey', { Description: 'first' }, { save: { key: 'KeyMetadata.KeyId' } }],
    ['CreateKey', {}, { save: { other: 'KeyMetadata.KeyId' } }],
    ['DescribeKey', KEY, { expect: { 'KeyMetadata.KeyState': 'Enabled' } }],
    ['ListKeys', {}, { expect: { 'Keys.1.KeyArn': /:key\// } }],
    ['UpdateKeyDescription', { ...KEY, Description: 'second' }],
    ['CreateAlias', { AliasName: 'alias/tour', TargetKeyId: '<key>' }],
    ['ListAliases', KEY, { expect: { 'Aliases.0.AliasName': 'alias/tour' } }],
    ['UpdateAlias', { AliasName: 'alias/tour', TargetKeyId: '<other>' }],
    ['DeleteAlias', { AliasName: 'alias/tour' }],
    ['ListKeyPolicies', KEY, { expect: { 'PolicyNames.0': 'default' } }],
    ['PutKeyPolicy', { ...KEY, PolicyName: 'default', Policy }],
    ['GetKeyPolicy', { ...KEY, PolicyName: 'default' }, { expect: { Policy: /kms:\*/ } }],
    ['EnableKeyRotation', KEY],
    ['GetKeyRotationStatus', KEY, { expect: { KeyRotationEnabled: true } }],
    ['DisableKeyRotation', KEY],
    ['TagResource', { ...KEY, Tags: [{ TagKey: 'team', TagValue: 'tour' }] }],
    ['ListResourceTags', KEY, { expect: { 'Tags.0.TagValue': 'tour' } }],
    ['UntagResource', { ...KEY, TagKeys: ['team'] }],
    ['Encrypt', KEY, { bytes: { Plaintext: SECRET }, save: { cipher: 'CiphertextBlob' } }],
    ['Decrypt', {}, { bytes: { CiphertextBlob: '<cipher>' }, expect: { Plaintext: SECRET } }],
    ['ReEncrypt', { DestinationKeyId: '<other>' }, { bytes: { CiphertextBlob: '<cipher>' }, expect: { KeyId: /key/ } }],
    ['GenerateDataKey', { ...KEY, KeySpec: 'AES_256' }, { expect: { Plaintext: /^.{44}$/ } }],
    ['GenerateDataKeyWithoutPlaintext', { ...KEY, KeySpec: 'AES_128' }, { expect: { CiphertextBlob: /./ } }],
    ['GenerateRandom', { NumberOfBytes: 6 }, { expect: { Plaintext: /^.{8}$/ } }],
    [
      'CreateGrant',
      { ...KEY, GranteePrincipal: ROOT, RetiringPrincipal: ROOT, Operations: ['Decrypt'] },
      { save: { grant: 'GrantId', token: 'GrantToken' } },
    ],
    ['ListGrants', KEY, { expect: { 'Grants.0.GrantId': /./ } }],
    ['ListRetirableGrants', { RetiringPrincipal: ROOT }, { expect: { 'Grants.0.GrantId': /./ } }],
    ['RetireGrant', { GrantToken: '<token>' }],
    ['CreateGrant', { ...KEY, GranteePrincipal: ROOT, Operations: ['Decrypt'] }, { save: { grant: 'GrantId' } }],
    ['RevokeGrant', { ...KEY, GrantId: '<grant>' }],
    ['DisableKey', KEY],
    ['Encrypt', KEY, { bytes: { Plaintext: SECRET }, fails: 'DisabledException' }],
    ['EnableKey', KEY],
    ['ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 7 }, { expect: { KeyState: 'PendingDeletion' } }],
    ['CancelKeyDeletion', KEY, { expect: { KeyId: /key\// } }],
  ]),
};
