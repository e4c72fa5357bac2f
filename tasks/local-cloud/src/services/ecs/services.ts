import type * as ECS from '@aws-sdk/client-ecs';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { camelCase } from '../camel-case.ts';
import { pageOf } from '../page.ts';
import { arnOf, clusterOf } from './clusters.ts';
import { nameOf } from './service-event.ts';
import { hasTripped, want } from './service-state.ts';
import type { Deployment } from './service-state.ts';
import { serviceViews } from './service-views.ts';
import type { ServiceView } from './service-views.ts';
import { invalidToken, tagList } from './shapes.ts';
import { statusAt, tasksOf } from './tasks.ts';
import { taskDefinitionArn } from './task-definitions.ts';

const PAGE_SIZE = 10;
const DESCRIBE_MAX = 10;

export function listServices(world: World, input: ECS.ListServicesRequest, call: Call): ECS.ListServicesResponse {
  const cluster = clusterOf(world, call.realm, input.cluster);
  const arns = serviceViews(world, call.realm, cluster.id).map(({ record }) => record.arn ?? '');
  const { items, nextToken } = pageOf(arns, input.maxResults ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { serviceArns: [...items], ...(nextToken === undefined ? {} : { nextToken }) };
}

export function describeServices(
  world: World,
  input: ECS.DescribeServicesRequest,
  call: Call,
): ECS.DescribeServicesResponse {
  const cluster = clusterOf(world, call.realm, input.cluster);
  const asked = input.services ?? [];
  if (asked.length === 0) throw invalid('Services cannot be empty.');
  if (asked.length > DESCRIBE_MAX) throw invalid(`Services cannot have more than ${DESCRIBE_MAX} elements.`);
  const views = serviceViews(world, call.realm, cluster.id);
  const found = asked.map((name) => [name, named(views, name)] as const);
  const prefix = `arn:aws:ecs:${call.realm.region}:${call.realm.account}:service/${cluster.id}/`;
  return {
    services: found.flatMap(([, view]) =>
      view === undefined ? [] : [describeService(world, call.realm, cluster, view)],
    ),
    failures: found.flatMap(([name, view]) =>
      view === undefined ? [{ arn: name.startsWith('arn:') ? name : prefix + name, reason: 'MISSING' }] : [],
    ),
  };
}

export function updateService(world: World, input: ECS.UpdateServiceRequest, call: Call): ECS.UpdateServiceResponse {
  const cluster = clusterOf(world, call.realm, input.cluster);
  const view = serviceNamed(world, call.realm, cluster, input.service);
  if (view.state.isDraining) throw new ServiceError('ServiceNotActiveException', 'Service was not ACTIVE.');
  const { wanted } = view.state;
  const desiredCount = input.desiredCount ?? wanted.desiredCount;
  if (desiredCount < 0) throw invalid('desiredCount cannot be less than 0.');
  const taskDefinition =
    input.taskDefinition === undefined
      ? wanted.taskDefinition
      : taskDefinitionArn(world, call.realm, input.taskDefinition);
  const isForced = input.forceNewDeployment ?? false;
  const state = want(world, call.realm, view.record, { desiredCount, taskDefinition }, isForced);
  return { service: describeService(world, call.realm, cluster, { record: view.record, state }) };
}

/** @throws ServiceError ServiceNotFoundException */
export function serviceNamed(world: World, realm: Realm, cluster: Resource, name = ''): ServiceView {
  const view = named(serviceViews(world, realm, cluster.id), name);
  if (view === undefined) throw new ServiceError('ServiceNotFoundException', 'Service not found.');
  return view;
}

function named(views: readonly ServiceView[], nameOrArn: string): ServiceView | undefined {
  return views.find(({ record }) => record.arn === nameOrArn || nameOf(record) === nameOrArn);
}

export function describeService(
  world: World,
  realm: Realm,
  cluster: Resource,
  { record, state }: ServiceView,
): ECS.Service {
  const counts = countsOf(world, realm, state.arn);
  const configured = camelCase(record.properties) as Partial<ECS.Service>;
  return {
    ...configured,
    serviceArn: state.arn,
    serviceName: nameOf(record),
    clusterArn: arnOf(cluster, realm),
    status: state.isDraining ? 'DRAINING' : 'ACTIVE',
    desiredCount: state.wanted.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    taskDefinition: state.wanted.taskDefinition,
    roleArn: undefined,
    createdAt: new Date(record.createdAt),
    deployments: state.deployments.map((deployment, index) =>
      describeDeployment(world, realm, { record, state }, deployment, index),
    ),
    events: state.events.map(({ id, at, message }) => ({ id, createdAt: new Date(at), message })),
    tags: tagList(record.tags),
  };
}

function describeDeployment(
  world: World,
  realm: Realm,
  { record, state }: ServiceView,
  deployment: Deployment,
  index: number,
): ECS.Deployment {
  const { running, pending } = countsOf(world, realm, state.arn, deployment.id);
  const isPrimary = index === 0;
  const isDone = isPrimary && state.isSteady;
  return {
    id: deployment.id,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: deployment.taskDefinition,
    desiredCount: isPrimary ? state.wanted.desiredCount : 0,
    runningCount: running,
    pendingCount: pending,
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    ...rollout(deployment, isDone, isPrimary && hasTripped(record, state)),
  };
}

function rollout({ id }: Deployment, isDone: boolean, hasFailed: boolean) {
  if (hasFailed) {
    const rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
    return { rolloutState: 'FAILED', rolloutStateReason } as const;
  }
  const rolloutStateReason = `ECS deployment ${id} ${isDone ? 'completed' : 'in progress'}.`;
  return { rolloutState: isDone ? 'COMPLETED' : 'IN_PROGRESS', rolloutStateReason } as const;
}

/** A task that drains counts as running until it has stopped. */
function countsOf(world: World, realm: Realm, arn: string, deploymentId?: string) {
  const statuses = tasksOf(world, realm, arn)
    .filter((task) => deploymentId === undefined || task.startedBy === deploymentId)
    .map((task) => statusAt(task, world.now));
  return {
    running: statuses.filter((status) => status === 'RUNNING' || status === 'DEACTIVATING').length,
    pending: statuses.filter((status) => status === 'PENDING' || status === 'PROVISIONING').length,
  };
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
