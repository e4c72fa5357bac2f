import type { Leftover } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createStackFacts } from '../blockers/stack-facts.ts';
import { createTestStage } from '../blockers/test-stage.ts';
import { ACCOUNT } from '../test-account.ts';
import { typedIdOf } from './arn-type.ts';
import { controlIdOf } from './control-id.ts';
import { createRemains } from './remains.ts';

const CLUSTER = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/stage`;
const SERVICE = `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/stage/web`;
const STACK = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Address: { Type: AWS::EC2::EIP }
  Log: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /stage-web } }
  Filter:
    Type: AWS::Logs::SubscriptionFilter
    Properties:
      LogGroupName: !Ref Log
      FilterPattern: ''
      DestinationArn: arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/logs
      RoleArn: arn:aws:iam::${ACCOUNT}:role/logs
  Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: stage } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{ Name: web, Image: public.example/web }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Task
      DesiredCount: 0
      LaunchType: FARGATE
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Subnet] } }
`;

const noted = (type: string, id: string): Leftover => ({ arn: `${type} ${id}`, type, id, foundBy: 'ledger' });

test('an entry of the ledger is asked for by what Cloud Control takes for its physical id', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-web', STACK);
  const held = await createStackFacts(stage.settings, stage.counter).resources('stage-web');
  const { settings, stacks, pass } = stage;
  const port = createRemains({ settings, account: ACCOUNT, stacks, sleep: async (ms) => pass(ms) });
  const seen = async (): Promise<Map<string, Leftover | undefined>> =>
    new Map(
      await Promise.all(
        held.map(
          async ({ logicalId, type, physicalId }) => [logicalId, await port.look(noted(type, physicalId))] as const,
        ),
      ),
    );
  const standing = await seen();
  assert.is(standing.size, 8);
  assert.is(standing.get('Service')?.id, `${SERVICE}|${CLUSTER}`);
  assert.match(standing.get('Address')?.id ?? '', /^[\d.]+\|eipalloc-/);
  assert.is(standing.get('Task')?.id, held.find(({ logicalId }) => logicalId === 'Task')?.physicalId);
  assert.equal(
    [...standing].filter(([, one]) => one === undefined || one.unasked !== undefined).map(([id]) => id),
    ['Filter'],
  );
  assert.is(await stage.down(stack), undefined);
  assert.equal(
    [...(await seen())].filter(([, one]) => one !== undefined).map(([id]) => id),
    ['Filter'],
  );
});

test('what nobody can be asked for is there', async () => {
  const { settings, stacks, pass } = createTestStage();
  const port = createRemains({ settings, account: ACCOUNT, stacks, sleep: async (ms) => pass(ms) });
  const why = async (type: string, id: string): Promise<string | undefined> =>
    (await port.look(noted(type, id)))?.unasked;
  const provider = 'only its own provider knows whether it is there: look by hand';
  assert.is(await why('Custom::Seed', 'stage-data-Seed-1'), provider);
  assert.is(await why('AWS::CloudFormation::CustomResource', 'x'), provider);
  assert.is(
    await why('Acme::Shop::Till', 'x'),
    "Cloud Control cannot say whether it is there: The type 'Acme::Shop::Till' cannot be found; look by hand",
  );
  assert.is(
    await why('Acme::Till', 'x').then((text) => text?.slice(0, 80)),
    'Cloud Control cannot say whether it is there: 1 validation error detected: Value',
  );
  assert.is(
    await why('AWS::EC2::Route', 'stage-network-Route-1'),
    'its physical id does not say what to ask for: look by hand',
  );
});

test('makes identifiers of physical ids', () => {
  const place = { region: 'eu-west-1', account: ACCOUNT };
  const of = (type: string, id: string): string | undefined => controlIdOf(type, id, place);
  assert.is(of('AWS::S3::Bucket', 'files'), 'files');
  assert.is(of('AWS::ECS::Service', SERVICE), `${SERVICE}|${CLUSTER}`);
  assert.is(of('AWS::ECS::Service', `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/old`), undefined);
  assert.is(typedIdOf(SERVICE)?.id, `${SERVICE}|${CLUSTER}`);
  const target = 'service/stage/web|ecs:service:DesiredCount|ecs';
  assert.is(of('AWS::ApplicationAutoScaling::ScalableTarget', target), target);
  const policy = `arn:aws:autoscaling:eu-west-1:${ACCOUNT}:scalingPolicy:1:resource/ecs/service/stage/web:policyName/cpu`;
  assert.is(of('AWS::ApplicationAutoScaling::ScalingPolicy', policy), `${policy}|ecs:service:DesiredCount`);
  assert.is(of('AWS::EC2::VPCGatewayAttachment', 'IGW|vpc-1'), 'IGW|vpc-1');
  assert.is(of('AWS::EC2::VPCGatewayAttachment', 'stage-network-Attachment-1'), undefined);
  assert.is(of('AWS::Events::Rule', 'nightly'), `arn:aws:events:eu-west-1:${ACCOUNT}:rule/nightly`);
  assert.is(of('AWS::Events::Rule', 'own|nightly'), `arn:aws:events:eu-west-1:${ACCOUNT}:rule/own/nightly`);
  assert.is(of('AWS::Lambda::Permission', 'stage-api-Permission-1'), undefined);
  assert.is(of('AWS::Route53::RecordSet', 'api.example.com'), undefined);
});

test.run();
