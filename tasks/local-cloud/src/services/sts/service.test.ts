import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
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

test.run();
