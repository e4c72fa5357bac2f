import type { Resource } from '../../resource.ts';
import { currentState } from '../../services/ecs/service-state.ts';
import { tasksOf } from '../../services/ecs/tasks.ts';
import type { Task } from '../../services/ecs/tasks.ts';
import type { Realm, World } from '../../world.ts';
import { interfacesOf } from '../network-interfaces.ts';
import { resourcesOf } from '../resources-of.ts';
import { deregistrationMs } from './targets.ts';
import type { Target } from './targets.ts';

/**
 * The targets that ECS keeps in a group for its services: a task is registered when it runs and drains when it is told
 * to stop. Nothing is written down for them; the tasks' own times say it all.
 */
export function taskTargets(world: World, realm: Realm, group: Resource): Target[] {
  return [...resourcesOf(world, realm, 'AWS::ECS::Service')].flatMap((service) => {
    const port = containerPort(service, group.id);
    if (port === undefined) return [];
    currentState(world, realm, service);
    return tasksOf(world, realm, service.arn ?? '').flatMap((task) => targetOf(world, realm, group, task, port) ?? []);
  });
}

function containerPort({ properties }: Resource, groupArn: string): number | undefined {
  const balancers = (properties['LoadBalancers'] ?? []) as readonly {
    readonly TargetGroupArn?: string;
    readonly ContainerPort?: number | string;
  }[];
  const own = balancers.find(({ TargetGroupArn }) => TargetGroupArn === groupArn);
  return own && Number(own.ContainerPort);
}

function targetOf(world: World, realm: Realm, group: Resource, task: Task, port: number): Target | undefined {
  const { arn, hasFailed, runningAt, stopCode, stoppingAt = Infinity } = task;
  const drainedAt = stoppingAt + deregistrationMs(group);
  // A task that was told to stop before it ran has never been a target.
  if (runningAt > Math.min(world.now, stoppingAt) || drainedAt <= world.now) return undefined;
  const [own] = interfacesOf(world, realm, arn);
  if (own === undefined) return undefined;
  return {
    groupArn: group.id,
    id: String(own.properties['PrivateIpAddress']),
    port,
    registeredAt: runningAt,
    // ECS ends of its own accord only those that fail their checks.
    ...(hasFailed && stopCode === 'ServiceSchedulerInitiated' ? { isFailing: true } : {}),
    ...(stoppingAt <= world.now ? { drainedAt } : {}),
  };
}
