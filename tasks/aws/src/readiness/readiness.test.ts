import { ElasticLoadBalancingV2Client, DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GatedResource, ObservedStack, ResourceState } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clientConfig } from '../client-settings.ts';
import { createTestAccount } from '../test-account.ts';
import { createReadinessProbe } from './readiness-probe.ts';

const NETWORK = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  SubnetA: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a } }
  SubnetB: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b } }
  Internet: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Internet } }
  Address: { Type: AWS::EC2::EIP, DependsOn: Attachment, Properties: { Domain: vpc } }
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: { SubnetId: !Ref SubnetA, AllocationId: !GetAtt Address.AllocationId }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-west-1.s3 }
Outputs:
  SubnetA: { Value: !Ref SubnetA }
  SubnetB: { Value: !Ref SubnetB }
`;

async function account() {
  const test = createTestAccount();
  const { stacks, pass, counter } = test;
  const settings = { ...test.settings, sleep: async (ms: number) => pass(ms) };
  const probe = createReadinessProbe(settings, counter);
  const up = async (stackName: string, templateBody: string, parameters: Record<string, string> = {}) => {
    const rest = { token: stackName, parameters, capabilities: [], tags: {}, terminationProtection: false };
    const id = await stacks.create({ stackName, templateBody, ...rest, express: true });
    for (let turn = 0; turn < 60; turn += 1) {
      pass(1_000);
      const stack = (await stacks.sweep()).find((one) => one.id === id);
      if (stack?.status === 'CREATE_COMPLETE') return stack;
    }
    throw new RangeError((await stacks.events(id, 100)).map(({ reason }) => reason).join('; '));
  };
  const listed = async (stack: ObservedStack, body: string) => {
    const resources = await probe.list(stack, body);
    if (resources.some(({ confirmedBy }) => confirmedBy !== undefined)) {
      await probe.confirm(resources.filter(({ confirmedBy }) => confirmedBy !== undefined));
    }
    return resources;
  };
  const look = async (resources: readonly GatedResource[]) => (await probe.look(resources)).map(textOf);
  const until = async (resources: readonly GatedResource[]) => {
    let seconds = 0;
    for (; (await look(resources)).some((text) => text !== 'ready'); seconds += 5) {
      if (seconds > 1_800) throw new RangeError((await look(resources)).join('; '));
      pass(5_000);
    }
    return seconds;
  };
  return { ...test, settings, probe, up, listed, look, until };
}

function textOf(state: ResourceState): string {
  if (state === 'ready') return 'ready';
  return 'waits' in state ? state.waits : `fails: ${state.fails}`;
}

test('a network is ready when its NAT gateways and endpoints are', async () => {
  const { up, listed, look, until, probe } = await account();
  const resources = await listed(await up('stage-network', NETWORK), NETWORK);
  assert.equal(resources.map(({ logicalId }) => logicalId).sort(), ['Endpoint', 'Nat']);
  const nat = resources.find(({ logicalId }) => logicalId === 'Nat')?.physicalId;
  assert.ok((await look(resources)).includes(`NAT gateway ${nat} is pending`));
  const seconds = await until(resources);
  assert.ok(seconds > 60 && seconds < 180, `${seconds} s`);
  assert.ok(probe.mayWait(NETWORK));
  assert.not(probe.mayWait('Resources: { Topic: { Type: AWS::SNS::Topic } }'));
});

const BALANCERS = `
Parameters: { SubnetA: { Type: String }, SubnetB: { Type: String } }
Resources:
  One: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: one, Scheme: internal, Subnets: [!Ref SubnetA, !Ref SubnetB] } }
  Two: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: two, Scheme: internal, Subnets: [!Ref SubnetA, !Ref SubnetB] } }
`;

test('load balancers of all stacks are asked for in one call', async () => {
  const { up, listed, look, until, counter, settings } = await account();
  const { outputs } = await up('stage-network', NETWORK);
  const subnets = { SubnetA: outputs['SubnetA'] ?? '', SubnetB: outputs['SubnetB'] ?? '' };
  const resources = await listed(await up('stage-cluster', BALANCERS, subnets), BALANCERS);
  const before = counter.calls['DescribeLoadBalancers'] ?? 0;
  assert.equal(await look(resources), ['load balancer one is provisioning', 'load balancer two is provisioning']);
  assert.is((counter.calls['DescribeLoadBalancers'] ?? 0) - before, 1);
  await until(resources);
  const elb = new ElasticLoadBalancingV2Client(clientConfig(settings));
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  assert.equal(
    LoadBalancers.map(({ State }) => State?.Code),
    ['active', 'active'],
  );
});

const SERVICE = (image: string) => `
Parameters: { SubnetA: { Type: String } }
Resources:
  Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: stage } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{ Name: web, Image: '${image}' }]
  Images: { Type: AWS::ECR::Repository, Properties: { RepositoryName: web } }
  Service:
    Type: AWS::ECS::Service
    DependsOn: Images
    Properties:
      ServiceName: web
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Task
      DesiredCount: 2
      LaunchType: FARGATE
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: false } }
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref SubnetA] } }
`;

test('a service is ready when all its tasks run in one deployment', async () => {
  const { up, listed, look, until } = await account();
  const { outputs } = await up('stage-network', NETWORK);
  const body = SERVICE('public/web:1');
  const stack = await up('stage-services-web', body, { SubnetA: outputs['SubnetA'] ?? '' });
  const resources = await listed(stack, body);
  assert.equal(await look(resources), ['service web runs 0 of 2 tasks']);
  assert.ok((await until(resources)) >= 15);
});

test('a service whose tasks do not start has failed when the circuit breaker says so', async () => {
  const { up, listed, look, pass, probe } = await account();
  const { outputs } = await up('stage-network', NETWORK);
  const body = SERVICE('111111111111.dkr.ecr.eu-west-1.amazonaws.com/web:missing');
  const stack = await up('stage-services-web', body, { SubnetA: outputs['SubnetA'] ?? '' });
  const resources = await listed(stack, body);
  pass(600_000);
  const [text = ''] = await look(resources);
  assert.match(text, /^fails: service web did not become steady: /);
  const [state] = await probe.look(resources);
  assert.is(
    typeof state === 'object' && 'fails' in state && state.next,
    'mend the cause, then type: aws ecs update-service --cluster stage --service web --force-new-deployment --region eu-west-1',
  );
  const later = resources.map((one) => ({ ...one, since: Date.UTC(2027, 0, 1) }));
  assert.not.match((await look(later))[0] ?? '', 'fails', 'a verdict of before the operation is not about it');
});

const DATA = `
Parameters: { SubnetA: { Type: String }, SubnetB: { Type: String } }
Resources:
  Group: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref SubnetA, !Ref SubnetB] } }
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: stage-data
      DBInstanceClass: db.t4g.micro
      Engine: postgres
      AllocatedStorage: '20'
      MasterUsername: postgres
      ManageMasterUserPassword: true
      DBSubnetGroupName: !Ref Group
  Files: { Type: AWS::EFS::FileSystem }
  Mount: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: !Ref SubnetA, SecurityGroups: [!Ref Sg] } }
  Sg: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
`.replace('SubnetB: { Type: String } }', 'SubnetB: { Type: String }, Vpc: { Type: String } }');

test('databases and mount targets are waited for', async () => {
  const { up, listed, look, until } = await account();
  const network = NETWORK.replace('Outputs:', 'Outputs:\n  Vpc: { Value: !Ref Vpc }');
  const { outputs } = await up('stage-network', network);
  const stack = await up('stage-data', DATA, { ...outputs });
  const resources = await listed(stack, DATA);
  const texts = await look(resources);
  assert.ok(texts.includes('database stage-data is creating'), texts.join('; '));
  assert.ok(texts.some((text) => /^mount target fsmt-\w+ is creating$/.test(text)));
  assert.ok((await until(resources)) > 200);
});

const ZONE = `
Parameters: { Host: { Type: String, Default: web } }
Resources:
  Zone: { Type: AWS::Route53::HostedZone, Properties: { Name: stage.example.com } }
  Web: { Type: AWS::Route53::RecordSet, Properties: { HostedZoneId: !Ref Zone, Name: !Sub '\${Host}.stage.example.com', Type: A, TTL: '60', ResourceRecords: [10.0.0.1] } }
  More:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: !Ref Zone
      RecordSets: [{ Name: api.stage.example.com, Type: A, TTL: '60', ResourceRecords: [10.0.0.2] }]
`;

test('records are ready when a change that writes them once more is on all name servers', async () => {
  const { up, listed, look, until, counter } = await account();
  const stack = await up('stage-zone', ZONE);
  const resources = await listed(stack, ZONE);
  assert.equal(
    resources.map(({ logicalId, confirmedBy }) => `${logicalId} ${confirmedBy}`),
    ['Web ChangeResourceRecordSets', 'More ChangeResourceRecordSets'],
  );
  assert.is(counter.calls['ChangeResourceRecordSets'], 1, 'one for the zone');
  assert.is((await look(resources))[0], 'record web.stage.example.com is not on all name servers');
  const seconds = await until(resources);
  assert.ok(seconds >= 30 && seconds <= 65, `${seconds} s`);
});

test.run();
