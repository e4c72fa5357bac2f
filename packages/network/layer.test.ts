import type { StackDefinition } from '@roundtrip/environment';
import { formatProblems } from '@roundtrip/problem';
import { evaluate, evaluateConditions, parseTemplate, resolveParameters, type Scope } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import layer from './layer.ts';
import { sampleContext } from './src/sample-context.ts';

type SectionOf = Parameters<typeof sampleContext>[0];

const complaints = (section: SectionOf) => formatProblems(layer.check?.(sampleContext(section)) ?? []);

/** The template as CloudFormation sees it with the stack's parameters: resources and outputs, evaluated. */
function built(section: SectionOf) {
  const stack = layer.stacks(sampleContext(section))[0] as StackDefinition;
  const { template } = parseTemplate(sampleContext(section).readFile(stack.template), stack.template);
  const { values, problems } = resolveParameters(template, stack.parameters as Record<string, string>);
  assert.equal(problems, []);
  const pseudo = { 'AWS::Region': 'eu-west-1', 'AWS::StackName': 'stage-network', 'AWS::AccountId': '111111111111' };
  const known = { parameters: values, pseudo: { ...pseudo, 'AWS::Partition': 'aws' }, mappings: {} };
  const conditions = evaluateConditions(template, known);
  const scope: Scope = {
    ...known,
    conditions,
    ref: (logicalId) => logicalId,
    getAtt: (logicalId, attribute) => `${logicalId}.${attribute}`,
    importValue: () => undefined,
    zones: () => ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    dynamic: () => '',
  };
  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || conditions[Condition])
    .map(([id, { Type, Properties }]) => ({
      id,
      type: Type,
      properties: evaluate(Properties, scope) as Record<string, unknown>,
    }));
  const outputs = Object.entries(template.Outputs ?? {}).map(
    ([name, { Value }]) => [name, evaluate(Value, scope)] as const,
  );
  return { resources, outputs: Object.fromEntries(outputs) };
}

test('two zones and one NAT gateway', () => {
  const { resources, outputs } = built({ cidr: '10.20.0.0/16' });
  const ofType = (type: string) => resources.filter((one) => one.type === type);
  assert.equal(
    ofType('AWS::EC2::Subnet').map(
      ({ id, properties }) => `${id} ${String(properties['CidrBlock'])} ${String(properties['AvailabilityZone'])}`,
    ),
    [
      'PublicSubnetA 10.20.192.0/20 eu-west-1a',
      'PublicSubnetB 10.20.208.0/20 eu-west-1b',
      'PrivateSubnetA 10.20.0.0/18 eu-west-1a',
      'PrivateSubnetB 10.20.64.0/18 eu-west-1b',
    ],
  );
  assert.equal(
    ofType('AWS::EC2::NatGateway').map(({ id }) => id),
    ['NatGatewayA'],
  );
  assert.equal(
    ofType('AWS::EC2::Route').map(({ properties }) => properties['NatGatewayId'] ?? properties['GatewayId']),
    ['InternetGateway', 'NatGatewayA', 'NatGatewayA'],
  );
  assert.is(outputs['PrivateSubnetIds'], 'PrivateSubnetA,PrivateSubnetB');
  assert.is(outputs['PrivateSubnetCidrs'], '10.20.0.0/18,10.20.64.0/18');
  assert.is(outputs['NatAddresses'], 'NatAddressA');
});

test('three zones, each with its own NAT gateway', () => {
  const { resources, outputs } = built({ cidr: '10.30.0.0/16', zones: 3, nat: 'per-zone' });
  const routes = resources.filter(({ type }) => type === 'AWS::EC2::Route');
  assert.equal(
    routes.map(({ properties }) => properties['NatGatewayId'] ?? properties['GatewayId']),
    ['InternetGateway', 'NatGatewayA', 'NatGatewayB', 'NatGatewayC'],
  );
  assert.is(outputs['PublicSubnetIds'], 'PublicSubnetA,PublicSubnetB,PublicSubnetC');
  assert.is(outputs['NatAddresses'], 'NatAddressA,NatAddressB,NatAddressC');
});

test('three zones behind one NAT gateway', () => {
  const { resources } = built({ cidr: '10.30.0.0/16', zones: 3, nat: 'one' });
  const routes = resources.filter(({ type }) => type === 'AWS::EC2::Route');
  assert.equal(
    routes.map(({ properties }) => properties['NatGatewayId'] ?? properties['GatewayId']),
    ['InternetGateway', 'NatGatewayA', 'NatGatewayA', 'NatGatewayA'],
  );
});

test('two zones, each with its own NAT gateway', () => {
  const { resources } = built({ cidr: '10.30.0.0/16', zones: 2, nat: 'per-zone' });
  assert.equal(
    resources.filter(({ type }) => type === 'AWS::EC2::NatGateway').map(({ id }) => id),
    ['NatGatewayA', 'NatGatewayB'],
  );
});

test('a third zone moves no subnet of the first two', () => {
  const [two, three] = ([2, 3] as const).map((zones) =>
    built({ cidr: '10.20.0.0/16', zones }).resources.filter(({ type }) => type === 'AWS::EC2::Subnet'),
  );
  for (const subnet of two ?? [])
    assert.equal(
      three?.find(({ id }) => id === subnet.id),
      subnet,
    );
});

test('the Cloud Map namespace never has the name of the private hosted zone', () => {
  const { outputs } = built({ cidr: '10.20.0.0/16' });
  assert.is(outputs['PrivateDomain'], 'stage.internal');
  assert.is(outputs['NamespaceName'], 'services.stage.internal');
});

test('each interface endpoint is a stack that takes its places from the network', () => {
  const stacks = layer.stacks(sampleContext({ cidr: '10.20.0.0/16', interfaceEndpoints: ['ecr.api', 'logs'] }));
  assert.equal(
    stacks.map(({ name }) => name),
    [undefined, 'endpoint-ecr-api', 'endpoint-logs'],
  );
  assert.equal(stacks[1]?.parameters, {
    ServiceName: 'ecr.api',
    VpcId: { layer: 'network', output: 'VpcId' },
    SubnetIds: { layer: 'network', output: 'PrivateSubnetIds' },
    SecurityGroupId: { layer: 'network', output: 'EndpointSecurityGroupId' },
  });
});

test('a range that is in nobody’s way passes', () => {
  const section = { cidr: '10.20.0.0/16', avoidCidrs: ['10.30.0.0/16', '192.168.0.0/16'] };
  assert.is(complaints(section), '');
  assert.is(complaints({ cidr: '10.20.2.0/23' }), '');
});

test('a malformed range is refused', () => {
  assert.is(
    complaints({ cidr: '10.20.0.0' }),
    `envs/stage.yaml:9:3: network.cidr is "10.20.0.0", not an IPv4 range
  next: write four numbers from 0 to 255 and a prefix, such as 10.20.0.0/16`,
  );
  assert.is(
    complaints({ cidr: '10.20.256.0/16', avoidCidrs: ['10.20.0.0/16'] }),
    `envs/stage.yaml:9:3: network.cidr is "10.20.256.0/16", not an IPv4 range
  next: write four numbers from 0 to 255 and a prefix, such as 10.21.0.0/16`,
  );
});

test('a range too small for the subnets is refused', () => {
  assert.is(
    complaints({ cidr: '10.20.0.0/24' }),
    `envs/stage.yaml:9:3: network.cidr is "10.20.0.0/24", 256 addresses and too small for the subnets: /23 (512 addresses) at least
  why: a public subnet is a sixteenth of it, and a load balancer needs a subnet of /27 or larger
  next: write 10.20.0.0/16, or any range from /16 to /23`,
  );
});

test('a range too large for a VPC is refused', () => {
  assert.is(
    complaints({ cidr: '10.0.0.0/8' }),
    `envs/stage.yaml:9:3: network.cidr is "10.0.0.0/8", larger than AWS makes a VPC: /16 (65,536 addresses) at most
  next: write 10.0.0.0/16`,
  );
});

test('an address inside a range is refused', () => {
  assert.is(
    complaints({ cidr: '10.20.5.1/16' }),
    `envs/stage.yaml:9:3: network.cidr is "10.20.5.1/16", which is an address inside a range, not the range's first address
  next: write 10.20.0.0/16`,
  );
});

test('public addresses are refused', () => {
  assert.is(
    complaints({ cidr: '52.94.0.0/16' }),
    `envs/stage.yaml:9:3: network.cidr is "52.94.0.0/16", which holds public addresses
  why: whoever owns them could not be reached from the VPC
  next: choose from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, such as 10.20.0.0/16`,
  );
});

test("Docker's own range is refused", () => {
  assert.is(
    complaints({ cidr: '172.17.128.0/20' }),
    `envs/stage.yaml:9:3: network.cidr is "172.17.128.0/20", which overlaps 172.17.0.0/16, the range of Docker's default bridge
  why: what a container sends there never leaves its host
  next: choose a range that overlaps nothing, such as 10.20.0.0/16`,
  );
});

test('every overlap is named at once, with a range that is free', () => {
  assert.is(
    complaints({ cidr: '10.20.0.0/16', avoidCidrs: ['10.20.64.0/18', '10.21.0.0/16', '10.16.0.0/13', 'office'] }),
    `envs/stage.yaml:9:3: network.cidr is "10.20.0.0/16", which overlaps "10.20.64.0/18" (network.avoidCidrs.0)
  why: routes between two networks that share addresses lead to the wrong one
  next: choose a range that overlaps nothing, such as 10.24.0.0/16
envs/stage.yaml:9:3: network.cidr is "10.20.0.0/16", which overlaps "10.16.0.0/13" (network.avoidCidrs.2)
  why: routes between two networks that share addresses lead to the wrong one
  next: choose a range that overlaps nothing, such as 10.24.0.0/16
envs/stage.yaml:10:3: network.avoidCidrs.3 is "office", not an IPv4 range
  next: write four numbers from 0 to 255 and a prefix, such as 192.168.0.0/16`,
  );
});

test('an endpoint listed twice is refused', () => {
  assert.is(
    complaints({ cidr: '10.20.0.0/16', interfaceEndpoints: ['logs', 'logs'] }),
    `envs/stage.yaml:10:3: network.interfaceEndpoints.1 is "logs", which the list has already
  next: take one of them out`,
  );
});

test.run();
