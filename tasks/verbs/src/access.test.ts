import { CloudFormationClient, CreateStackCommand, type Tag } from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { closeAfter, openErrorEndpoint } from './test-endpoint.ts';
import { ENV_FILE, freePort, openTestProject, runFilesOf, type Ended, type TestProject } from './test-project.ts';
import { DIAMOND } from './test-shape.ts';

const AWS_FILE = ENV_FILE.replace('cloud: local', 'cloud: aws');
const UP = ['up', '--env', 'real'];

let project: TestProject;
test.before(async () => {
  project = await openTestProject(DIAMOND);
  project.write('envs/real.yaml', AWS_FILE);
});
test.after(() => project.close());

/** An access key of twelve digits is that account of the local cloud. */
function keysOf(account: string, endpoint = project.endpoint): NodeJS.ProcessEnv {
  return { AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'not-a-secret', AWS_ENDPOINT_URL: endpoint };
}

async function assertRefused(run: Promise<Ended>, code: number, lines: readonly string[]): Promise<void> {
  const ended = await run;
  assert.is(ended.stderr, `${lines.join('\n')}\n`);
  assert.is(ended.stdout, '');
  assert.is(ended.code, code);
  assert.equal(await project.stacks('333333333333'), []);
  assert.equal(await project.stacks('222222222222'), []);
  assert.equal(runFilesOf(project.root, 'real'), []);
}

test('credentials of another account', async () => {
  await assertRefused(project.verb('run', UP, keysOf('222222222222')), 3, [
    'Wrong account: envs/real.yaml says 333333333333, the credentials are for 222222222222',
    '  why: they belong to arn:aws:iam::222222222222:root',
    '  next: use credentials for 333333333333 (AWS_PROFILE), or correct account: in envs/real.yaml',
  ]);
});

test('no credentials at all, with and without a role', async () => {
  const lines = (file: string) => [
    'No usable AWS credentials: Could not load credentials from any providers',
    `  why: envs/${file}.yaml says cloud: aws, and the SDK looked at the environment, the profile and the instance role`,
    '  next: set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then repeat the command',
  ];
  await assertRefused(project.verb('run', UP), 3, lines('real'));
  project.write('envs/role.yaml', `${AWS_FILE}role: arn:aws:iam::333333333333:role/deploy\n`);
  await assertRefused(project.verb('run', ['up', '--env', 'role']), 3, lines('role'));
});

test('expired credentials', async () => {
  const message = 'The security token included in the request is expired';
  const endpoint = await openErrorEndpoint('ExpiredToken', message);
  await closeAfter(
    endpoint,
    assertRefused(project.verb('run', UP, keysOf('333333333333', endpoint.url)), 3, [
      'The AWS credentials have expired',
      `  why: ${message}`,
      '  next: sign in again (for instance: aws sso login), then repeat the command',
    ]),
  );
});

test('a role that the credentials may not assume', async () => {
  const role = 'arn:aws:iam::333333333333:role/deploy';
  project.write('envs/role.yaml', `${AWS_FILE}role: ${role}\n`);
  const message = `User: arn:aws:iam::222222222222:user/me is not authorized to perform: sts:AssumeRole on resource: ${role}`;
  const endpoint = await openErrorEndpoint('AccessDenied', message);
  const run = project.verb('run', ['up', '--env', 'role'], keysOf('222222222222', endpoint.url));
  await closeAfter(
    endpoint,
    assertRefused(run, 3, [
      `Cannot assume the role ${role}: ${message}`,
      "  next: check the role's trust policy, or role: in envs/role.yaml",
    ]),
  );
});

test('credentials without the right to look, and an answer that nobody expects', async () => {
  const message = 'User: arn:aws:iam::333333333333:user/me is not authorized to perform: cloudformation:DescribeStacks';
  const denying = await openErrorEndpoint('AccessDenied', message);
  await closeAfter(
    denying,
    assertRefused(project.verb('run', UP, keysOf('333333333333', denying.url)), 3, [
      `AWS refuses to show the account's stacks: ${message}`,
      '  next: use credentials with more rights (AWS_PROFILE)',
    ]),
  );
  const odd = await openErrorEndpoint('OptInRequired', 'The AWS Access Key Id needs a subscription for the service');
  await closeAfter(
    odd,
    assertRefused(project.verb('run', UP, keysOf('333333333333', odd.url)), 3, [
      'AWS gives no answer that helps: The AWS Access Key Id needs a subscription for the service (OptInRequired)',
      '  why: nothing is written before the account has shown who it is and which stacks it has',
      '  next: try again; if it stays: aws cloudformation describe-stacks',
    ]),
  );
});

test('an endpoint that nobody listens on, and one that is no address', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  await Promise.all([
    assertRefused(project.verb('run', UP, keysOf('333333333333', url)), 3, [
      `Cannot reach ${url} (ECONNREFUSED)`,
      '  why: nothing answers at that address',
      '  next: check AWS_ENDPOINT_URL, or unset it, then try again',
    ]),
    assertRefused(project.verb('run', UP, keysOf('333333333333', 'localhost:4566')), 2, [
      'AWS_ENDPOINT_URL is "localhost:4566", which is no address',
      '  why: it has to begin with http:// or https://',
      '  next: AWS_ENDPOINT_URL=http://127.0.0.1:4566, or unset it to reach AWS itself',
    ]),
  ]);
});

test('stacks that are protected or not ours are named together and left alone', async () => {
  project.write('envs/kept.yaml', ENV_FILE.replace('333333333333', '555555555555'));
  const ours = [
    { Key: 'roundtrip:environment', Value: 'kept' },
    { Key: 'roundtrip:layer', Value: 'network' },
  ];
  await createStack('kept-network', ours, true);
  await createStack('kept-data', [], false);
  await createStack('kept-cluster', [{ Key: 'roundtrip:environment', Value: 'other' }], false);
  const before = await identities('555555555555');
  const look = (stack: string) => `  next: look at it with: aws cloudformation describe-stacks --stack-name ${stack}`;
  await assertRefused(project.verb('run', ['down', '--env', 'kept']), 3, [
    'Refused: stack kept-data exists without the tag roundtrip:environment: it is not ours',
    look('kept-data'),
    'Refused: stack kept-cluster belongs to environment other, not kept',
    look('kept-cluster'),
    'Refused: termination protection is on for stack kept-network',
    '  next: if it may go, type: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name kept-network',
  ]);
  const rename = (stack: string) =>
    `  next: rename the environment, or delete that stack by hand: aws cloudformation delete-stack --stack-name ${stack}`;
  await assertRefused(project.verb('run', ['up', '--env', 'kept']), 3, [
    'Refused: stack kept-cluster belongs to environment other, not kept',
    rename('kept-cluster'),
    'Refused: stack kept-data exists without the tag roundtrip:environment: it is not ours',
    rename('kept-data'),
  ]);
  assert.equal(await identities('555555555555'), before);
});

/** What a write would change; the stacks themselves may still be on their way. */
async function identities(account: string): Promise<unknown[]> {
  const stacks = await project.stacks(account);
  return stacks.map((one) => [one.StackName, one.StackId, one.EnableTerminationProtection, one.LastUpdatedTime]);
}

async function createStack(name: string, tags: Tag[], isProtected: boolean): Promise<void> {
  const credentials = { accessKeyId: '555555555555', secretAccessKey: 'local' };
  const client = new CloudFormationClient({ region: 'eu-west-1', endpoint: project.endpoint, credentials });
  const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
  const template = { Resources: { Parameter: parameter } };
  const input = {
    StackName: name,
    TemplateBody: JSON.stringify(template),
    Tags: tags,
    EnableTerminationProtection: isProtected,
  };
  await client.send(new CreateStackCommand(input));
}

test.run();
