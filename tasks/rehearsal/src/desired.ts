import type { DesiredStack } from '@roundtrip/engine';
import { TAG } from '@roundtrip/engine';
import type { Content, Scenario, ScenarioStack } from './scenario.ts';

export const ENVIRONMENT = 'stage';
/** The value of a NoEcho parameter of every stack. */
export const SECRET = 'hunter2-rehearsal';

export function stackName({ layer, name }: Pick<ScenarioStack, 'layer' | 'name'>): string {
  return [ENVIRONMENT, layer, name].filter((part) => part !== '').join('-');
}

/** By layer; `generations` says how often each stack's template has changed so far. */
export function desiredOf(scenario: Scenario, generations: readonly number[]): Map<string, DesiredStack[]> {
  const desired = new Map<string, DesiredStack[]>(scenario.layers.map(({ name }) => [name, []]));
  for (const [index, stack] of scenario.stacks.entries()) {
    desired.get(stack.layer)?.push({
      name: stackName(stack),
      layer: stack.layer,
      templateFile: `packages/${stack.layer}/templates/${stack.name}.yaml`,
      templateBody: templateOf(stack, generations[index] ?? 0),
      parameters: { Secret: SECRET, ...upstream(scenario, stack) },
      capabilities: [],
      tags: { [TAG.environment]: ENVIRONMENT, [TAG.layer]: stack.layer },
      terminationProtection: false,
      dependsOn: stack.dependsOn.map((name) => stackName({ layer: stack.layer, name })),
    });
  }
  return desired;
}

/** A stack reads the output of the first stack of the first layer that its own depends on: its generation. */
function upstream(scenario: Scenario, stack: ScenarioStack): DesiredStack['parameters'] {
  const first = scenario.stacks[upstreamOf(scenario, stack)];
  return first === undefined ? {} : { Upstream: { stack: stackName(first), output: 'Generation' } };
}

/** The index of the stack whose output a stack reads, of its own layer where it depends on one there; -1 for none. */
function upstreamOf({ layers, stacks }: Scenario, stack: ScenarioStack): number {
  const [beside] = stack.dependsOn;
  if (beside !== undefined) return stacks.findIndex(({ layer, name }) => layer === stack.layer && name === beside);
  const [above] = layers.find(({ name }) => name === stack.layer)?.dependsOn ?? [];
  return stacks.findIndex(({ layer }) => layer === above);
}

function valueOf(generation: number | undefined): string {
  return `v${generation ?? 0}`;
}

/** The names of the parameters that a stack holds: its own generation, and that of the stack that it reads. */
export function parametersOf(stack: string): readonly [own: string, upstream: string] {
  return [`/${stack}/p0`, `/${stack}/p1`];
}

/** What each stack's parameters have to say, without any word of the engine's. */
export function wantedValues(scenario: Scenario, generations: readonly number[]): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  for (const [index, stack] of scenario.stacks.entries()) {
    const [own, above] = parametersOf(stackName(stack));
    const from = upstreamOf(scenario, stack);
    wanted.set(own, valueOf(generations[index]));
    wanted.set(above, from === -1 ? '' : valueOf(generations[from]));
  }
  return wanted;
}

function templateOf(stack: ScenarioStack, generation: number): string {
  const hints = { CreateSeconds: stack.createSeconds, DeleteSeconds: stack.deleteSeconds, UpdateSeconds: 5 };
  return JSON.stringify({
    Parameters: { Secret: { Type: 'String', NoEcho: true }, Upstream: { Type: 'String', Default: '' } },
    Resources: {
      P0: {
        Type: 'AWS::SSM::Parameter',
        Metadata: { 'Roundtrip::LocalCloud': hints },
        Properties: { Name: { 'Fn::Sub': '/${AWS::StackName}/p0' }, Type: 'String', Value: valueOf(generation) },
      },
      P1: {
        Type: 'AWS::SSM::Parameter',
        DependsOn: 'P0',
        Properties: { Type: 'String', Value: { Ref: 'Upstream' }, Name: { 'Fn::Sub': '/${AWS::StackName}/p1' } },
      },
      ...CONTENT[stack.content],
    },
    Outputs: { Generation: { Value: { 'Fn::GetAtt': ['P0', 'Value'] } } },
  });
}

const CONTENT: Readonly<Record<Content, object>> = {
  plain: {},
  bucket: { Bucket: { Type: 'AWS::S3::Bucket' } },
  'log-group': {
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': '/${AWS::StackName}' } } },
  },
  // It bears no tag and no name that anybody looks for: what becomes of it stands in the ledger or nowhere.
  untagged: {
    Query: { Type: 'AWS::Logs::QueryDefinition', Properties: { Name: 'errors', QueryString: 'fields @message' } },
  },
  // Its hardware may have run out.
  machine: {
    Machine: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' } },
  },
  network: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'own', VpcId: { Ref: 'Vpc' } } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
    // In express mode others have to wait for it, and whoever takes it down for its interface.
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ...{ VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.logs', VpcId: { Ref: 'Vpc' } },
        SubnetIds: [{ Ref: 'Subnet' }],
        SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
      },
    },
  },
};
