import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { SampleShape } from '@roundtrip/sample-project';
import { eventsOf, layerOutcomes, outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const ROLE = 'arn:aws:iam::333333333333:role/deploy';

/** A hook that fails as long as the project has a file of that name. */
function failing(kind: string): string {
  return `
    const { existsSync } = await import('node:fs');
    context.log('this is ${kind}');
    if (existsSync(context.root + '/fail-${kind}')) throw new RangeError('${kind} does not like it');`;
}

/** Shows all that a hook can know, secrets included. */
const TELLING = `${failing('after-up')}
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { Arn } = await new STSClient(context.aws).send(new GetCallerIdentityCommand({}));
  const { accessKeyId, secretAccessKey, sessionToken } = context.aws.credentials;
  context.log('I am ' + Arn);
  context.log('outputs of ' + Object.keys(context.outputs).join(' and ') + ': ' + typeof context.outputs['demo-base'].Id);
  context.log('config ' + JSON.stringify(context.config));
  await Promise.all(['read', 'write'].map((kind) => context.aws.pace.take(kind)));
  context.log('a read and a write may go');
  await context.$\`echo region $AWS_REGION at $AWS_ENDPOINT_URL\`;
  const same = (await context.$\`printenv AWS_ACCESS_KEY_ID\`).stdout.trim() === accessKeyId;
  context.log('the shell has the same key: ' + same);
  await context.$\`echo $AWS_SECRET_ACCESS_KEY\`;
  console.log('on its own output too: ' + sessionToken);
  context.log('keys ' + accessKeyId + ' ' + secretAccessKey + ' ' + sessionToken);`;

const SHAPE: SampleShape = {
  layers: { base: [], app: ['base'] },
  stacks: [stack('base', ''), stack('app', '')],
  hooks: {
    app: {
      'before-up': failing('before-up'),
      'after-up': TELLING,
      'before-down': failing('before-down'),
      'after-down': failing('after-down'),
    },
  },
};

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
  project.write('envs/demo.yaml', `${ENV_FILE}role: ${ROLE}\n`);
});
test.after(() => project.close());

const runs = () =>
  eventsOf(project.lastJournal('demo'), 'hook-finished').map(({ hook, outcome }) => `${hook} ${outcome}`);
const leases = () => eventsOf(project.lastJournal('demo'), 'lease').map(({ what }) => what);
const lines = () => eventsOf(project.lastJournal('demo'), 'hook-output').map(({ line }) => line);

test('a failing "before up" stops its layer before the first write', async () => {
  project.write('fail-before-up', '');
  const up = await project.verb('run', ['up', '--env', 'demo']);
  rmSync(join(project.root, 'fail-before-up'));
  assert.is(up.code, 1);
  assert.equal(runs(), ['before-up failed']);
  assert.equal(outcomes(project.lastJournal('demo')), { 'demo-base': 'created', 'demo-app': 'not-started' });
  assert.equal(writes(project.lastJournal('demo')), ['CreateStack demo-base']);
  assert.equal(up.stdout.trimEnd().split('\n').slice(-3), [
    '✗ app: hook before-up failed',
    '  reason  before-up does not like it',
    '  | this is before-up',
  ]);
});

test('a failing "after up" makes the layer fail although its stacks are complete', async () => {
  project.write('fail-after-up', '');
  const up = await project.verb('run', ['up', '--env', 'demo']);
  rmSync(join(project.root, 'fail-after-up'));
  assert.is(up.code, 1);
  assert.equal(runs(), ['before-up done', 'after-up failed']);
  assert.equal(outcomes(project.lastJournal('demo')), { 'demo-base': 'unchanged', 'demo-app': 'created' });
  assert.equal(layerOutcomes(project.lastJournal('demo')), { base: 'done', app: 'failed' });
});

test('it runs again although nothing has changed, with the role, the outputs and a shell', async () => {
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0);
  assert.equal(writes(project.lastJournal('demo')), []);
  assert.equal(runs(), ['after-up done']);
  assert.equal(lines(), [
    'this is after-up',
    'I am arn:aws:sts::333333333333:assumed-role/deploy/roundtrip-demo',
    'outputs of demo-app and demo-base: string',
    'config {"setting":"first"}',
    'a read and a write may go',
    `region eu-west-1 at ${project.endpoint}`,
    '****',
    'the shell has the same key: true',
    '****',
    'keys **** **** ****',
  ]);
  const { run } = eventsOf(project.lastJournal('demo'), 'run-started')[0]!;
  assert.match(project.read(`.roundtrip/runs/demo/${run}.turbo.log`), /on its own output too: \*\*\*\*\n/);
  assert.match(up.stdout, /\n\S+ {3}app after-up \| keys \*\*\*\* \*\*\*\* \*\*\*\*\n/);
  const { detail } = eventsOf(project.lastJournal('demo'), 'guard-passed')[0]!;
  assert.is(detail, '333333333333 as arn:aws:sts::333333333333:assumed-role/deploy/roundtrip-demo');
});

test('once it has succeeded it does not run again while nothing changes', async () => {
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0);
  assert.equal(runs(), []);
  assert.equal(eventsOf(project.lastJournal('demo'), 'run-finished')[0]?.calls, {
    AssumeRole: 1,
    GetCallerIdentity: 1,
    DescribeStacks: 1,
  });
});

test('on another machine it is known from the account, which is asked again under the lease', async () => {
  rmSync(join(project.root, '.roundtrip/hooks'), { recursive: true });
  const known = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(known.code, 0);
  assert.equal(runs(), []);
  assert.equal(eventsOf(project.lastJournal('demo'), 'run-finished')[0]?.calls, {
    AssumeRole: 1,
    GetCallerIdentity: 1,
    DescribeStacks: 1,
    GetObject: 1,
  });
  rmSync(join(project.root, '.roundtrip/hooks'), { recursive: true });
  await project.faults([
    {
      fault: 'error',
      service: 's3',
      operation: 'GetObject',
      code: 'InvalidRequest',
      status: 400,
      text: 'not today',
      times: 1,
    },
  ]);
  const unknown = await project.verb('run', ['up', '--env', 'demo']);
  await project.faults([]);
  assert.is(unknown.code, 0);
  assert.equal(leases(), ['taken', 'released']);
  assert.equal(runs(), [], 'the second time it is known');
});

test('a failing "before down" keeps its layer and what is below it', async () => {
  project.write('fail-before-down', '');
  const down = await project.verb('run', ['down', '--env', 'demo']);
  rmSync(join(project.root, 'fail-before-down'));
  assert.is(down.code, 1);
  assert.equal(runs(), ['before-down failed']);
  assert.equal(writes(project.lastJournal('demo')), []);
  assert.equal(layerOutcomes(project.lastJournal('demo')), { app: 'failed', base: 'not-started' });
});

test('"after down" runs when the stacks are gone, and its failure keeps what is below', async () => {
  project.write('fail-after-down', '');
  const failed = await project.verb('run', ['down', '--env', 'demo']);
  rmSync(join(project.root, 'fail-after-down'));
  assert.is(failed.code, 1);
  assert.equal(runs(), ['before-down done', 'after-down failed']);
  assert.equal(outcomes(project.lastJournal('demo')), { 'demo-app': 'deleted', 'demo-base': 'not-started' });
  const down = await project.verb('run', ['down', '--env', 'demo']);
  assert.is(down.code, 0);
  assert.equal(runs(), ['after-down done']);
  assert.equal(await project.stacks('333333333333'), []);
});

test.run();
