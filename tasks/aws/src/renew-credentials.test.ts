import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CloudError } from '@roundtrip/engine';
import type { FaultPlan } from '@roundtrip/local-cloud';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createCallCounter } from './call-counter.ts';
import { clientConfig } from './client-settings.ts';
import { asRole, whoAmI } from './identity.ts';
import { createStackCloud } from './stack-cloud.ts';
import { ACCOUNT, createTestAccount } from './test-account.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const EXPIRED: FaultPlan = { faults: [{ fault: 'expired-credentials', accessKeyId: 'ASIA*' }] };

test('a role is assumed anew when AWS says that its credentials have expired, once for all clients', async () => {
  const { settings, counter, setFaults, pass } = createTestAccount();
  let now = Date.now();
  const role = asRole(settings, ROLE, { session: 'test', counter, speed: 1, now: () => now });
  const stacks = createStackCloud(role, ACCOUNT, counter);
  assert.equal(await stacks.sweep(), []);
  assert.is(counter.calls['AssumeRole'], 1);
  pass(60_000);
  setFaults(EXPIRED);
  pass(1_000);
  now += 2_000;
  const [swept, who] = await Promise.all([stacks.sweep(), whoAmI(role, counter)]);
  assert.equal([swept, who.account], [[], ACCOUNT]);
  assert.is(counter.calls['AssumeRole'], 2);
});

test('a change is not sent again by the client: whoever sends it asks first whether it still may', async () => {
  const { settings, setFaults, pass } = createTestAccount();
  const counter = createCallCounter();
  let now = Date.now();
  const role = asRole(settings, ROLE, { session: 'test', counter, speed: 1, now: () => now });
  const stacks = createStackCloud(role, ACCOUNT, counter);
  assert.equal(await stacks.sweep(), []);
  pass(60_000);
  setFaults(EXPIRED);
  pass(1_000);
  now += 2_000;
  const content = { stackName: 's', token: 't', parameters: {}, capabilities: [], tags: {} };
  const template = '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}';
  const create = (): Promise<string> =>
    stacks.create({ ...content, templateBody: template, terminationProtection: false });
  const refused = await create().catch((caught: unknown) => caught);
  assert.is((refused as CloudError).kind, 'credentials');
  assert.equal([counter.calls['CreateStack'], counter.calls['AssumeRole']], [1, 2]);
  assert.match(await create(), /:stack\/s\//);
});

test('credentials that nobody can renew are tried once more, and then it is said what AWS says', async () => {
  const { settings, setFaults } = createTestAccount();
  const counter = createCallCounter();
  setFaults({ faults: [{ fault: 'expired-credentials' }] });
  const stacks = createStackCloud(settings, ACCOUNT, counter);
  const error = await stacks.sweep().catch((caught: unknown) => caught);
  assert.instance(error, CloudError);
  assert.is((error as CloudError).kind, 'credentials');
  assert.is((error as CloudError).message, 'The security token included in the request is expired');
  assert.equal(counter.calls, { DescribeStacks: 2 });
});

test('what a sign-in has put into the file of credentials meanwhile is read', async () => {
  const { settings: caller, setFaults, pass } = createTestAccount();
  const folder = mkdtempSync(join(tmpdir(), 'roundtrip-credentials-'));
  const file = join(folder, 'credentials');
  const signIn = async (): Promise<void> => {
    const sts = new STSClient(clientConfig(caller));
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'me' }));
    const lines = [
      '[default]',
      `aws_access_key_id = ${keys?.AccessKeyId}`,
      `aws_secret_access_key = ${keys?.SecretAccessKey}`,
      `aws_session_token = ${keys?.SessionToken}`,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
  };
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: join(folder, 'none') });
  try {
    const { credentials: _, ...settings } = caller;
    const counter = createCallCounter();
    const stacks = createStackCloud(settings, ACCOUNT, counter);
    await signIn();
    assert.equal(await stacks.sweep(), []);
    pass(60_000);
    setFaults(EXPIRED);
    pass(1_000);
    await signIn();
    assert.equal(await stacks.sweep(), []);
    assert.equal(counter.calls, { DescribeStacks: 3 });
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true });
  }
});

test.run();
