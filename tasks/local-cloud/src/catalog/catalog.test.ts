import { resourceType, resourceTypeNames } from '@roundtrip/spec';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { noLog } from '../store/log.ts';
import { Store } from '../store/store.ts';
import type { Resource } from '../resource.ts';
import type { World } from '../world.ts';
import { makeResource } from './make-resource.ts';
import { generatedName } from './names.ts';
import { needsReplacement } from './replacement.ts';
import { drawSeconds, durationOf } from './seconds.ts';
import { putRecord } from './stored-record.ts';
import { zonesOf } from './zones.ts';

const realm = { account: '111111111111', region: 'eu-west-1' };

function inWorld<T>(work: (world: World) => T): T {
  return new Store({ log: noLog, seed: 'catalog' }).transact(Date.UTC(2026, 0, 1), work);
}

function made(world: World, name: string, properties: Record<string, unknown> = {}): Resource {
  const type = resourceType(name);
  assert.ok(type, name);
  const input = {
    world,
    realm,
    type,
    properties,
    tags: {},
    stackName: 'stage-network',
    logicalId: 'Thing',
    stackId: 'arn',
  };
  const result = makeResource(input);
  assert.ok('resource' in result, name);
  return result.resource;
}

const HEX = '[0-9a-f]';
const NAME = 'stage-network-Thing-[A-Z0-9]{12}';
const REGIONAL = 'eu-west-1:111111111111';
const BALANCER = `arn:aws:elasticloadbalancing:${REGIONAL}:loadbalancer/app/lb/0123456789abcdef`;

/** What has to be there before anything else can be made. */
const THERE: readonly Partial<Resource>[] = [
  { type: 'AWS::EC2::VPC', id: 'vpc-1' },
  { type: 'AWS::EC2::InternetGateway', id: 'igw-1' },
  { type: 'AWS::EC2::RouteTable', id: 'rtb-1' },
  { type: 'AWS::EC2::Subnet', id: 'subnet-1', attributes: { AvailabilityZone: 'eu-west-1a' } },
  { type: 'AWS::EC2::Subnet', id: 'subnet-2', attributes: { AvailabilityZone: 'eu-west-1b' } },
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', id: BALANCER },
  { type: 'AWS::ServiceDiscovery::HttpNamespace', id: 'ns-1' },
  { type: 'AWS::ServiceDiscovery::Service', id: 'srv-1' },
];

function prepare(world: World): void {
  for (const { type = '', id = '', attributes = {} } of THERE) {
    putRecord(world, realm, { type, id, ref: id, attributes, properties: {}, tags: {}, createdAt: 0 });
  }
}

/** What a service refuses to do without, although the specification does not require it. */
const NEEDED: Readonly<Record<string, Record<string, unknown>>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { Scheme: 'internal', Subnets: ['subnet-1', 'subnet-2'] },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { TargetType: 'lambda' },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': { Name: 'a', Vpc: 'vpc-1' },
  'AWS::ServiceDiscovery::Service': { NamespaceId: 'ns-1' },
  'AWS::ServiceDiscovery::Instance': { ServiceId: 'srv-1' },
};

test('every type of the specification can be made, with every attribute', () => {
  inWorld((world) => {
    prepare(world);
    let count = 0;
    for (const name of resourceTypeNames()) {
      const resource = made(world, name, NEEDED[name]);
      assert.ok(resource.id !== '' && !resource.id.includes('undefined'), `${name}: ${resource.id}`);
      assert.ok(!resource.arn?.includes('${') && !resource.arn?.includes('undefined'), `${name}: ${resource.arn}`);
      for (const attribute of Object.keys(resourceType(name)?.attributes ?? {})) {
        assert.ok(resource.attributes[attribute] !== undefined, `${name}.${attribute}`);
      }
      count += 1;
    }
    assert.ok(count > 1500, `${count} types`);
  });
});

/** Type, properties, what Ref gives, attributes. */
const SHAPES: readonly [string, Record<string, unknown>, string, Record<string, string>][] = [
  [
    'AWS::EC2::VPC',
    { CidrBlock: '10.0.0.0/16' },
    `vpc-${HEX}{17}`,
    { DefaultSecurityGroup: `sg-${HEX}{17}`, CidrBlock: '10.0.0.0/16' },
  ],
  ['AWS::EC2::Subnet', { VpcId: 'vpc-1' }, `subnet-${HEX}{17}`, { AvailabilityZone: 'eu-west-1a', VpcId: 'vpc-1' }],
  ['AWS::EC2::SecurityGroup', { GroupDescription: 'x' }, `sg-${HEX}{17}`, { GroupId: `sg-${HEX}{17}` }],
  ['AWS::EC2::EIP', {}, '52\\.\\d+\\.\\d+\\.\\d+', { AllocationId: `eipalloc-${HEX}{17}` }],
  ['AWS::EC2::NatGateway', {}, `nat-${HEX}{17}`, { NatGatewayId: `nat-${HEX}{17}` }],
  ['AWS::EC2::VPCGatewayAttachment', { VpcId: 'vpc-1', InternetGatewayId: 'igw-1' }, 'IGW\\|vpc-1', {}],
  [
    'AWS::EC2::Route',
    { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vgw-1' },
    'rtb-1\\|0\\.0\\.0\\.0/0',
    {},
  ],
  ['AWS::EC2::FlowLog', {}, `fl-${HEX}{17}`, {}],
  ['AWS::ECS::Cluster', {}, NAME, { Arn: `arn:aws:ecs:${REGIONAL}:cluster/${NAME}` }],
  ['AWS::ECS::Service', { Cluster: 'c' }, `arn:aws:ecs:${REGIONAL}:service/c/${NAME}`, { Name: NAME }],
  ['AWS::ECS::TaskDefinition', { Family: 'api' }, `arn:aws:ecs:${REGIONAL}:task-definition/api:1`, {}],
  [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    { Name: 'lb', Scheme: 'internal', Subnets: ['subnet-1', 'subnet-2'] },
    `arn:aws:elasticloadbalancing:${REGIONAL}:loadbalancer/app/lb/${HEX}{16}`,
    {
      DNSName: 'internal-lb-\\d+\\.eu-west-1\\.elb\\.amazonaws\\.com',
      CanonicalHostedZoneID: 'Z32O12XQLNTSW2',
      LoadBalancerFullName: `app/lb/${HEX}{16}`,
    },
  ],
  [
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    { Name: 'tg', TargetType: 'lambda' },
    `arn:aws:elasticloadbalancing:${REGIONAL}:targetgroup/tg/${HEX}{16}`,
    { TargetGroupFullName: `targetgroup/tg/${HEX}{16}` },
  ],
  [
    'AWS::ElasticLoadBalancingV2::Listener',
    { LoadBalancerArn: BALANCER, Port: 80 },
    `arn:aws:elasticloadbalancing:${REGIONAL}:listener/app/lb/0123456789abcdef/${HEX}{16}`,
    {},
  ],
  [
    'AWS::RDS::DBInstance',
    { Engine: 'postgres', ManageMasterUserPassword: true },
    'stage-network-thing-[a-z0-9]{12}',
    {
      'Endpoint.Address': `stage-network-thing-[a-z0-9]{12}\\.${HEX}{12}\\.eu-west-1\\.rds\\.amazonaws\\.com`,
      'Endpoint.Port': '5432',
      'MasterUserSecret.SecretArn': `arn:aws:secretsmanager:${REGIONAL}:secret:rds!db-[0-9a-f-]{36}-[A-Z0-9]{6}`,
    },
  ],
  ['AWS::SecretsManager::Secret', { Name: 's' }, `arn:aws:secretsmanager:${REGIONAL}:secret:s-[A-Z0-9]{6}`, {}],
  [
    'AWS::IAM::Role',
    { Path: '/p/' },
    NAME,
    { Arn: `arn:aws:iam::111111111111:role/p/${NAME}`, RoleId: 'AROA[A-Z0-9]{17}' },
  ],
  ['AWS::KMS::Key', {}, '[0-9a-f-]{36}', { Arn: `arn:aws:kms:${REGIONAL}:key/[0-9a-f-]{36}` }],
  ['AWS::KMS::Alias', { AliasName: 'alias/a' }, 'alias/a', {}],
  [
    'AWS::EFS::FileSystem',
    {},
    `fs-${HEX}{17}`,
    { Arn: `arn:aws:elasticfilesystem:${REGIONAL}:file-system/fs-${HEX}{17}` },
  ],
  ['AWS::EFS::AccessPoint', {}, `fsap-${HEX}{17}`, {}],
  ['AWS::Logs::LogGroup', { LogGroupName: '/a' }, '/a', { Arn: `arn:aws:logs:${REGIONAL}:log-group:/a:\\*` }],
  ['AWS::SNS::Topic', { TopicName: 't' }, `arn:aws:sns:${REGIONAL}:t`, { TopicName: 't' }],
  [
    'AWS::SQS::Queue',
    { QueueName: 'q' },
    'https://sqs\\.eu-west-1\\.amazonaws\\.com/111111111111/q',
    { Arn: `arn:aws:sqs:${REGIONAL}:q` },
  ],
  ['AWS::S3::Bucket', {}, 'stage-network-thing-[a-z0-9]{12}', { Arn: 'arn:aws:s3:::stage-network-thing-[a-z0-9]{12}' }],
  ['AWS::SSM::Parameter', { Name: '/a', Value: 'v' }, '/a', { Value: 'v' }],
  ['AWS::Route53::HostedZone', { Name: 'a.example' }, 'Z[A-Z0-9]{20}', {}],
  [
    'AWS::ServiceDiscovery::PrivateDnsNamespace',
    { Name: 'a', Vpc: 'vpc-1' },
    'ns-[a-z0-9]{16}',
    { HostedZoneId: 'Z[A-Z0-9]{20}' },
  ],
  ['AWS::ServiceDiscovery::Service', { NamespaceId: 'ns-1' }, 'srv-[a-z0-9]{16}', {}],
  ['AWS::CloudWatch::Alarm', {}, NAME, { Arn: `arn:aws:cloudwatch:${REGIONAL}:alarm:${NAME}` }],
  ['AWS::Scheduler::Schedule', { Name: 's' }, 's', { Arn: `arn:aws:scheduler:${REGIONAL}:schedule/default/s` }],
  ['AWS::Events::Rule', { Name: 'r' }, 'r', { Arn: `arn:aws:events:${REGIONAL}:rule/r` }],
  [
    'AWS::ECR::Repository',
    { RepositoryName: 'web' },
    'web',
    { RepositoryUri: '111111111111\\.dkr\\.ecr\\.eu-west-1\\.amazonaws\\.com/web' },
  ],
  ['AWS::Lambda::Function', { FunctionName: 'f' }, 'f', { Arn: `arn:aws:lambda:${REGIONAL}:function:f` }],
  ['AWS::CertificateManager::Certificate', {}, `arn:aws:acm:${REGIONAL}:certificate/[0-9a-f-]{36}`, {}],
];

for (const [type, properties, ref, attributes] of SHAPES) {
  test(`${type} has the id and the attributes that AWS gives it`, () => {
    inWorld((world) => {
      prepare(world);
      const resource = made(world, type, properties);
      assert.match(resource.ref, new RegExp(`^${ref}$`));
      for (const [name, shape] of Object.entries(attributes)) {
        assert.match(String(resource.attributes[name]), new RegExp(`^${shape}$`), name);
      }
    });
  });
}

test('revisions of a task definition count up, also after one is gone', () => {
  inWorld((world) => {
    const refs = [1, 2].map(() => made(world, 'AWS::ECS::TaskDefinition', { Family: 'api' }).ref);
    assert.equal(
      refs.map((ref) => ref.split('/')[1]),
      ['api:1', 'api:2'],
    );
  });
});

test('generated names keep the random part and fit the service', () => {
  inWorld((world) => {
    const name = generatedName(world, 'stage-cluster-with-a-long-name', 'LoadBalancer', { maxLength: 32 });
    assert.ok(name.length <= 32, name);
    assert.match(name, /^stage-clu?-?LoadBalan?-?[A-Za-z]*-[A-Z0-9]{12}$/);
  });
});

test('a generated secret keeps to its rule', () => {
  inWorld((world) => {
    const { properties } = made(world, 'AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"admin"}',
        GenerateStringKey: 'password',
        PasswordLength: 40,
        ExcludePunctuation: true,
      },
    });
    const value = JSON.parse(String(properties['SecretString'])) as { username: string; password: string };
    assert.is(value.username, 'admin');
    assert.match(value.password, /^[A-Za-z0-9]{40}$/);
  });
});

test('replacement follows the specification, also inside of nested properties', () => {
  const type = (name: string) => resourceType(name) ?? assert.unreachable(name);
  const vpc = type('AWS::EC2::VPC') as never;
  assert.ok(needsReplacement(vpc, { CidrBlock: '10.0.0.0/16' }, { CidrBlock: '10.1.0.0/16' }));
  assert.not.ok(needsReplacement(vpc, { EnableDnsSupport: true }, { EnableDnsSupport: false }));
});

test('seconds are drawn between minimum and maximum, about the typical value', () => {
  const draws = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999].map((chance) => drawSeconds([84, 110, 121], chance));
  assert.ok(draws.every((seconds) => seconds >= 84 && seconds <= 121));
  assert.equal(
    draws,
    [...draws].sort((a, b) => a - b),
  );
  assert.is(drawSeconds([1, 1, 1], 0.5), 1);
  assert.equal(durationOf('AWS::RDS::DBInstance').create, [302, 460, 512]);
  assert.equal(durationOf('AWS::Glue::Job').create, [1, 2, 3]);
});

test('zones are those of the region', () => {
  assert.equal(zonesOf('eu-west-1'), ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  assert.is(zonesOf('us-east-1').length, 6);
});

test.run();
