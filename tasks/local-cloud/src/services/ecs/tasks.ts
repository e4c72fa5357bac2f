import type { Realm, World } from '../../world.ts';

/** A task of a service. Its status is never written down: it follows from these times and the time it is asked at. */
export interface Task {
  readonly arn: string;
  readonly serviceArn: string;
  readonly deploymentId: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  readonly runningAt: number;
  readonly stoppingAt?: number;
  readonly stoppedAt?: number;
  readonly stoppedReason?: string;
}

export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPED';

/** Fargate attaches a network interface first, then pulls the image. */
const START_MS = { min: 20_000, max: 45_000 };
const PROVISIONING_SHARE = 0.4;
/** SIGTERM, up to thirty seconds until SIGKILL, and the network interface goes. */
const STOP_MS = { min: 15_000, max: 40_000 };
/** Stopped tasks can be described for about an hour. */
const KEPT_MS = 3_600_000;

const table = (world: World, realm: Realm) => world.table<Task>('ecs.task', realm);

/** All tasks of a service that can still be described, oldest first. */
export function tasksOf(world: World, realm: Realm, serviceArn: string): Task[] {
  return [...table(world, realm).values()].filter((task) => task.serviceArn === serviceArn);
}

export function taskAt(world: World, realm: Realm, arn: string): Task | undefined {
  return table(world, realm).get(arn);
}

export interface TaskPlan {
  readonly cluster: string;
  readonly serviceArn: string;
  readonly deploymentId: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  /** For tasks that are found running, such as those that CloudFormation has waited for. */
  readonly isRunning?: boolean;
}

export function startTask(world: World, realm: Realm, plan: TaskPlan): Task {
  const { cluster, isRunning, ...rest } = plan;
  const arn = `arn:aws:ecs:${realm.region}:${realm.account}:task/${cluster}/${world.hex(32)}`;
  const startMs = isRunning ? 0 : between(world, START_MS);
  const task: Task = { ...rest, arn, runningAt: plan.createdAt + startMs };
  table(world, realm).put(arn, task);
  return task;
}

/** @param drainMs how long a load balancer keeps it before it is told to end */
export function stopTask(world: World, realm: Realm, task: Task, at: number, drainMs: number, reason: string): Task {
  const stoppingAt = Math.max(at, task.createdAt);
  const stoppedAt = stoppingAt + drainMs + between(world, STOP_MS);
  const stopped: Task = { ...task, stoppingAt, stoppedAt, stoppedReason: reason };
  table(world, realm).put(task.arn, stopped);
  return stopped;
}

/** Forgets what has been stopped for an hour, and everything of services that are gone. */
export function forgetTasks(world: World, realm: Realm, isService: (arn: string) => boolean): void {
  for (const task of table(world, realm).values()) {
    const isOld = task.stoppedAt !== undefined && task.stoppedAt + KEPT_MS < world.now;
    if (isOld || !isService(task.serviceArn)) table(world, realm).delete(task.arn);
  }
}

export function statusAt(task: Task, now: number): TaskStatus {
  if (task.stoppedAt !== undefined && now >= task.stoppedAt) return 'STOPPED';
  if (task.stoppingAt !== undefined && now >= task.stoppingAt) return 'DEACTIVATING';
  if (now >= task.runningAt) return 'RUNNING';
  const pendingAt = task.createdAt + (task.runningAt - task.createdAt) * PROVISIONING_SHARE;
  return now >= pendingAt ? 'PENDING' : 'PROVISIONING';
}

function between(world: World, { min, max }: { readonly min: number; readonly max: number }): number {
  return Math.round(min + world.random() * (max - min));
}
