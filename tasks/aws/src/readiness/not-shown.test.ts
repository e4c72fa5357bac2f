import type { GatedResource } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestAccount } from '../test-account.ts';
import { createReadinessProbe } from './readiness-probe.ts';

const STACK = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  SubnetA: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a } }
  SubnetB: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b } }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref SubnetA, ConnectivityType: private } }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-west-1.ecr.api, VpcEndpointType: Interface, SubnetIds: [!Ref SubnetA] }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: stage, Scheme: internal, Subnets: [!Ref SubnetA, !Ref SubnetB] } }
  Files: { Type: AWS::EFS::FileSystem }
  Mount: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: !Ref SubnetA, SecurityGroups: [!Ref Sg] } }
  Sg: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
`;
const PLACE = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/gone/50dc6c495c0c9188';
/** An id of each kind that AWS has just given out, or whose bearer somebody has deleted. */
const MISSING: Readonly<Record<string, string>> = {
  'AWS::EC2::NatGateway': 'nat-0123456789abcdef0',
  'AWS::EC2::VPCEndpoint': 'vpce-0123456789abcdef0',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': PLACE,
  'AWS::EFS::MountTarget': 'fsmt-0123456789abcdef0',
  'AWS::ECS::Service': 'arn:aws:ecs:eu-west-1:111111111111:service/gone/web',
  'AWS::RDS::DBInstance': 'gone',
  'AWS::RDS::DBCluster': 'gone',
};

async function account() {
  const test = createTestAccount();
  const settings = { ...test.settings, sleep: async (ms: number) => test.pass(ms) };
  const probe = createReadinessProbe(settings, test.counter);
  const rest = { token: 'up', parameters: {}, capabilities: [], tags: {}, terminationProtection: false };
  const id = await test.stacks.create({ stackName: 'stage', templateBody: STACK, ...rest });
  test.pass(30 * 60_000);
  const stack = (await test.stacks.sweep()).find((one) => one.id === id)!;
  assert.is(stack.status, 'CREATE_COMPLETE', (await test.stacks.events(id, 99)).map(({ reason }) => reason).join(' '));
  return { probe, held: await probe.list(stack, STACK) };
}

function missing(resourceType: string): GatedResource {
  const physicalId = MISSING[resourceType] ?? '';
  return { stack: 'stage-other', logicalId: 'Missing', resourceType, physicalId, since: 0 };
}

for (const [type, id] of Object.entries(MISSING)) {
  test(`${type}: one that AWS does not show is waited for, and in nobody’s way`, async () => {
    const { probe, held } = await account();
    assert.is(held.length, 4);
    const states = await probe.look([missing(type), ...held]);
    assert.equal(states, [{ waits: `AWS does not show ${id} yet` }, ...held.map(() => 'ready')]);
  });
}

test.run();
