import type * as ECS from '@aws-sdk/client-ecs';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { arnOf, clusterOf } from './clusters.ts';
import { nameOf } from './service-state.ts';
import { serviceViews } from './service-views.ts';
import { invalidToken } from './shapes.ts';
import { statusAt, taskAt, tasksOf } from './tasks.ts';
import type { Task } from './tasks.ts';

const PAGE_SIZE = 100;
const DESCRIBE_MAX = 100;

export function listTasks(world: World, input: ECS.ListTasksRequest, call: Call): ECS.ListTasksResponse {
  const cluster = clusterOf(world, call.realm, input.cluster);
  const views = serviceViews(world, call.realm, cluster.id);
  const asked = views.filter(({ record }) => input.serviceName === undefined || isNamed(record, input.serviceName));
  if (input.serviceName !== undefined && asked.length === 0) {
    throw new ServiceError('ServiceNotFoundException', 'Service not found.');
  }
  const wantsStopped = input.desiredStatus === 'STOPPED';
  const arns = asked
    .flatMap(({ record }) => tasksOf(world, call.realm, record.arn ?? ''))
    .filter((task) => (task.stoppingAt !== undefined) === wantsStopped)
    .map(({ arn }) => arn);
  const { items, nextToken } = pageOf(arns, input.maxResults ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { taskArns: [...items], ...(nextToken === undefined ? {} : { nextToken }) };
}

export function describeTasks(world: World, input: ECS.DescribeTasksRequest, call: Call): ECS.DescribeTasksResponse {
  const cluster = clusterOf(world, call.realm, input.cluster);
  const asked = input.tasks ?? [];
  if (asked.length === 0) throw new ServiceError('InvalidParameterException', 'Tasks cannot be empty.');
  if (asked.length > DESCRIBE_MAX) {
    throw new ServiceError('InvalidParameterException', `Tasks cannot have more than ${DESCRIBE_MAX} elements.`);
  }
  const views = serviceViews(world, call.realm, cluster.id);
  const prefix = `arn:aws:ecs:${call.realm.region}:${call.realm.account}:task/${cluster.id}/`;
  const arns = asked.map((id) => (id.startsWith('arn:') ? id : prefix + id));
  const found = arns.map((arn) => [arn, taskAt(world, call.realm, arn)] as const);
  return {
    tasks: found.flatMap(([, task]) => {
      const service = views.find(({ record }) => record.arn === task?.serviceArn)?.record;
      return task === undefined || service === undefined ? [] : [describe(world, call.realm, cluster, service, task)];
    }),
    failures: found.flatMap(([arn, task]) => (task === undefined ? [{ arn, reason: 'MISSING' }] : [])),
  };
}

function isNamed(record: Resource, nameOrArn: string): boolean {
  return record.arn === nameOrArn || nameOf(record) === nameOrArn;
}

function describe(world: World, realm: Realm, cluster: Resource, service: Resource, task: Task): ECS.Task {
  const status = statusAt(task, world.now);
  const isStopped = status === 'STOPPED';
  return {
    taskArn: task.arn,
    clusterArn: arnOf(cluster, realm),
    taskDefinitionArn: task.taskDefinition,
    group: `service:${nameOf(service)}`,
    startedBy: task.deploymentId,
    launchType: 'FARGATE',
    lastStatus: status,
    desiredStatus: task.stoppingAt === undefined ? 'RUNNING' : 'STOPPED',
    createdAt: new Date(task.createdAt),
    ...(world.now >= task.runningAt ? { startedAt: new Date(task.runningAt) } : {}),
    ...(task.stoppingAt === undefined ? {} : { stoppingAt: new Date(task.stoppingAt) }),
    ...(isStopped && task.stoppedAt !== undefined ? { stoppedAt: new Date(task.stoppedAt) } : {}),
    ...(task.stoppedReason === undefined
      ? {}
      : { stoppedReason: task.stoppedReason, stopCode: 'ServiceSchedulerInitiated' }),
    containers: [],
    tags: [],
    version: 1,
  };
}
