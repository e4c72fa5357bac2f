import type * as ECS from '@aws-sdk/client-ecs';
import { interfacesOf } from '../../catalog/network-interfaces.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { arnOf, clusterOf } from './clusters.ts';
import { nameOf } from './service-event.ts';
import { serviceViews } from './service-views.ts';
import { invalidToken, tagList } from './shapes.ts';
import { partsOf } from './task-definitions.ts';
import { statusAt, taskAt, tasksIn } from './tasks.ts';
import type { Task, TaskStatus } from './tasks.ts';

const PAGE_SIZE = 100;
const DESCRIBE_MAX = 100;

export function listTasks(world: World, input: ECS.ListTasksRequest, call: Call): ECS.ListTasksResponse {
  const cluster = clusterOf(world, call.realm, input.cluster);
  const views = serviceViews(world, call.realm, cluster.id);
  const { serviceName, family, startedBy } = input;
  const service = views.find(({ record }) => serviceName !== undefined && isNamed(record, serviceName));
  if (serviceName !== undefined && service === undefined) {
    throw new ServiceError('ServiceNotFoundException', 'Service not found.');
  }
  const wantsStopped = input.desiredStatus === 'STOPPED';
  const arns = tasksIn(world, call.realm, cluster.id)
    .filter((task) => (task.stoppingAt !== undefined && task.stoppingAt <= world.now) === wantsStopped)
    .filter((task) => service === undefined || task.serviceArn === service.record.arn)
    .filter((task) => family === undefined || partsOf(task.taskDefinition).family === family)
    .filter((task) => startedBy === undefined || task.startedBy === startedBy)
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
  // Looking brings services up to date with the time that has passed.
  serviceViews(world, call.realm, cluster.id);
  const prefix = `arn:aws:ecs:${call.realm.region}:${call.realm.account}:task/${cluster.id}/`;
  const arns = asked.map((id) => (id.startsWith('arn:') ? id : prefix + id));
  const found = arns.map((arn) => [arn, taskAt(world, call.realm, arn)] as const);
  return {
    tasks: found.flatMap(([, task]) => (task === undefined ? [] : [describeTask(world, call.realm, cluster, task)])),
    failures: found.flatMap(([arn, task]) => (task === undefined ? [{ arn, reason: 'MISSING' }] : [])),
  };
}

function isNamed(record: Resource, nameOrArn: string): boolean {
  return record.arn === nameOrArn || nameOf(record) === nameOrArn;
}

export function describeTask(world: World, realm: Realm, cluster: Resource, task: Task): ECS.Task {
  const status = statusAt(task, world.now);
  const isStopped = status === 'STOPPED';
  const isEnding = task.stoppingAt !== undefined && task.stoppingAt <= world.now;
  return {
    taskArn: task.arn,
    clusterArn: arnOf(cluster, realm),
    taskDefinitionArn: task.taskDefinition,
    group: task.group,
    startedBy: task.startedBy,
    launchType: 'FARGATE',
    lastStatus: status,
    desiredStatus: isEnding ? 'STOPPED' : 'RUNNING',
    createdAt: new Date(task.createdAt),
    ...(world.now >= task.runningAt ? { startedAt: new Date(task.runningAt) } : {}),
    ...(isEnding ? { stoppingAt: new Date(task.stoppingAt ?? 0) } : {}),
    ...(isStopped && task.stoppedAt !== undefined ? { stoppedAt: new Date(task.stoppedAt) } : {}),
    ...(isEnding
      ? {
          stoppedReason: task.stoppedReason,
          stopCode: (task.stopCode ?? 'ServiceSchedulerInitiated') as ECS.TaskStopCode,
        }
      : {}),
    attachments: interfacesOf(world, realm, task.arn).map(({ id, properties }) => ({
      type: 'ElasticNetworkInterface',
      status: isStopped ? 'DELETED' : 'ATTACHED',
      details: [
        { name: 'subnetId', value: String(properties['SubnetId']) },
        { name: 'networkInterfaceId', value: id },
      ],
    })),
    containers: containersOf(world, realm, task, status),
    tags: tagList(task.tags ?? {}),
    version: 1,
  };
}

/** All of them are essential: they begin and end with their task. */
function containersOf(world: World, realm: Realm, task: Task, lastStatus: TaskStatus): ECS.Container[] {
  const record = findRecord(world, realm, 'AWS::ECS::TaskDefinition', task.taskDefinition);
  const containers = (record?.properties['ContainerDefinitions'] ?? []) as readonly { Name?: string; Image?: string }[];
  const exitCode = task.exitCode ?? (task.hasFailed === true ? undefined : 0);
  return containers.map(({ Name: name, Image: image }) => ({
    taskArn: task.arn,
    name,
    image,
    lastStatus,
    healthStatus: 'UNKNOWN' as const,
    ...(lastStatus === 'STOPPED' && (exitCode === undefined ? { reason: task.stoppedReason } : { exitCode })),
  }));
}
