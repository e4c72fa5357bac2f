import type { Fault } from '@roundtrip/local-cloud';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestAccount } from '../test-account.ts';
import { createWitness } from './witness.ts';

const TEMPLATE = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Log: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /stage/web } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        - Name: web
          Image: public/web:1
          LogConfiguration:
            LogDriver: awslogs
            Options: { awslogs-group: !Ref Log, awslogs-region: eu-west-1, awslogs-stream-prefix: one }
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      Cluster: stage
      TaskDefinition: !Ref Task
      DesiredCount: 2
      LaunchType: FARGATE
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: false } }
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Subnet] } }
`;
const CLUSTER = 'Resources: { Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: stage } } }';
/** Enough for the first tasks to fail, and too little for the next ones. */
const SECONDS = 180;
const SERVICE = 'arn:aws:ecs:eu-west-1:111111111111:service/stage/web';

async function failedService(fault: Fault) {
  const { settings, counter, stacks, pass, setFaults } = createTestAccount();
  setFaults({ faults: [fault] });
  const rest = { parameters: {}, capabilities: [], tags: {}, terminationProtection: false };
  // In express mode the stack does not go back, so that the service stays as it failed.
  await stacks.create({ stackName: 'stage-cluster', templateBody: CLUSTER, token: 'cluster', ...rest });
  pass(60_000);
  const web = { stackName: 'stage-services-web', templateBody: TEMPLATE, token: 'up', express: true };
  const stackId = await stacks.create({ ...web, ...rest });
  pass(SECONDS * 1_000);
  const witness = createWitness({ ...settings, sleep: async (ms) => pass(ms) }, counter);
  const testify = async (resourceType = 'AWS::ECS::Service', physicalId = SERVICE) =>
    (await witness.testify({ stackId, logicalId: 'Service', resourceType, physicalId })).map(
      ({ about, text }) => `${about}: ${text}`,
    );
  const down = async () => {
    await stacks.delete({ stackName: 'stage-services-web', stackId, token: 'down' });
    pass(900_000);
  };
  return { testify, down, counter };
}

test('tasks that end by themselves tell how, and what they wrote last, without its secrets', async () => {
  const { testify, counter } = await failedService({ fault: 'task-exits', text: 'exited, DB_PASSWORD=hunter2' });
  assert.equal(await testify(), [
    'task: 6 tasks stopped: exited, DB_PASSWORD=****; web ended with exit code 1',
    'log: web | web ends with exit code 1: exited, DB_PASSWORD=****',
  ]);
  const { ListTasks, DescribeTasks, DescribeServices, DescribeTaskDefinition, GetLogEvents } = counter.calls;
  assert.equal([ListTasks, DescribeTasks, DescribeServices, DescribeTaskDefinition, GetLogEvents], [1, 1, 1, 1, 1]);
});

test('tasks that fail their health checks tell that', async () => {
  const { testify } = await failedService({ fault: 'task-unhealthy' });
  assert.equal(await testify(), ['task: 2 tasks stopped: Task failed container health checks']);
});

test('a service whose tasks are not placed tells why', async () => {
  const { testify } = await failedService({ fault: 'capacity', resourceType: 'AWS::ECS::Service' });
  const [text = '', ...more] = await testify();
  assert.match(text, /^task: no task was placed: Capacity is unavailable at this time\./);
  assert.equal(more, []);
});

test('of a service that is gone its tasks are still known, their logs no longer', async () => {
  const { testify, down } = await failedService({ fault: 'task-exits' });
  await down();
  assert.equal(await testify(), ['task: 8 tasks stopped: Essential container in task exited']);
});

test('other resources are nobody’s business here', async () => {
  const { testify, counter } = await failedService({ fault: 'task-exits' });
  assert.equal(await testify('AWS::RDS::DBInstance', 'stage'), []);
  assert.is(counter.calls['DescribeTasks'], undefined);
});

test.run();
