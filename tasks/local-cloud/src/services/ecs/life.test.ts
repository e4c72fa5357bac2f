import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as ECR from '@aws-sdk/client-ecr';
import * as ECS from '@aws-sdk/client-ecs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fault } from '../../faults/fault-plan.ts';
import { REALM, failureOf, testCloud } from '../../testing/test-cloud.ts';

const NETWORK = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'tasks', VpcId: { Ref: 'Vpc' } } },
};
const CLUSTER = { Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'stage' } } };

const service = (image: string, more: object = {}) => ({
  ...NETWORK,
  ...CLUSTER,
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'web',
      ContainerDefinitions: [
        {
          Name: 'web',
          Image: image,
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: { 'awslogs-create-group': 'true', 'awslogs-group': '/web' },
          },
        },
      ],
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      ServiceName: 'web',
      Cluster: { Ref: 'Cluster' },
      TaskDefinition: { Ref: 'Task' },
      DesiredCount: 2,
      NetworkConfiguration: {
        AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet' }], SecurityGroups: [{ Ref: 'Group' }] },
      },
      ...more,
    },
  },
});

function cloud(...faults: Fault[]) {
  const tested = testCloud({ faults: { faults } });
  const config = tested.as(REALM.account);
  const cfn = new CloudFormationClient(config);
  const ecs = new ECS.ECSClient(config);
  const create = async (Resources: object, seconds = 900) => {
    await cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody: JSON.stringify({ Resources }) }));
    tested.pass(seconds * 1000);
    return await status();
  };
  const status = async () => (await cfn.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks?.[0]?.StackStatus;
  const described = async () =>
    (await ecs.send(new ECS.DescribeServicesCommand({ cluster: 'stage', services: ['web'] }))).services?.[0];
  const reason = async (logicalId: string) =>
    (await cfn.send(new DescribeStackEventsCommand({ StackName: 'one' }))).StackEvents?.find(
      (event) => event.LogicalResourceId === logicalId && event.ResourceStatus === 'CREATE_FAILED',
    )?.ResourceStatusReason;
  return { ...tested, cfn, ecs, config, create, status, described, reason };
}

test('a service becomes steady while CloudFormation waits for it', async () => {
  const { create, described, pass, status } = cloud();
  await create(service('public/web:1'), 36);
  assert.equal(
    (await described())?.deployments?.map((one) => one.rolloutState),
    ['IN_PROGRESS'],
  );
  pass(240_000);
  assert.is(await status(), 'CREATE_COMPLETE');
  const web = await described();
  assert.equal([web?.runningCount, web?.deployments?.[0]?.rolloutState], [2, 'COMPLETED']);
});

test('tasks whose image is not there trip the circuit breaker, and say why', async () => {
  const { config, create, ecs, reason, pass, cfn } = cloud();
  await new ECR.ECRClient(config).send(new ECR.CreateRepositoryCommand({ repositoryName: 'web' }));
  const image = `${REALM.account}.dkr.ecr.${REALM.region}.amazonaws.com/web:missing`;
  const body = JSON.stringify({ Resources: service(image, BREAKER) });
  await cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody: body, DisableRollback: true }));
  pass(900_000);
  assert.match(
    (await reason('Service')) ?? '',
    /^Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'\."/,
  );
  const { taskArns } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', desiredStatus: 'STOPPED' }));
  assert.ok((taskArns?.length ?? 0) >= 3);
  const { tasks } = await ecs.send(new ECS.DescribeTasksCommand({ cluster: 'stage', tasks: taskArns?.slice(0, 1) }));
  assert.is(tasks?.[0]?.stopCode, 'TaskFailedToStart');
  assert.match(tasks?.[0]?.stoppedReason ?? '', /^CannotPullContainerError: pull image manifest has been retried/);
  assert.is(await create({}).catch(({ message }: Error) => message), 'Stack [one] already exists');
});

const BREAKER = { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: false } } };

test('tasks that end by themselves trip the circuit breaker, with exit code and last line', async () => {
  const { cfn, config, ecs, pass, reason } = cloud({
    fault: 'task-exits',
    stack: 'one',
    text: 'Essential container in task exited',
  });
  const body = JSON.stringify({ Resources: service('public/web:1', BREAKER) });
  await cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody: body, DisableRollback: true }));
  pass(900_000);
  assert.match((await reason('Service')) ?? '', 'ECS Deployment Circuit Breaker was triggered');
  const { taskArns = [] } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', desiredStatus: 'STOPPED' }));
  const { tasks: [task] = [] } = await ecs.send(new ECS.DescribeTasksCommand({ cluster: 'stage', tasks: taskArns }));
  assert.equal(
    [task?.stopCode, task?.stoppedReason, task?.containers?.map(({ name, exitCode }) => [name, exitCode])],
    ['EssentialContainerExited', 'Essential container in task exited', [['web', 1]]],
  );
  const logs = new CloudWatchLogsClient(config);
  const { events } = await logs.send(
    new GetLogEventsCommand({ logGroupName: '/web', logStreamName: `ecs/web/${task?.taskArn?.split('/').at(-1)}` }),
  );
  assert.equal(
    events?.map(({ message }) => message),
    ['web ends with exit code 1: Essential container in task exited'],
  );
});

test('tasks that stay unhealthy are replaced, and once they are healthy the service is steady', async () => {
  const { create, ecs } = cloud({ fault: 'task-unhealthy', logicalId: 'Service', times: 2 });
  assert.is(await create(service('public/web:1')), 'CREATE_COMPLETE');
  const { taskArns = [] } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', desiredStatus: 'STOPPED' }));
  const { tasks = [] } = await ecs.send(new ECS.DescribeTasksCommand({ cluster: 'stage', tasks: taskArns }));
  assert.equal(
    tasks.map(({ stopCode, stoppedReason }) => [stopCode, stoppedReason]),
    Array(2).fill(['ServiceSchedulerInitiated', 'Task failed container health checks']),
  );
});

test('a deployment keeps to its bounds, task by task', async () => {
  const bounds = { DeploymentConfiguration: { MinimumHealthyPercent: 50, MaximumPercent: 100 }, DesiredCount: 4 };
  const { create, described, ecs, pass } = cloud();
  assert.is(await create(service('public/web:1', bounds)), 'CREATE_COMPLETE');
  await ecs.send(new ECS.UpdateServiceCommand({ cluster: 'stage', service: 'web', forceNewDeployment: true }));
  const seen = new Set<string>();
  for (let second = 0; second < 300; second += 5) {
    pass(5000);
    const { deployments = [] } = (await described()) ?? {};
    const { taskArns = [] } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage' }));
    assert.ok(taskArns.length <= 4, `${taskArns.length} tasks`);
    seen.add(deployments.map((one) => `${one.status} ${one.rolloutState}`).join(', '));
  }
  assert.equal([...seen], ['PRIMARY IN_PROGRESS, ACTIVE IN_PROGRESS', 'PRIMARY COMPLETED']);
  const { events = [] } = (await described()) ?? {};
  const stops = events.flatMap(({ message }) => /has stopped (\d+) tasks/.exec(message ?? '')?.[1] ?? []);
  assert.equal(stops.reverse()[0], '2');
  assert.is(
    stops.map(Number).reduce((left, right) => left + right),
    4,
  );
});

test('while capacity is short a service waits, and goes on when there is room', async () => {
  const { create, described, pass, status } = cloud({
    fault: 'capacity',
    resourceType: 'AWS::ECS::*',
    forSeconds: 600,
  });
  assert.is(await create(service('public/web:1'), 400), 'CREATE_IN_PROGRESS');
  assert.is(
    (await described())?.events?.[0]?.message,
    '(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
  );
  pass(600_000);
  assert.is(await status(), 'CREATE_COMPLETE');
});

test('a service drains before it goes, its interfaces linger, and its log group comes back', async () => {
  const { config, create, cfn, ecs, pass, described, status } = cloud();
  assert.is(await create(service('public/web:1')), 'CREATE_COMPLETE');
  await cfn.send(new DeleteStackCommand({ StackName: 'one' }));
  pass(12_000);
  assert.is((await described())?.status, 'DRAINING');
  assert.equal(await failureOf(ecs.send(new ECS.UpdateServiceCommand({ cluster: 'stage', service: 'web' }))), {
    name: 'ServiceNotActiveException',
    message: 'Service was not ACTIVE.',
    status: 400,
  });
  pass(600_000);
  assert.is((await failureOf(status())).message, 'Stack with id one does not exist');
  const logs = new CloudWatchLogsClient(config);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
  assert.equal(
    logGroups?.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]),
    [['/web', undefined]],
  );
});

test('a task that somebody runs keeps its cluster from being deleted', async () => {
  const { ecs, create, pass } = cloud();
  await create({
    ...CLUSTER,
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Family: 'agent', ContainerDefinitions: [{ Name: 'agent', Image: 'public/agent:1' }] },
    },
  });
  const run = { cluster: 'stage', taskDefinition: 'agent', startedBy: 'jenkins' };
  const { tasks: [task] = [] } = await ecs.send(new ECS.RunTaskCommand(run));
  assert.equal([task?.group, task?.startedBy, task?.lastStatus], ['family:agent', 'jenkins', 'PROVISIONING']);
  pass(60_000);
  const listed = async (input: object) =>
    (await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', ...input }))).taskArns?.length;
  assert.equal([await listed({ startedBy: 'jenkins' }), await listed({ family: 'web' })], [1, 0]);
  const remove = () => ecs.send(new ECS.DeleteClusterCommand({ cluster: 'stage' }));
  assert.equal(await failureOf(remove()), {
    name: 'ClusterContainsTasksException',
    message: 'The Cluster cannot be deleted while Tasks are active.',
    status: 400,
  });
  await ecs.send(new ECS.StopTaskCommand({ cluster: 'stage', task: task?.taskArn, reason: 'enough' }));
  pass(60_000);
  assert.is((await remove()).cluster?.status, 'INACTIVE');
});

test('services and task definitions are made and deleted through the API too', async () => {
  const { ecs, pass, described } = cloud();
  await ecs.send(new ECS.CreateClusterCommand({ clusterName: 'stage', tags: [{ key: 'a', value: 'b' }] }));
  const definition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'public/web:1' }] };
  const { taskDefinition } = await ecs.send(new ECS.RegisterTaskDefinitionCommand(definition));
  assert.match(taskDefinition?.taskDefinitionArn ?? '', /:task-definition\/web:1$/);
  await ecs.send(new ECS.RegisterTaskDefinitionCommand(definition));
  const { taskDefinitionArns } = await ecs.send(new ECS.ListTaskDefinitionsCommand({ sort: 'DESC' }));
  assert.equal(
    taskDefinitionArns?.map((arn) => arn.split('/')[1]),
    ['web:2', 'web:1'],
  );
  const input = { cluster: 'stage', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 };
  await ecs.send(new ECS.CreateServiceCommand(input));
  assert.is(
    (await failureOf(ecs.send(new ECS.CreateServiceCommand(input)))).message,
    'Creation of service was not idempotent.',
  );
  pass(120_000);
  assert.is((await described())?.runningCount, 1);
  const remove = (force: boolean) =>
    failureOf(ecs.send(new ECS.DeleteServiceCommand({ cluster: 'stage', service: 'web', force })));
  assert.is((await remove(false)).message, 'The service cannot be stopped while it is scaled above 0.');
  assert.is((await remove(true)).message, 'it did not fail');
  assert.is(
    (await failureOf(ecs.send(new ECS.CreateServiceCommand(input)))).message,
    'Unable to Start a service that is still Draining.',
  );
  pass(120_000);
  assert.is(await described(), undefined);
});

test.run();
