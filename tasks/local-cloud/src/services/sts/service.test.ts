import * as IAM from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, START, testCloud } from '../../testing/test-cloud.ts';

const RoleArn = 'arn:aws:iam::222222222222:role/ci/deploy';

async function assume(sts: STSClient, DurationSeconds?: number) {
  const command = new AssumeRoleCommand({
    RoleArn,
    RoleSessionName: 'run-1',
    ...(DurationSeconds && { DurationSeconds }),
  });
  return (await sts.send(command)).Credentials;
}

test('an assumed role acts in its own account', async () => {
  const { as } = testCloud();
  const credentials = await assume(new STSClient(as('111111111111')));
  assert.match(credentials?.AccessKeyId ?? '', /^ASIA[0-9A-F]{16}$/);
  assert.equal(credentials?.Expiration, new Date(START + 3_600_000));
  const there = new STSClient(as(credentials?.AccessKeyId ?? ''));
  const { Account, Arn, UserId } = await there.send(new GetCallerIdentityCommand({}));
  assert.equal([Account, Arn], ['222222222222', 'arn:aws:sts::222222222222:assumed-role/deploy/run-1']);
  assert.match(UserId ?? '', /^AROA[0-9A-F]{17}:run-1$/);
});

test('a session ends when it was said to', async () => {
  const { as, pass } = testCloud();
  const credentials = await assume(new STSClient(as('111111111111')), 900);
  const there = new STSClient(as(credentials?.AccessKeyId ?? ''));
  pass(899_000);
  assert.is((await there.send(new GetCallerIdentityCommand({}))).Account, '222222222222');
  pass(1000);
  assert.equal(await failureOf(there.send(new GetCallerIdentityCommand({}))), {
    name: 'ExpiredToken',
    message: 'The security token included in the request is expired',
    status: 403,
  });
});

test('a session token is its caller', async () => {
  const { as } = testCloud();
  const { Credentials } = await new STSClient(as('333333333333')).send(new GetSessionTokenCommand({}));
  const same = new STSClient(as(Credentials?.AccessKeyId ?? ''));
  assert.is((await same.send(new GetCallerIdentityCommand({}))).Arn, 'arn:aws:iam::333333333333:root');
});

test('a key that is no account is the account of zeroes', async () => {
  const sts = new STSClient(testCloud().as('AKIAIOSFODNN7EXAMPLE'));
  assert.is((await sts.send(new GetCallerIdentityCommand({}))).Account, '000000000000');
});

test('what is wrong with a request is said as AWS says it', async () => {
  const sts = new STSClient(testCloud().as('111111111111'));
  const texts = await Promise.all([
    failureOf(sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::1:role/x', RoleSessionName: 'ab' }))),
    failureOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'a b' }))),
    failureOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ab', DurationSeconds: 60 }))),
    failureOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ab', DurationSeconds: 50_000 }))),
  ]);
  assert.equal(
    texts.map(({ name, message }) => `${name}: ${message}`),
    [
      'ValidationError: arn:aws:iam::1:role/x is invalid',
      "ValidationError: 1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
      "ValidationError: 1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: " +
        'Member must have value greater than or equal to 900',
      "ValidationError: 1 validation error detected: Value '50000' at 'durationSeconds' failed to satisfy constraint: " +
        'Member must have value less than or equal to 43200',
    ],
  );
});

async function withRole(trust: object) {
  const tested = testCloud();
  const iam = new IAM.IAMClient(tested.as('222222222222'));
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...trust }],
  });
  await iam.send(new IAM.CreateRoleCommand({ RoleName: 'deploy', Path: '/ci/', AssumeRolePolicyDocument }));
  return { ...tested, iam };
}

const trusting = (...AWS: string[]) => ({ Action: 'sts:AssumeRole', Principal: { AWS } });

test('a fresh role cannot be assumed at once, and a deleted one no more', async () => {
  const { as, pass, iam } = await withRole(trusting('111111111111'));
  const sts = new STSClient(as('111111111111'));
  const denied = {
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::111111111111:root is not authorized to perform: sts:AssumeRole on resource: ' + RoleArn,
    status: 403,
  };
  assert.equal(await failureOf(assume(sts)), denied);
  pass(15_000);
  await assume(sts);
  assert.match((await failureOf(assume(sts, 7200))).message, 'exceeds the MaxSessionDuration set for this role.');
  await iam.send(new IAM.DeleteRoleCommand({ RoleName: 'deploy' }));
  assert.equal(await failureOf(assume(sts)), denied);
});

test('a role lets in whom it trusts', async () => {
  const { as, pass } = await withRole(trusting('arn:aws:iam::111111111111:role/runner'));
  pass(15_000);
  const root = new STSClient(as('111111111111'));
  assert.is((await failureOf(assume(root))).name, 'AccessDenied');
  const runner = await root.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111111111111:role/runner', RoleSessionName: 'r1' }),
  );
  const chained = new STSClient(as(runner.Credentials?.AccessKeyId ?? ''));
  await assume(chained);
  assert.match((await failureOf(assume(chained, 3601))).message, 'assumed by role chaining');
});

test('an external id is asked for', async () => {
  const Condition = { StringEquals: { 'sts:ExternalId': 'secret' } };
  const { as, pass } = await withRole({ ...trusting('*'), Condition });
  pass(15_000);
  const sts = new STSClient(as('111111111111'));
  assert.is((await failureOf(assume(sts))).name, 'AccessDenied');
  await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'run-1', ExternalId: 'secret' }));
});

test("a pipeline's own token is enough where its provider and subject are trusted", async () => {
  const provider = 'token.actions.githubusercontent.com';
  const { as, pass } = testCloud({
    planted: [
      {
        type: 'AWS::IAM::OIDCProvider',
        id: `arn:aws:iam::222222222222:oidc-provider/${provider}`,
        properties: { Url: `https://${provider}` },
        realm: { account: '222222222222', region: 'global' },
      },
      {
        type: 'AWS::IAM::Role',
        id: 'deploy',
        properties: {
          AssumeRolePolicyDocument: {
            Statement: {
              Effect: 'Allow',
              Action: 'sts:AssumeRoleWithWebIdentity',
              Principal: { Federated: `arn:aws:iam::222222222222:oidc-provider/${provider}` },
              Condition: { StringLike: { [`${provider}:sub`]: 'repo:acme/*' } },
            },
          },
        },
        realm: { account: '222222222222', region: 'global' },
      },
    ],
  });
  pass(1000);
  const { credentials: _none, ...config } = as('');
  const sts = new STSClient(config);
  const bring = (sub: string, iss = `https://${provider}`) => {
    const token = ['{}', JSON.stringify({ iss, sub, aud: 'sts.amazonaws.com' }), ''].map((part) =>
      Buffer.from(part).toString('base64url'),
    );
    const WebIdentityToken = token.join('.');
    return sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'run', WebIdentityToken }));
  };
  const { AssumedRoleUser, SubjectFromWebIdentityToken } = await bring('repo:acme/app:ref:refs/heads/main');
  assert.equal(
    [AssumedRoleUser?.Arn, SubjectFromWebIdentityToken],
    ['arn:aws:sts::222222222222:assumed-role/deploy/run', 'repo:acme/app:ref:refs/heads/main'],
  );
  assert.is(
    (await failureOf(bring('repo:other/app'))).message,
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  );
  assert.is(
    (await failureOf(bring('repo:acme/app', 'https://elsewhere'))).message,
    'No OpenIDConnect provider found in your account for https://elsewhere',
  );
});

test('a federated user is a caller of its own, and a key tells its account', async () => {
  const { as } = testCloud();
  const sts = new STSClient(as('111111111111'));
  const { Credentials } = await sts.send(new GetFederationTokenCommand({ Name: 'bob' }));
  const key = Credentials?.AccessKeyId ?? '';
  const { Arn } = await new STSClient(as(key)).send(new GetCallerIdentityCommand({}));
  assert.is(Arn, 'arn:aws:sts::111111111111:federated-user/bob');
  assert.is((await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: key }))).Account, '111111111111');
});

test.run();
