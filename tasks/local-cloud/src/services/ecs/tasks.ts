import { openInterfaces } from '../../catalog/network-interfaces.ts';
import type { Realm, World } from '../../world.ts';
import type { Network, TaskFailure } from './placement.ts';
import { deregisterTask } from './registry-instances.ts';

/** A task, of a service or by itself. Its status is never written down: it follows from these times and the time it is asked at. */
export interface Task {
  readonly arn: string;
  /** Absent for a task that somebody has run by itself. */
  readonly serviceArn?: string | undefined;
  /** The deployment, or whatever whoever ran it has said. */
  readonly startedBy?: string | undefined;
  readonly group: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  readonly runningAt: number;
  readonly hasFailed?: true;
  readonly stopCode?: string;
  readonly exitCode?: number;
  readonly tags?: Readonly<Record<string, string>>;
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
  readonly serviceArn?: string | undefined;
  readonly startedBy?: string | undefined;
  readonly group: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  readonly network?: Network | undefined;
  /** How it ends by itself; undefined where it runs until it is stopped. */
  readonly fails?: TaskFailure | undefined;
  readonly tags?: Readonly<Record<string, string>>;
}

export function startTask(world: World, realm: Realm, plan: TaskPlan): Task {
  const { cluster, network, fails, ...rest } = plan;
  const arn = `arn:aws:ecs:${realm.region}:${realm.account}:task/${cluster}/${world.hex(32)}`;
  const task: Task = { ...rest, arn, runningAt: plan.createdAt + between(world, START_MS) };
  table(world, realm).put(arn, task);
  if (network !== undefined) attach(world, realm, arn, network);
  if (plan.serviceArn !== undefined) lookLater(world, realm, task);
  return fails === undefined ? task : endByItself(world, realm, task, fails);
}

/** The service has something to do when its task runs. */
function lookLater(world: World, realm: Realm, { arn, runningAt }: Task): void {
  world.later(Math.max(0, runningAt - world.now), { kind: TASK_RUNS, realm, payload: { arn } });
}

function endByItself(world: World, realm: Realm, task: Task, fails: TaskFailure): Task {
  const failedAt = task.createdAt + between(world, fails.withinMs);
  const failing: Task = {
    ...task,
    hasFailed: true,
    ...(fails.hasRun ? {} : { runningAt: Number.MAX_SAFE_INTEGER }),
    stopCode: fails.stopCode,
    ...(fails.exitCode === undefined ? {} : { exitCode: fails.exitCode }),
  };
  return end(world, realm, failing, { stoppingAt: failedAt, stoppedAt: failedAt + 1000, reason: fails.reason });
}

/** Fargate gives every task an interface in one of its subnets. */
function attach(world: World, realm: Realm, arn: string, { subnetIds, ...network }: Network): void {
  const subnetId = subnetIds[Math.floor(world.random() * subnetIds.length)] ?? '';
  const description = `arn:aws:ecs:${realm.region}:${realm.account}:attachment/${world.uuid()}`;
  openInterfaces(world, realm, { owner: arn, description, subnetIds: [subnetId], ...network });
}

/** @param drainMs how long a load balancer keeps it before it is told to end */
export function stopTask(world: World, realm: Realm, task: Task, at: number, drainMs: number, reason: string): Task {
  const stoppingAt = Math.max(at, task.createdAt);
  return end(world, realm, task, { stoppingAt, stoppedAt: stoppingAt + drainMs + between(world, STOP_MS), reason });
}

export const TASK_STOPPED = 'ecs.task-stopped';
export const TASK_RUNS = 'ecs.task-runs';

function end(
  world: World,
  realm: Realm,
  task: Task,
  {
    stoppingAt,
    stoppedAt,
    reason,
  }: { readonly stoppingAt: number; readonly stoppedAt: number; readonly reason: string },
): Task {
  const ended: Task = { ...task, stoppingAt, stoppedAt, stoppedReason: reason };
  table(world, realm).put(task.arn, ended);
  if (stoppingAt <= world.now) deregisterTask(world, realm, ended);
  world.later(Math.max(0, stoppedAt - world.now), { kind: TASK_STOPPED, realm, payload: { arn: task.arn } });
  return ended;
}

/** Those that run or are about to, and that nothing has told to stop. */
export function liveTasks(world: World, realm: Realm, serviceArn: string): Task[] {
  return tasksOf(world, realm, serviceArn).filter((task) => task.stoppingAt === undefined);
}

/** Forgets what has been stopped for an hour. */
export function forgetTasks(world: World, realm: Realm): void {
  for (const task of table(world, realm).values()) {
    const isOld = task.stoppedAt !== undefined && task.stoppedAt + KEPT_MS < world.now;
    if (isOld) table(world, realm).delete(task.arn);
  }
}

/** Tasks of a cluster, of services and by themselves, oldest first. */
export function tasksIn(world: World, realm: Realm, cluster: string): Task[] {
  const prefix = `arn:aws:ecs:${realm.region}:${realm.account}:task/${cluster}/`;
  return [...table(world, realm).values()].filter(({ arn }) => arn.startsWith(prefix));
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
