import * as ECS from '@aws-sdk/client-ecs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, START, testCloud } from '../../testing/test-cloud.ts';
import type { Planted, TestCloud } from '../../testing/test-cloud.ts';

const ARN = 'arn:aws:ecs:eu-west-1:111111111111';
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef';

const PLANTED: Planted[] = [
  { type: 'AWS::ECS::Cluster', id: 'stage', arn: `${ARN}:cluster/stage`, tags: { environment: 'stage' } },
  ...[1, 2].map((revision) => ({
    type: 'AWS::ECS::TaskDefinition',
    id: `${ARN}:task-definition/web:${revision}`,
    arn: `${ARN}:task-definition/web:${revision}`,
    properties: {
      Family: 'web',
      Cpu: '256',
      ContainerDefinitions: [{ Name: 'web', Image: 'web:1', DockerLabels: { Team: 'Shop' } }],
    },
  })),
  {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    id: TARGET_GROUP,
    properties: { TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }] },
  },
  {
    type: 'AWS::ECS::Service',
    id: `${ARN}:service/stage/web|${ARN}:cluster/stage`,
    arn: `${ARN}:service/stage/web`,
    properties: {
      ServiceName: 'web',
      Cluster: 'stage',
      DesiredCount: '2',
      TaskDefinition: `${ARN}:task-definition/web:1`,
      LoadBalancers: [{ TargetGroupArn: TARGET_GROUP, ContainerName: 'web', ContainerPort: 80 }],
    },
  },
];

const test = suite<TestCloud & { ecs: ECS.ECSClient }>('ecs');
test.before.each((context) => {
  const tested = testCloud({ planted: PLANTED });
  Object.assign(context, tested, { ecs: new ECS.ECSClient(tested.as('111111111111')) });
});

const NAMED = { cluster: 'stage', services: ['web'] };

async function serviceOf(ecs: ECS.ECSClient): Promise<ECS.Service> {
  const { services } = await ecs.send(new ECS.DescribeServicesCommand(NAMED));
  assert.ok(services?.[0]);
  return services[0];
}

const counts = ({ desiredCount, runningCount, pendingCount, deployments }: ECS.Service) => [
  desiredCount,
  runningCount,
  pendingCount,
  deployments?.length,
];

test('a new service starts its tasks and becomes steady', async ({ ecs, pass }) => {
  assert.equal(counts(await serviceOf(ecs)), [2, 0, 2, 1]);
  pass(46_000);
  const steady = await serviceOf(ecs);
  assert.equal(counts(steady), [2, 2, 0, 1]);
  assert.is(steady.deployments?.[0]?.rolloutState, 'COMPLETED');
  assert.is(steady.events?.[0]?.message, '(service web) has reached a steady state.');
  assert.match(
    steady.events?.[1]?.message ?? '',
    /^\(service web\) has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.$/,
  );
  const [at] = steady.events ?? [];
  assert.ok((at?.createdAt?.getTime() ?? 0) <= START + 45_000, 'the event has the time at which it happened');
  assert.equal(steady.loadBalancers?.[0]?.containerName, 'web');
});

test('the first look may come late without changing what happened', async ({ ecs, pass }) => {
  pass(3_000_000);
  const { events, deployments } = await serviceOf(ecs);
  assert.ok((events?.[0]?.createdAt?.getTime() ?? 0) <= START + 45_000);
  assert.equal(deployments?.[0]?.createdAt, new Date(START));
});

test('scaled to nothing it drains for as long as its target group says, then is steady', async ({ ecs, pass }) => {
  pass(60_000);
  const update = new ECS.UpdateServiceCommand({ cluster: `${ARN}:cluster/stage`, service: 'web', desiredCount: 0 });
  const { service } = await ecs.send(update);
  assert.equal(service && counts(service), [0, 2, 0, 1]);
  pass(30_000);
  assert.equal(counts(await serviceOf(ecs)), [0, 2, 0, 1]);
  pass(40_000);
  assert.equal(counts(await serviceOf(ecs)), [0, 0, 0, 1]);
  const { taskArns = [] } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', desiredStatus: 'STOPPED' }));
  const { tasks = [] } = await ecs.send(new ECS.DescribeTasksCommand({ cluster: 'stage', tasks: taskArns }));
  assert.equal(
    tasks.map(({ lastStatus, stoppedReason }) => [lastStatus, stoppedReason]),
    [
      ['STOPPED', 'Scaling activity initiated by deployment'],
      ['STOPPED', 'Scaling activity initiated by deployment'],
    ],
  );
  pass(3_700_000);
  await serviceOf(ecs);
  assert.equal((await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', desiredStatus: 'STOPPED' }))).taskArns, []);
});

test('a new task definition is rolled out beside the old one before that goes', async ({ ecs, pass }) => {
  pass(60_000);
  await ecs.send(new ECS.UpdateServiceCommand({ cluster: 'stage', service: 'web', taskDefinition: 'web' }));
  const rolling = await serviceOf(ecs);
  assert.equal(counts(rolling), [2, 2, 2, 2]);
  assert.equal(
    rolling.deployments?.map(({ status, taskDefinition, runningCount }) => [status, taskDefinition, runningCount]),
    [
      ['PRIMARY', `${ARN}:task-definition/web:2`, 0],
      ['ACTIVE', `${ARN}:task-definition/web:1`, 2],
    ],
  );
  pass(46_000);
  assert.equal(counts(await serviceOf(ecs)), [2, 4, 0, 2]);
  pass(70_000);
  assert.equal(counts(await serviceOf(ecs)), [2, 2, 0, 1]);
  const { taskArns } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage', serviceName: 'web' }));
  assert.is(taskArns?.length, 2);
});

test("the SDK's waiter for stable services ends", async ({ ecs, pass }) => {
  await serviceOf(ecs);
  pass(60_000);
  const { state } = await ECS.waitUntilServicesStable({ client: ecs, maxWaitTime: 30 }, NAMED);
  assert.is(String(state), 'SUCCESS');
});

test('clusters and task definitions are described', async ({ ecs, pass }) => {
  pass(60_000);
  const { clusterArns } = await ecs.send(new ECS.ListClustersCommand({}));
  assert.equal(clusterArns, [`${ARN}:cluster/stage`]);
  const { clusters, failures } = await ecs.send(new ECS.DescribeClustersCommand({ clusters: ['stage', 'none'] }));
  assert.equal(
    clusters?.map((each) => [each.status, each.activeServicesCount, each.runningTasksCount, each.tags]),
    [['ACTIVE', 1, 2, [{ key: 'environment', value: 'stage' }]]],
  );
  assert.equal(failures, [{ arn: `${ARN}:cluster/none`, reason: 'MISSING' }]);
  const { taskDefinition } = await ecs.send(new ECS.DescribeTaskDefinitionCommand({ taskDefinition: 'web' }));
  assert.equal(
    [taskDefinition?.revision, taskDefinition?.containerDefinitions?.[0]?.dockerLabels],
    [2, { Team: 'Shop' }],
  );
});

test('services are listed in pages', async ({ ecs }) => {
  const { serviceArns, nextToken } = await ecs.send(new ECS.ListServicesCommand({ cluster: 'stage', maxResults: 1 }));
  assert.equal([serviceArns, nextToken], [[`${ARN}:service/stage/web`], undefined]);
  const bad = await failureOf(ecs.send(new ECS.ListServicesCommand({ cluster: 'stage', nextToken: 'x' })));
  assert.is(bad.message, 'Invalid token');
});

test('what is not there is said as ECS says it', async ({ ecs, as }) => {
  const none = await ecs.send(new ECS.DescribeServicesCommand({ cluster: 'stage', services: ['none'] }));
  assert.equal(none.failures, [{ arn: `${ARN}:service/stage/none`, reason: 'MISSING' }]);
  const failures = [
    await failureOf(ecs.send(new ECS.DescribeServicesCommand({ cluster: 'none', services: ['web'] }))),
    await failureOf(ecs.send(new ECS.DescribeServicesCommand({ cluster: 'stage', services: [] }))),
    await failureOf(ecs.send(new ECS.UpdateServiceCommand({ cluster: 'stage', service: 'none', desiredCount: 1 }))),
    await failureOf(ecs.send(new ECS.DescribeTaskDefinitionCommand({ taskDefinition: 'none' }))),
    await failureOf(new ECS.ECSClient(as('222222222222')).send(new ECS.DescribeServicesCommand(NAMED))),
  ];
  assert.equal(
    failures.map(({ name, message }) => `${name}: ${message}`),
    [
      'ClusterNotFoundException: Cluster not found.',
      'InvalidParameterException: Services cannot be empty.',
      'ServiceNotFoundException: Service not found.',
      'ClientException: Unable to describe task definition.',
      'ClusterNotFoundException: Cluster not found.',
    ],
  );
});

test.run();
