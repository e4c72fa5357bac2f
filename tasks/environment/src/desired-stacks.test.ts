import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { desiredStacks } from './desired-stacks.ts';
import { output } from './layer.ts';
import type { StackDefinition } from './layer.ts';
import { readEnvironment } from './read-environment.ts';
import { complaint, layerOf, removeTemporaryProjects, temporaryProject } from './temporary-project.ts';

test.after.each(removeTemporaryProjects);

const envFile = `cloud: local
account: '111111111111'
region: eu-west-1
owner: platform-team
protect: true
tags: { cost-centre: platform, tier: any }
`;

const networkTemplate = `Parameters:
  VpcCidr:
    Type: String
  Zones:
    Type: Number
    Default: 2
    MaxValue: 3
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  VpcId:
    Value: vpc-1
  SubnetIds:
    Value: a,b
`;

const serviceTemplate = `Parameters:
  VpcId: { Type: String }
  Upstream: { Type: String, Default: '' }
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Url:
    Value: x
`;

const project = {
  'envs/stage.yaml': envFile,
  'packages/network/templates/network.yaml': networkTemplate,
  'packages/services/templates/service.yaml': serviceTemplate,
};

const networkStack: StackDefinition = { template: 'templates/network.yaml', parameters: { VpcCidr: '10.0.0.0/16' } };
const service = (name: string, more: Partial<StackDefinition> = {}): StackDefinition => ({
  name,
  template: 'templates/service.yaml',
  parameters: { VpcId: output('network', 'VpcId') },
  ...more,
});

interface Given {
  readonly network?: readonly StackDefinition[];
  readonly services?: readonly StackDefinition[];
  readonly dependsOn?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: string;
}

function stacksOf(
  layer: string,
  { network = [networkStack], services = [], dependsOn = ['network'], files = {}, environment = 'stage' }: Given,
) {
  const root = temporaryProject({ ...project, [`envs/${environment}.yaml`]: envFile, ...files });
  const config = v.strictObject({});
  const layers = [
    layerOf({ name: 'network', config, stacks: () => network }),
    layerOf({ name: 'services', config, stacks: () => services }, dependsOn),
  ];
  return desiredStacks(readEnvironment({ root, name: environment, layers }), layer);
}

const complaintOf = (layer: string, given: Given) => complaint(() => stacksOf(layer, given));

test('a layer becomes stacks with full names, tags, protection and references to full names', () => {
  const services = [
    service('api', { capabilities: ['CAPABILITY_IAM'], tags: { tier: 'http' } }),
    service('worker', {
      dependsOn: ['web'],
      parameters: { VpcId: output('network', 'VpcId'), Upstream: output('services/api', 'Url') },
    }),
    service('web', { parameters: { VpcId: 'vpc-2' } }),
  ];
  const shared = {
    layer: 'services',
    templateFile: 'packages/services/templates/service.yaml',
    templateBody: serviceTemplate,
    capabilities: [],
    tags: { 'cost-centre': 'platform', tier: 'any', 'roundtrip:environment': 'stage', 'roundtrip:layer': 'services' },
    terminationProtection: true,
    dependsOn: [],
  };
  const vpcId = { stack: 'stage-network', output: 'VpcId' };
  assert.equal(stacksOf('services', { services }), [
    {
      ...shared,
      name: 'stage-services-api',
      parameters: { VpcId: vpcId },
      capabilities: ['CAPABILITY_IAM'],
      tags: { ...shared.tags, tier: 'http' },
    },
    {
      ...shared,
      name: 'stage-services-worker',
      parameters: { VpcId: vpcId, Upstream: { stack: 'stage-services-api', output: 'Url' } },
      dependsOn: ['stage-services-api', 'stage-services-web'],
    },
    { ...shared, name: 'stage-services-web', parameters: { VpcId: 'vpc-2' } },
  ]);
});

test('parameters are compared with the template', () => {
  assert.is(
    complaintOf('network', {
      network: [
        { template: 'templates/network.yaml', parameters: { VpcCird: '10.0.0.0/16', Colour: 'red', Zones: '4' } },
      ],
    }),
    `packages/network/templates/network.yaml:1:1: stack "stage-network" is given parameter "VpcCird", which this template does not have
  next: did you mean "VpcCidr"? correct packages/network/layer.ts
packages/network/templates/network.yaml:1:1: stack "stage-network" is given parameter "Colour", which this template does not have
  next: add it here, or take it out of packages/network/layer.ts
packages/network/templates/network.yaml:2:3: stack "stage-network" is not given parameter "VpcCidr", which has no default
  next: give it in packages/network/layer.ts, or write a Default here
packages/network/templates/network.yaml:4:3: stack "stage-network": Parameter 'Zones' must be a number not greater than 3
  next: correct what packages/network/layer.ts gives, or the rule here`,
  );
});

test('a parameter is at most 4,096 bytes long', () => {
  assert.is(
    complaintOf('network', { network: [{ ...networkStack, parameters: { VpcCidr: 'é'.repeat(2049) } }] }),
    `packages/network/layer.ts: parameter "VpcCidr" of stack "stage-network" has 4,098 bytes, but may have 4,096 at most
  next: shorten it, or let the template carry the text itself`,
  );
});

test('a layer reads outputs of its dependencies alone', () => {
  assert.is(
    complaintOf('services', { services: [service('api')], dependsOn: [] }),
    `packages/services/layer.ts: stack "stage-services-api" reads output "VpcId" of layer "network", but packages/services/package.json does not depend on @roundtrip/network
  why: without the dependency nothing says that "network" is built first
  next: add "@roundtrip/network": "*" to the dependencies in packages/services/package.json, then type: npm install && make sync`,
  );
  assert.is(
    complaintOf('services', { services: [service('api', { parameters: { VpcId: output('netwrok', 'VpcId') } })] }),
    `packages/services/layer.ts: stack "stage-services-api" reads output "VpcId" of layer "netwrok", which does not exist
  next: did you mean "network"?`,
  );
  assert.is(
    complaintOf('services', {
      services: [service('api', { parameters: { VpcId: output('moon', 'VpcId'), Upstream: output('moon', 'VpcId') } })],
    }),
    `packages/services/layer.ts: stack "stage-services-api" reads output "VpcId" of layer "moon", which does not exist
  next: the layers are network and services`,
  );
});

test('an output is one that a stack has', () => {
  const reading = (of: string, name: string) =>
    complaintOf('services', {
      services: [service('api'), service('web', { parameters: { VpcId: output(of, name) } })],
    });
  assert.is(
    reading('network', 'VpcID'),
    `packages/services/layer.ts: stack "stage-services-web" reads output "VpcID" of stack "stage-network", whose template has no such output
  why: the template is packages/network/templates/network.yaml
  next: did you mean "VpcId"?`,
  );
  assert.is(
    reading('network', 'Certificate'),
    `packages/services/layer.ts: stack "stage-services-web" reads output "Certificate" of stack "stage-network", whose template has no such output
  why: the template is packages/network/templates/network.yaml
  next: its outputs are VpcId and SubnetIds`,
  );
  assert.is(
    reading('services/apo', 'Url'),
    `packages/services/layer.ts: stack "stage-services-web" reads output "Url" of stack "apo" of layer "services", which has no such stack
  next: did you mean "api"?`,
  );
  assert.is(
    reading('network/vpc', 'VpcId'),
    `packages/services/layer.ts: stack "stage-services-web" reads output "VpcId" of stack "vpc" of layer "network", which has no such stack
  next: its stack has no name`,
  );
  assert.is(
    reading('services', 'Url'),
    `packages/services/layer.ts: stack "stage-services-web" reads output "Url" of layer "services", which has no unnamed stack
  next: its stacks are api and web`,
  );
});

test('a template that does not exist or does not parse is named', () => {
  assert.is(
    complaintOf('network', { network: [{ ...networkStack, template: 'templates/netwrok.yaml' }] }),
    `packages/network/templates/netwrok.yaml: this file does not exist
  why: layer "network" reads it
  next: did you mean "templates/network.yaml"? correct packages/network/layer.ts`,
  );
  assert.is(
    complaintOf('services', {
      services: [service('api'), service('web')],
      files: { 'packages/network/templates/network.yaml': 'Resources:\n  Topic: "x\n' },
    }),
    `packages/network/templates/network.yaml:3:1: Template format error: YAML not well-formed. (line 3, column 1)
  why: Missing closing "quote`,
  );
});

test('a template is at most 1,000,000 bytes long', () => {
  assert.is(
    complaintOf('network', {
      files: { 'packages/network/templates/network.yaml': `${networkTemplate}# ${'x'.repeat(1_000_000)}\n` },
    }),
    `packages/network/templates/network.yaml: this template has 1,000,209 bytes, but may have 1,000,000 at most
  why: CloudFormation takes no larger one, not even from a bucket
  next: make two stacks of it`,
  );
});

test('stack names are usable and each is there once', () => {
  const long = 'a'.repeat(120);
  assert.is(
    complaintOf('services', { services: [service('api'), service('api'), service('a_b'), service(long)] }),
    `packages/services/layer.ts: two stacks are called "stage-services-api"
  next: give one of them another name
packages/services/layer.ts: stack name "stage-services-a_b" has a character that CloudFormation does not take; letters, digits and hyphens are fine
  next: give the stack another name
packages/services/layer.ts: stack name "stage-services-${'a'.repeat(62)}…" has 135 characters, but may have 128 at most
  next: give the stack another name`,
  );
});

test('the order inside a layer exists', () => {
  assert.is(
    complaintOf('services', {
      services: [
        service('api', { dependsOn: ['wroker'] }),
        service('web', { dependsOn: ['worker'] }),
        service('worker', { parameters: { VpcId: output('services/web', 'Url') } }),
      ],
    }),
    `packages/services/layer.ts: stack "stage-services-api" depends on stack "wroker", which this layer does not have
  next: did you mean "worker"?
packages/services/layer.ts: stacks depend on each other in a ring: web → worker → web
  why: none of them can be built first
  next: take out one of these dependencies, or one of the outputs read`,
  );
});

test("a stack's own tags stay within AWS's limits as well", () => {
  const many = Object.fromEntries(Array.from({ length: 44 }, (_, index) => [`tag-${index}`, 'x']));
  assert.is(
    complaintOf('services', {
      services: [service('api', { tags: { 'aws:x': '', wrong: 'a;b' } }), service('web', { tags: many })],
    }),
    `packages/services/layer.ts: tag key "aws:x" of stack "stage-services-api" begins with "aws:", which AWS keeps for itself
  next: correct the tags of the stack in packages/services/layer.ts
packages/services/layer.ts: tag "wrong" of stack "stage-services-api" is "a;b", with a character that AWS does not take in tags
  next: correct the tags of the stack in packages/services/layer.ts
packages/services/layer.ts: stack "stage-services-web" has 46 tags with those of the environment, but may have 45 at most
  why: AWS takes 50, and the tool writes some of its own
  next: take out some of the stack's own tags in packages/services/layer.ts, or of the env file's`,
  );
});

test('what is wrong with a template that is remembered is told at the same place', () => {
  const root = temporaryProject(project);
  const good = layerOf({ name: 'network', config: v.strictObject({}), stacks: () => [networkStack] });
  const wrong = layerOf({
    name: 'network',
    config: v.strictObject({}),
    stacks: () => [{ ...networkStack, parameters: {} }],
  });
  const ask = (layer: typeof good) =>
    desiredStacks(readEnvironment({ root, name: 'stage', layers: [layer] }), 'network');
  const first = ask(good);
  assert.is(readdirSync(join(root, '.roundtrip/templates')).length, 1);
  assert.equal(ask(good), first);
  assert.is(
    complaint(() => ask(wrong)),
    `packages/network/templates/network.yaml:2:3: stack "stage-network" is not given parameter "VpcCidr", which has no default
  next: give it in packages/network/layer.ts, or write a Default here`,
  );
});

test('a layer may have no stacks at all', () => {
  assert.equal(stacksOf('services', { services: [] }), []);
});

test.run();
