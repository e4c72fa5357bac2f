import { readdirSync, readFileSync } from 'node:fs';
import type { LayerContext, StackDefinition } from '@roundtrip/environment';
import { formatProblems } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import layer from './layer.ts';
import { configSchema, type JenkinsConfig } from './src/config.ts';

const FOLDER = new URL('../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, FOLDER), 'utf8');

const PROD = {
  jobs: true,
  repositoryUrl: 'https://github.com/example/roundtrip.git',
  allowedCidrs: ['198.51.100.0/24', '203.0.113.7/32'],
};

/** @param files texts in `jcasc/` in place of the layer's own; undefined for a file that is not there */
function contextOf(
  section: v.InferInput<typeof configSchema>,
  files: Readonly<Record<string, string | undefined>> = {},
): LayerContext<JenkinsConfig> {
  return {
    config: v.parse(configSchema, section),
    environment: {
      name: 'prod',
      cloud: 'local',
      account: '222222222222',
      region: 'eu-west-1',
      owner: 'platform-team',
      tags: {},
      protect: true,
    },
    readFile: (path) => files[path] ?? text(path),
    listFiles: (folder) =>
      readdirSync(new URL(folder, FOLDER))
        .filter((file) => !(`${folder}/${file}` in files) || files[`${folder}/${file}`] !== undefined)
        .toSorted(),
    placeOf: (path) => ({ file: 'envs/prod.yaml', line: path.length, column: 1 }),
    pathOf: (file) => `packages/jenkins-bootstrap/${file}`,
  };
}

const problemsOf = (...args: Parameters<typeof contextOf>) => formatProblems(layer.check?.(contextOf(...args)) ?? []);

function stackOf(name: string, section: v.InferInput<typeof configSchema> = {}): StackDefinition {
  const stack = layer.stacks(contextOf(section)).find((one) => one.name === name);
  assert.ok(stack, name);
  return stack;
}

interface Template {
  readonly Parameters: Record<string, { Default?: unknown }>;
  readonly Resources: Record<string, { DeletionPolicy?: string; UpdateReplacePolicy?: string }>;
}

const templateOf = (file: string) => parseDocument(text(file), { logLevel: 'silent' }).toJS() as Template;

test("the layer's own configuration has no problem", () => {
  assert.is(problemsOf({}), '');
  assert.is(problemsOf(PROD), '');
});

test('every parameter is one of the template, and every one without a default is given', () => {
  for (const { template, parameters } of [...layer.stacks(contextOf({})), ...layer.stacks(contextOf(PROD))]) {
    const known = templateOf(template).Parameters;
    const unknown = Object.keys(parameters).filter((key) => !(key in known));
    const missing = Object.keys(known).filter((key) => known[key]?.Default === undefined && !(key in parameters));
    assert.equal({ template, unknown, missing }, { template, unknown: [], missing: [] });
  }
});

test('only a Jenkins that keeps the schedules is given jobs', () => {
  assert.is(stackOf('controller').parameters['JobsYaml'], undefined);
  assert.is(stackOf('controller', PROD).parameters['JobsYaml'], text('jcasc/jobs.yaml'));
});

test('a changed text starts a new controller', () => {
  const hashOf = (context: LayerContext<JenkinsConfig>) =>
    layer.stacks(context).at(-1)?.parameters['ConfigurationHash'] as string;
  const before = hashOf(contextOf({}));
  assert.match(before, /^[0-9a-f]{16}$/);
  assert.is(hashOf(contextOf({})), before);
  assert.is.not(hashOf(contextOf({}, { 'jcasc/plugins.txt': 'git:5.7.0\n' })), before);
});

test('a text that is too large to deliver is refused', () => {
  assert.is(
    problemsOf({}, { 'jcasc/controller.yaml': 'ä'.repeat(2100) }),
    `packages/jenkins-bootstrap/jcasc/controller.yaml: this file has 4200 bytes, more than the 4096 that can be delivered
  why: it goes through a CloudFormation parameter and an SSM parameter, which hold that much each
  next: take out what is not needed`,
  );
  assert.is(
    problemsOf(PROD, { 'jcasc/jobs.yaml': 'a'.repeat(5000) }),
    `packages/jenkins-bootstrap/jcasc/jobs.yaml: this file has 5000 bytes, more than the 4096 that can be delivered
  why: it goes through a CloudFormation parameter and an SSM parameter, which hold that much each
  next: take schedules out of envs/*.yaml, then run: make sync`,
  );
});

test('jobs without a repository are refused', () => {
  assert.is(
    problemsOf({ ...PROD, repositoryUrl: undefined }),
    `envs/prod.yaml:1:1: jobs is true, but repositoryUrl is missing
  why: a job checks the repository out before it runs make
  next: add "repositoryUrl: https://…" under jenkins-bootstrap in envs/prod.yaml`,
  );
});

test('a Jenkins with jobs is open to nobody who is not named', () => {
  assert.is(
    problemsOf({ ...PROD, allowedCidrs: [] }),
    `envs/prod.yaml:1:1: jobs is true, but allowedCidrs does not say who may reach this Jenkins
  why: its jobs destroy and build environments, and the load balancer may face the internet
  next: add "allowedCidrs: [203.0.113.0/24]", with your own ranges, under jenkins-bootstrap in envs/prod.yaml`,
  );
  assert.is(stackOf('controller', PROD).parameters['AllowedCidrs'], '198.51.100.0/24,203.0.113.7/32');
});

test('a range that is none, and a fourth range, are refused', () => {
  const accepts = (...allowedCidrs: string[]) => v.safeParse(configSchema, { allowedCidrs }).success;
  assert.ok(accepts('10.0.0.0/8', '203.0.113.7/32', '0.0.0.0/0'));
  for (const text of ['10.0.0.0', '10.0.0.256/8', '10.0.0.0/33', 'fe80::/10']) assert.not.ok(accepts(text), text);
  assert.not.ok(accepts('10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/10', '10.0.0.0/11'));
});

test('jobs that nobody has written are refused', () => {
  assert.is(
    problemsOf(PROD, { 'jcasc/jobs.yaml': undefined }),
    `envs/prod.yaml:1:1: jobs is true, but packages/jenkins-bootstrap/jcasc/jobs.yaml does not exist
  why: no env file has a schedule, or the jobs have not been written from them yet
  next: make sync`,
  );
});

test('the two templates of the home differ in nothing but what happens to the data', () => {
  const kept = templateOf('templates/home-kept.yaml');
  const disposable = templateOf('templates/home-disposable.yaml');
  const policies = ({ Resources }: Template) => {
    const { DeletionPolicy, UpdateReplacePolicy } = Resources['HomeFileSystem'] ?? {};
    return [DeletionPolicy, UpdateReplacePolicy];
  };
  assert.equal(policies(kept), ['RetainExceptOnCreate', 'Retain']);
  assert.equal(policies(disposable), ['Delete', 'Delete']);
  const rest = (file: string) =>
    text(file).replace(/^.*(Policy: (Retain|Delete)|The home of Jenkins on EFS).*\n/gm, '');
  assert.is(rest('templates/home-kept.yaml'), rest('templates/home-disposable.yaml'));
});

test('the home is kept where the environment is protected, unless the section says otherwise', () => {
  const unprotected = (section: v.InferInput<typeof configSchema>) => {
    const context = contextOf(section);
    return layer.stacks({ ...context, environment: { ...context.environment, protect: false } })[0]?.template;
  };
  assert.is(stackOf('home').template, 'templates/home-kept.yaml');
  assert.is(stackOf('home', { keepHome: false }).template, 'templates/home-disposable.yaml');
  assert.is(unprotected({}), 'templates/home-disposable.yaml');
  assert.is(unprotected({ keepHome: true }), 'templates/home-kept.yaml');
});

test('every variable of the configuration as code is one that the controller is given', () => {
  const used = [...text('jcasc/controller.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? '');
  const given = new Set([...text('templates/controller.yaml').matchAll(/\bName: ([A-Z_]+)/g)].map(([, name]) => name));
  assert.equal(
    used.filter((name) => !given.has(name)),
    [],
  );
});

test.run();
