import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ACCOUNT } from '../test-account.ts';
import { ifThere } from '../if-there.ts';
import { createTestStage } from './test-stage.ts';

const CLUSTER = `
Resources:
  Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: stage } }
  Providers:
    Type: AWS::ECS::ClusterCapacityProviderAssociations
    Properties:
      Cluster: !Ref Cluster
      CapacityProviders: [FARGATE, FARGATE_SPOT]
      DefaultCapacityProviderStrategy: [{ CapacityProvider: FARGATE, Weight: 1 }]
`;
const NETWORK = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{ Name: web, Image: public.example/web }]
Outputs: { Subnet: { Value: !Ref Subnet } }
`;

async function clusterStage() {
  const stage = createTestStage();
  const network = await stage.up('stage-network', NETWORK);
  const stack = await stage.up('stage-cluster', CLUSTER);
  const place = { awsvpcConfiguration: { subnets: [network.outputs['Subnet'] ?? ''] } };
  const run = { cluster: 'stage', taskDefinition: 'web', networkConfiguration: place };
  return { ...stage, network, stack, run, ecs: new ECSClient(stage.config) };
}

test('tasks that no service owns are stopped, and the cluster goes', async () => {
  const stage = await clusterStage();
  assert.equal(await stage.lines(stage.stack), []);
  const started = { ...stage.run, launchType: 'FARGATE' as const };
  await stage.ecs.send(new RunTaskCommand({ ...started, count: 2 }));
  await stage.ecs.send(new CreateServiceCommand({ ...started, serviceName: 'web', desiredCount: 1 }));
  stage.pass(600_000);
  assert.equal(await stage.lines(stage.stack), ['Cluster: cluster stage runs 2 tasks that no service owns; StopTasks']);
  await stage.ecs.send(new DeleteServiceCommand({ cluster: 'stage', service: 'web', force: true }));
  await stage.clear(stage.stack);
  stage.pass(600_000);
  assert.equal(await stage.lines(stage.stack), []);
  assert.is(await stage.down(stage.stack), undefined);
  const task = `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/stage/forgotten`;
  assert.is(await ifThere(() => stage.ecs.send(new StopTaskCommand({ cluster: 'stage', task }))), undefined);
});

test('a service that no stack owns is left to a person once the cluster cannot go', async () => {
  const stage = await clusterStage();
  const service = { ...stage.run, launchType: 'FARGATE' as const, serviceName: 'web', desiredCount: 1 };
  await stage.ecs.send(new CreateServiceCommand(service));
  stage.pass(600_000);
  assert.equal(await stage.lines(stage.stack), []);
  const stuck = await stage.down(stage.stack);
  assert.equal(await stage.lines(stage.stack, stuck), [
    'Cluster: cluster stage has services that no stack owns: web; type: aws ecs delete-service --cluster stage --service web --force --region eu-west-1',
  ]);
  await stage.ecs.send(new DeleteServiceCommand({ cluster: 'stage', service: 'web', force: true }));
  stage.pass(600_000);
  assert.is(await stage.down(stage.stack), undefined);
});

test('capacity providers that a service of nobody’s runs on are left to a person, then detached', async () => {
  const stage = await clusterStage();
  const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
  const service = { ...stage.run, serviceName: 'web', desiredCount: 1, capacityProviderStrategy };
  await stage.ecs.send(new CreateServiceCommand(service));
  stage.pass(600_000);
  const stuck = await stage.down(stage.stack);
  assert.equal(
    stuck?.map(({ logicalId }) => logicalId),
    ['Providers'],
  );
  assert.equal(await stage.lines(stage.stack, stuck), [
    'Providers: cluster stage has the capacity providers FARGATE and FARGATE_SPOT, which web runs on; type: aws ecs delete-service --cluster stage --service web --force --region eu-west-1',
  ]);
  await stage.ecs.send(new DeleteServiceCommand({ cluster: 'stage', service: 'web', force: true }));
  assert.equal(await stage.lines(stage.stack, stuck), [], 'it drains');
  stage.pass(600_000);
  assert.equal(await stage.lines(stage.stack, stuck), [
    'Providers: cluster stage has the capacity providers FARGATE and FARGATE_SPOT; DetachCapacityProviders',
  ]);
  await stage.clear(stage.stack, stuck);
  assert.equal(await stage.lines(stage.stack, stuck), []);
  assert.is(await stage.down(stage.stack), undefined);
});

test('a service whose delete has failed is scaled to zero', async () => {
  const stage = await clusterStage();
  const properties = `{ Cluster: stage, ServiceName: web, TaskDefinition: web, DesiredCount: 2, LaunchType: FARGATE,
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [${stage.network.outputs['Subnet']}] } } }`;
  const template = `Resources: { Web: { Type: AWS::ECS::Service, Properties: ${properties} } }`;
  const stack = await stage.up('stage-web', template);
  const cloudFormation = new CloudFormationClient(stage.config);
  const where = { StackName: 'stage-web', LogicalResourceId: 'Web' };
  const { StackResourceDetail: held } = await cloudFormation.send(new DescribeStackResourceCommand(where));
  const physicalId = held?.PhysicalResourceId ?? '';
  const reason = 'did not stabilize';
  const stuck = [{ logicalId: 'Web', resourceType: 'AWS::ECS::Service', physicalId, reason }];
  assert.equal(await stage.lines(stack), []);
  assert.equal(await stage.lines(stack, stuck), [
    'Web: service web of cluster stage keeps 2 tasks running; ScaleToZero',
  ]);
  await stage.clear(stack, stuck);
  assert.equal(await stage.lines(stack, stuck), []);
  assert.is(await stage.down(stack), undefined);
});

test.run();
