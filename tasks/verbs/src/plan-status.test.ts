import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlanView, StatusView } from '@roundtrip/view';
import { openRecorder } from './test-endpoint.ts';
import { ENV_FILE, openTestProject, runFilesOf, type Ended, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE = {
  layers: { network: [], data: ['network'], destroy: ['data', 'network'] },
  stacks: [stack('network', ''), stack('data', '', { hasSetting: true, reads: ['network'] })],
};
const QUICK = [0, 1, 2, 3, 4, 5, 6].map((index) => `Quick${index}`);

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
  project.write('envs/real.yaml', ENV_FILE.replace('cloud: local', 'cloud: aws'));
});
test.after(() => project.close());

const plan = (...args: string[]) => project.verb('plan', ['up', '--env', 'demo', ...args]);

function linesOf(ended: Ended, code = 0): string[] {
  assert.is(ended.stderr, '');
  assert.is(ended.code, code);
  return ended.stdout.trimEnd().split('\n');
}

test('the plan of an environment that is not up yet shows all that would be created, and creates nothing', async () => {
  const resources = ['Slow  ', ...QUICK].map((name) => `      + ${name}  AWS::SSM::Parameter`);
  assert.equal(linesOf(await plan()), [
    'up demo: what would be done',
    '',
    'network',
    '  + demo-network  create: does not exist',
    ...resources,
    '',
    'data',
    '  + demo-data  create: does not exist',
    ...resources,
    '',
    '2 to create',
  ]);
  assert.equal(await project.stacks('333333333333'), []);
  assert.equal(runFilesOf(project.root, 'demo'), []);
});

test('the plan of an environment that is as it should be says so', async () => {
  linesOf(await project.verb('run', ['up', '--env', 'demo']));
  assert.equal(linesOf(await plan()), [
    'up demo: what would be done',
    '',
    'network',
    '  = 1 stack unchanged',
    '',
    'data',
    '  = 1 stack unchanged',
    '',
    'nothing to do: 2 stacks are as they should be',
  ]);
});

test('a change is shown per resource, with replacement and deletion marked', async () => {
  changeTemplate();
  assert.equal(linesOf(await plan()), [
    'up demo: what would be done',
    '',
    'network',
    '  = 1 stack unchanged',
    '',
    'data',
    '  ~ demo-data  update: template, parameters or tags changed',
    '      ± Slow    AWS::SSM::Parameter  replaced',
    '          Name: "/demo/slow" (new)',
    '      ~ Quick5  AWS::SSM::Parameter',
    '          Value: "x" → "y"',
    '      + More    AWS::SSM::Parameter',
    '      - Quick6  AWS::SSM::Parameter  deleted',
    '',
    '1 to update, 1 unchanged',
    '! 1 resource replaced: demo-data/Slow',
    '! 1 resource deleted: demo-data/Quick6',
  ]);
});

test('the same for a program', async () => {
  const view = JSON.parse((await plan('--json')).stdout) as PlanView;
  assert.equal(
    view.stacks.map(({ name, kind }) => [name, kind]),
    [
      ['demo-network', 'skip'],
      ['demo-data', 'update'],
    ],
  );
  const resources = view.stacks[1]?.resources?.map((one) => [one.logicalId, one.action, one.replacement]);
  assert.equal(resources, [
    ['Slow', 'modify', 'yes'],
    ['Quick5', 'modify', 'no'],
    ['More', 'add', 'no'],
    ['Quick6', 'remove', 'no'],
  ]);
});

test('the plan of a teardown shows the reverse order and all that would go', async () => {
  const lines = linesOf(await project.verb('plan', ['down', '--env', 'demo']));
  assert.equal(
    lines.filter((line) => line.includes('delete: ')),
    ['  - demo-data  delete: is CREATE_COMPLETE', '  - demo-network  delete: is CREATE_COMPLETE'],
  );
  assert.is(lines.filter((line) => line.endsWith('  AWS::SSM::Parameter  deleted')).length, 16);
  assert.equal(lines.slice(-5, -1), [
    'nothing is in the way',
    '',
    '2 to delete',
    '! 2 stacks deleted with all in it, 16 resources: demo-data, demo-network',
  ]);
});

test('no plan makes any call but reads', async () => {
  const recorder = await openRecorder(project.endpoint);
  const keys = { AWS_ACCESS_KEY_ID: '333333333333', AWS_SECRET_ACCESS_KEY: 'x', AWS_ENDPOINT_URL: recorder.url };
  // The same environment, asked for as if it were on AWS.
  project.write('envs/demo.yaml', ENV_FILE.replace('cloud: local', 'cloud: aws'));
  try {
    const before = await project.stacks('333333333333');
    linesOf(await project.verb('plan', ['up', '--env', 'demo'], keys));
    assert.equal(recorder.operations.splice(0).sort(), ['DescribeStacks', 'GetCallerIdentity', 'GetTemplate']);
    linesOf(await project.verb('plan', ['down', '--env', 'demo'], keys));
    // What is deployed of the stack whose file was changed is looked into for exports and for what blocks a delete.
    assert.equal(recorder.operations.sort(), [
      'DescribeStacks',
      'DescribeStacks',
      'GetCallerIdentity',
      'GetTemplate',
      'GetTemplate',
      'ListStackResources',
    ]);
    assert.equal(await project.stacks('333333333333'), before);
    assert.is(project.journals('demo').length, 1);
  } finally {
    project.write('envs/demo.yaml', ENV_FILE);
    await recorder.close();
  }
});

test('status shows every environment, and why one cannot be reached', async () => {
  const lines = linesOf(await project.verb('status', []), 1);
  const [head, last, columns, ...rest] = lines;
  assert.is(head, 'demo  333333333333 eu-west-1, local cloud, 2 stacks');
  assert.match(last!, /^ {2}last run {2}up [\d.]+ s ago, done after [\d.]+ s \(\d{8}T\d{9}Z-[0-9a-f]{4}\)$/);
  assert.match(columns!, /^ {2}STACK {9}LAYER {4}STATE {12}AGE +CHANGED$/);
  // The local cloud's clock runs 600 times as fast: after seconds its stacks are over half an hour old.
  assert.match(rest[0]!, /^ {2}demo-data {5}data {5}CREATE_COMPLETE {2}\d+:\d\d(?: min|:\d\d h) +-$/);
  assert.match(rest[1]!, /^ {2}demo-network {2}network {2}CREATE_COMPLETE {2}\d+:\d\d(?: min|:\d\d h) +-$/);
  assert.equal(rest.slice(2), [
    '',
    'real  333333333333 eu-west-1',
    '  not reachable: No usable AWS credentials: Could not load credentials from any providers',
    '  last run  none',
  ]);
});

test('status for a program carries the same, and the time on the clock of each cloud', async () => {
  const ended = await project.verb('status', ['--json']);
  assert.is(ended.code, 1);
  const { environments, nowMs } = JSON.parse(ended.stdout) as StatusView;
  const [demo, real] = environments;
  assert.equal(
    demo?.stacks.map(({ name, status, ours }) => [name, status, ours]),
    [
      ['demo-data', 'CREATE_COMPLETE', true],
      ['demo-network', 'CREATE_COMPLETE', true],
    ],
  );
  const { cloudNowMs = 0, stacks } = demo!;
  assert.ok(stacks.every(({ createdAt = 0 }) => createdAt < cloudNowMs));
  assert.ok(demo?.lastRun !== undefined && demo.lastRun.startedAt < nowMs);
  assert.is(real?.reachable, 'No usable AWS credentials: Could not load credentials from any providers');
});

test('an env file that is no good makes its environment unreachable and no other', async () => {
  project.write('envs/real.yaml', ENV_FILE.replace('cloud: local', 'cloud: mars'));
  const lines = linesOf(await project.verb('status', []), 1);
  assert.ok(lines.includes('demo  333333333333 eu-west-1, local cloud, 2 stacks'));
  assert.equal(lines.slice(-3), [
    'real',
    '  not reachable: envs/real.yaml:1:8: cloud is "mars", not one of local and aws',
    '  last run  none',
  ]);
});

interface Template {
  readonly Resources: Record<string, { Properties: Record<string, unknown> } | undefined>;
}

/** Replaces one resource, changes one, adds one and removes one. */
function changeTemplate(): void {
  const file = 'packages/data/templates/data.json';
  const { Resources, ...rest } = JSON.parse(project.read(file)) as Template;
  const { Slow, Quick5, Quick6: _removed, ...others } = Resources;
  Slow!.Properties['Name'] = '/demo/slow';
  Quick5!.Properties['Value'] = 'y';
  project.write(file, JSON.stringify({ ...rest, Resources: { Slow, ...others, Quick5, More: Resources['Quick0'] } }));
}

test.run();
