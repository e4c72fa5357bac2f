import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSampleHook, writeSampleProject, type SampleShape } from '@roundtrip/sample-project';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const TOOL = resolve(fileURLToPath(new URL('../../../../', import.meta.url)));
const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

const SHAPE: SampleShape = {
  layers: { network: [], services: ['network'], destroy: ['network', 'services'] },
  stacks: [
    { layer: 'network', name: '', createSeconds: 60, deleteSeconds: 20, dependsOn: [] },
    { layer: 'services', name: 'api', createSeconds: 30, deleteSeconds: 10, dependsOn: [], reads: ['network'] },
    { layer: 'services', name: 'web', createSeconds: 40, deleteSeconds: 15, dependsOn: ['api'] },
  ],
  hooks: { services: { 'after-up': 'await context.sleep(12_000);', 'before-down': 'await context.$`drain`;' } },
};

const SAID = `yes: dev can be destroyed on Friday at 19:00 and rebuilt on Monday at 06:00
  gone by Friday at 19:01, back by Monday at 06:03

3 stacks in 3 layers, seeds dev-1
envs/dev.yaml has no schedule: a weekend is assumed
hooks run: services/after-up
hooks left out, because they start commands: services/before-down

        median      95 %   longest  of
up    2:22 min  2:32 min  2:32 min   2
down      45 s      46 s      46 s   2

critical path up: 2:22 min of 2:22 min
  dev-network        1:00 min
  dev-services-api       30 s
  dev-services-web       40 s
  services/after-up      12 s

critical path down: 45 s of 45 s
  dev-services-web  15 s
  dev-services-api  10 s
  dev-network       20 s

calls                up  down
reads                41    19
  DescribeStacks     39    17
  GetCallerIdentity   1     1
  GetObject           1     1
writes               14     8
  CreateStack         3     0
  DeleteStack         0     3
  PutObject          11     5
throttled             0     0

in the way of a teardown
  nothing
  not seen from here: what others import from, or put into, the real account

left after a teardown
  nothing
`;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Rehearses `dev` of a sample project as `make rehearse ENV=dev` does. */
function rehearse(
  prepare: (root: string) => void = () => undefined,
  env: Readonly<Record<string, string>> = {},
  times = 1,
): Ended[] {
  const root = mkdtempSync(join(tmpdir(), 'roundtrip-rehearse-'));
  try {
    writeSampleProject(root, TOOL, SHAPE, 'dev');
    prepare(root);
    return Array.from({ length: times }, () => start({ ROUNDTRIP_ROOT: root, ENV: 'dev', SEEDS: '1', ...env }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function start(env: Readonly<Record<string, string>>): Ended {
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const options = { env: { ...process.env, ...quiet, ...env }, encoding: 'utf8' as const, timeout: 120_000 };
  const { status: code, stdout: out, stderr: err } = spawnSync(process.execPath, [MAIN], options);
  return { code, out, err };
}

function edit(root: string, change: (text: string) => string): void {
  const path = join(root, 'envs/dev.yaml');
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

const protect = (text: string): string => text.replace('protect: false', 'protect: true');

/** A stack whose template is this one, in place of the sample's. */
function writeTemplate(root: string, resources: object): void {
  const path = join(root, 'packages/network/templates/network.json');
  const { Outputs } = JSON.parse(readFileSync(path, 'utf8')) as { readonly Outputs: object };
  const Slow = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
  writeFileSync(path, JSON.stringify({ Resources: { Slow, ...resources }, Outputs }));
}

test('says yes with what it rests on, and the same again', () => {
  const [first, second] = rehearse(undefined, {}, 2);
  assert.is(first?.err, '');
  assert.is(first?.out, SAID);
  assert.is(first?.code, 0);
  assert.is(second?.out, first?.out);
});

test('a protected environment is built, and its teardown is refused', () => {
  const [ended] = rehearse((root) => edit(root, protect));
  assert.is(ended?.err, '');
  assert.is(
    ended?.out.split('\n\n')[0],
    'no: dev is protected and cannot be destroyed\n  why: envs/dev.yaml says protect: true, so its teardown is refused',
  );
  assert.match(ended?.out ?? '', /^up +\d:\d\d min/m);
  assert.not.match(ended?.out ?? '', /^down/m);
  assert.is(ended?.code, 3);
});

test('what only a person may clear away makes the answer no', () => {
  const [ended] = rehearse((root) =>
    writeTemplate(root, {
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Name: 'front',
          Type: 'network',
          Scheme: 'internal',
          Subnets: [{ Ref: 'One' }],
          LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
        },
      },
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      One: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/24', VpcId: { Ref: 'Vpc' } } },
    }),
  );
  assert.is(ended?.err, '');
  assert.match(ended?.out ?? '', /^no: dev cannot be destroyed on Friday at 19:00 and rebuilt on Monday at 06:00\n/);
  assert.match(ended?.out ?? '', /why: dev-network: load balancer front has deletion protection; type: aws elbv2/);
  assert.is(ended?.code, 1);
});

test('what stays behind makes the answer no, unless the env file names it', () => {
  const keep = (root: string): void =>
    writeTemplate(root, { Kept: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' } });
  const [left] = rehearse(keep);
  assert.match(left?.out ?? '', /^ {2}why: down failed, left: arn:aws:s3:::dev-network-kept-\w+ \(1 time\)$/m);
  assert.is(left?.code, 1);
});

test('a hook that fails makes the answer no', () => {
  const [ended] = rehearse((root) =>
    writeSampleHook(root, 'services', 'after-up', "throw new RangeError('api does not answer');"),
  );
  assert.match(ended?.out ?? '', /^ {2}why: up failed, services\/after-up: api does not answer \(1 time\)$/m);
  assert.is(ended?.code, 1);
});

test('HOOKS=off leaves hooks out', () => {
  const [ended] = rehearse(undefined, { HOOKS: 'off' });
  assert.match(ended?.out ?? '', /^hooks not run: services\/after-up, services\/before-down$/m);
  assert.not.match(ended?.out ?? '', /services\/after-up {2}/);
});

test('mistakes in the env file are named with their place', () => {
  const [ended] = rehearse((root) => edit(root, (text) => text.replace('owner: nobody', 'owned: nobody')));
  assert.match(ended?.err ?? '', /^envs\/dev\.yaml:4:1: unknown key "owned"$/m);
  assert.is(ended?.code, 2);
});

test('variables that make no sense together are refused', () => {
  const [minutes] = rehearse(undefined, { MINUTES: '5' });
  assert.is(
    minutes?.err,
    'MINUTES is for random environments, and ENV names one\n  next: type: make rehearse ENV=dev SEEDS=20\n',
  );
  const [hooks] = rehearse(undefined, { HOOKS: 'no' });
  assert.is(hooks?.err, 'HOOKS is "no", and only "off" is known\n  next: type: make rehearse ENV=dev HOOKS=off\n');
  assert.equal([minutes?.code, hooks?.code], [2, 2]);
});

test('staging of this project can be destroyed and rebuilt', () => {
  const { code, out, err } = start({ ROUNDTRIP_ROOT: TOOL, ENV: 'stage', SEEDS: '1' });
  assert.is(err, '');
  assert.is(out.split('\n')[0], 'yes: stage can be destroyed on Friday at 19:00 and rebuilt on Monday at 06:00');
  assert.match(
    out,
    /^hooks run: cluster\/before-up, services\/after-up, destroy\/after-up, services\/before-down, destroy\/after-down$/m,
  );
  assert.is(code, 0);
});

test.run();
