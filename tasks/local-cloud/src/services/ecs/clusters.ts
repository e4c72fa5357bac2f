import type * as ECS from '@aws-sdk/client-ecs';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { camelCase } from '../camel-case.ts';
import { pageOf } from '../page.ts';
import { invalidToken, tagList } from './shapes.ts';
import { statusAt, tasksIn } from './tasks.ts';
import { serviceViews } from './service-views.ts';

const TYPE = 'AWS::ECS::Cluster';
const PAGE_SIZE = 100;

export function listClusters(world: World, input: ECS.ListClustersRequest, call: Call): ECS.ListClustersResponse {
  const arns = [...resourcesOf(world, call.realm, TYPE)].map((cluster) => arnOf(cluster, call.realm));
  const { items, nextToken } = pageOf(arns, input.maxResults ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { clusterArns: [...items], ...(nextToken === undefined ? {} : { nextToken }) };
}

export function describeClusters(
  world: World,
  input: ECS.DescribeClustersRequest,
  call: Call,
): ECS.DescribeClustersResponse {
  const asked = input.clusters ?? ['default'];
  const found = asked.map((name) => [name, clusterNamed(world, call.realm, name)] as const);
  return {
    clusters: found.flatMap(([, cluster]) =>
      cluster === undefined ? [] : [describeCluster(world, call.realm, cluster)],
    ),
    failures: found.flatMap(([name, cluster]) =>
      cluster === undefined ? [{ arn: clusterArn(call.realm, nameOf(name)), reason: 'MISSING' }] : [],
    ),
  };
}

/** @throws ServiceError ClusterNotFoundException */
export function clusterOf(world: World, realm: Realm, nameOrArn: string | undefined): Resource {
  const cluster = clusterNamed(world, realm, nameOrArn ?? 'default');
  if (cluster === undefined) throw new ServiceError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
}

export function arnOf(cluster: Resource, realm: Realm): string {
  return cluster.arn ?? clusterArn(realm, cluster.id);
}

export function clusterNamed(world: World, realm: Realm, nameOrArn: string): Resource | undefined {
  const name = nameOf(nameOrArn);
  for (const cluster of resourcesOf(world, realm, TYPE)) if (cluster.id === name) return cluster;
  return undefined;
}

function nameOf(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1) ?? nameOrArn;
}

function clusterArn({ region, account }: Realm, name: string): string {
  return `arn:aws:ecs:${region}:${account}:cluster/${name}`;
}

export function describeCluster(world: World, realm: Realm, cluster: Resource): ECS.Cluster {
  const services = serviceViews(world, realm, cluster.id);
  const statuses = tasksIn(world, realm, cluster.id).map((task) => statusAt(task, world.now));
  return {
    clusterArn: arnOf(cluster, realm),
    clusterName: cluster.id,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingTasksCount: statuses.filter((status) => status === 'PENDING' || status === 'PROVISIONING').length,
    activeServicesCount: services.length,
    statistics: [],
    tags: tagList(cluster.tags),
    settings: (camelCase(cluster.properties['ClusterSettings']) ?? []) as ECS.ClusterSetting[],
    capacityProviders: (cluster.properties['CapacityProviders'] ?? []) as string[],
    defaultCapacityProviderStrategy: (camelCase(cluster.properties['DefaultCapacityProviderStrategy']) ??
      []) as ECS.CapacityProviderStrategyItem[],
  };
}
