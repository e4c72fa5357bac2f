import { readFileSync } from 'node:fs';
import type { StackDefinition } from '@roundtrip/environment';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDocument } from 'yaml';
import layer from './layer.ts';
import { ENVIRONMENT_SLOTS, SECRET_SLOTS } from './src/service-stack.ts';
import { sampleContext } from './src/sample-context.ts';

interface Template {
  readonly Parameters: Record<string, { Default?: unknown; Description?: string }>;
}

const template = parseDocument(readFileSync(new URL('../templates/service.yaml', import.meta.url), 'utf8'), {
  logLevel: 'silent',
}).toJS() as Template;

const stacksOf = (section: Parameters<typeof sampleContext>[0] = {}) => layer.stacks(sampleContext(section));
const stackOf = (name: string, section: Parameters<typeof sampleContext>[0] = {}): StackDefinition => {
  const stack = stacksOf(section).find((one) => one.name === name);
  assert.ok(stack, name);
  return stack;
};

test('every service is one stack from the one template', () => {
  const stacks = stacksOf();
  assert.equal(
    stacks.map(({ name }) => name),
    ['catalog', 'orders', 'ui', 'vacuum', 'watcher'],
  );
  assert.equal([...new Set(stacks.map((stack) => stack.template))], ['templates/service.yaml']);
});

test('stacks depend on each other as their services do', () => {
  const edges = stacksOf().map(({ name, dependsOn }) => `${name}: ${dependsOn?.join(' ')}`);
  assert.equal(edges, ['catalog: ', 'orders: ', 'ui: catalog orders', 'vacuum: ', 'watcher: catalog']);
});

test('the kinds are told apart by what the files say', () => {
  const kinds = stacksOf().map(({ name, parameters }) => `${name}: ${String(parameters['Kind'])}`);
  assert.equal(kinds, ['catalog: http', 'orders: internal', 'ui: http', 'vacuum: scheduled', 'watcher: worker']);
});

test('every parameter is one of the template, and every one without a default is given', () => {
  for (const { name, parameters } of stacksOf()) {
    const unknown = Object.keys(parameters).filter((key) => !(key in template.Parameters));
    const missing = Object.entries(template.Parameters)
      .filter(([key, { Default }]) => Default === undefined && !(key in parameters))
      .map(([key]) => key);
    assert.equal({ name, unknown, missing }, { name, unknown: [], missing: [] });
  }
});

test('the template has as many places for variables as the layer believes', () => {
  const count = (prefix: string) => Object.keys(template.Parameters).filter((key) => key.startsWith(prefix)).length;
  assert.is(count('EnvironmentValue'), ENVIRONMENT_SLOTS);
  assert.is(count('SecretArn'), SECRET_SLOTS);
});

test('every parameter says what it is', () => {
  const silent = Object.entries(template.Parameters).filter(([, { Description }]) => !Description);
  assert.equal(
    silent.map(([key]) => key),
    [],
  );
});

test('outputs are read from the layers that package.json depends on, and from this one', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const read = stacksOf().flatMap(({ parameters }) =>
    Object.values(parameters).flatMap((value) => (typeof value === 'object' ? [value.layer] : [])),
  );
  const strangers = [...new Set(read)].filter((name) => name !== 'services' && !(`@roundtrip/${name}` in dependencies));
  assert.equal(strangers, []);
});

test('a value of another service comes from the output of its stack', () => {
  const { parameters } = stackOf('watcher');
  assert.equal(parameters['EnvironmentName1'], 'CATALOG_URL');
  assert.equal(parameters['EnvironmentValue1'], { layer: 'services', stack: 'catalog', output: 'Url' });
});

test("the database's secret is read with the key it is encrypted with", () => {
  const { parameters } = stackOf('orders');
  assert.equal(parameters['SecretArn1'], { layer: 'data', output: 'DatabaseSecretArn' });
  assert.is(parameters['SecretKey1'], 'password');
  assert.equal(parameters['SecretsKeyArn'], { layer: 'data', output: 'DatabaseKeyArn' });
});

test('no secret stands in a parameter', () => {
  for (const { parameters } of stacksOf()) {
    for (const [key, value] of Object.entries(parameters)) {
      if (/^SecretArn/.test(key)) assert.type(value, 'object');
    }
  }
});

test('the catch-all path comes after the others', () => {
  const priority = (name: string) => Number(stackOf(name).parameters['Priority']);
  assert.ok(priority('ui') > priority('catalog'));
  assert.is(stackOf('ui').parameters['PathPatterns'], '/*');
  assert.is(stackOf('catalog').parameters['PathPatterns'], '/catalog,/catalog/*');
});

test("the number of tasks: the environment's override, then the file, then the environment", () => {
  assert.is(stackOf('catalog').parameters['Count'], '2');
  assert.is(stackOf('catalog', { overrides: { catalog: { count: 5 } } }).parameters['Count'], '5');
  assert.is(stackOf('orders', { count: 3 }).parameters['Count'], '3');
  assert.is(stackOf('vacuum', { count: 3 }).parameters['Count'], '0');
});

test('a service that scales keeps to its bounds, or to its minimum where the environment scales nothing', () => {
  const scaled = stackOf('ui').parameters;
  assert.equal([scaled['Autoscaling'], scaled['CountMin'], scaled['CountMax']], ['true', '2', '8']);
  const still = stackOf('ui', { autoscaling: false }).parameters;
  assert.equal([still['Autoscaling'], still['Count'], still['CountMax']], ['false', '2', '2']);
  const counted = stackOf('ui', { overrides: { ui: { count: 1 } } }).parameters;
  assert.equal([counted['Autoscaling'], counted['Count']], ['false', '1']);
});

test('a health check inside the container is given to ECS, and only where a file has one', () => {
  const { parameters } = stackOf('orders');
  assert.is(parameters['HealthCheckCommand'], 'CMD,curl,-f,-s,-m,4,http://127.0.0.1:8080/actuator/health');
  assert.is(parameters['HealthCheckStartSeconds'], '120');
  assert.is(stackOf('ui').parameters['HealthCheckCommand'], undefined);
});

test('the start period of a health check is never longer than ECS takes', () => {
  const file = 'image: a/b:1\ncpu: 256\nmemoryMb: 512\nhealthCheck: { command: [check], graceSeconds: 900 }\n';
  const { HealthCheckStartSeconds, HealthCheckGraceSeconds } =
    layer.stacks(sampleContext({}, { 'api.yaml': file }))[0]?.parameters ?? {};
  assert.equal([HealthCheckStartSeconds, HealthCheckGraceSeconds], ['300', '900']);
});

test('the share of spot becomes two weights', () => {
  const { parameters } = stackOf('ui', { spotPercent: 80, onDemandBase: 0 });
  assert.equal([parameters['OnDemandWeight'], parameters['SpotWeight'], parameters['OnDemandBase']], ['20', '80', '0']);
});

test('a private repository is the one that may be pulled from', () => {
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.2.3';
  const context = sampleContext({}, { 'api.yaml': `image: ${image}\ncpu: 256\nmemoryMb: 512\n` });
  assert.is(
    layer.stacks(context)[0]?.parameters['RepositoryArn'],
    'arn:aws:ecr:eu-west-1:123456789012:repository/team/api',
  );
  assert.is(stackOf('ui').parameters['RepositoryArn'], '');
});

test.run();
