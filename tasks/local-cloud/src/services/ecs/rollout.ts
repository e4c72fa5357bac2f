import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { drainMs } from './drain-time.ts';
import { networkOf, placementOf } from './placement.ts';
import { nameOf, said, withEvent } from './service-event.ts';
import type { Deployment, ServiceState } from './service-state.ts';
import { statusAt, liveTasks, startTask, stopTask, tasksOf } from './tasks.ts';
import type { Task } from './tasks.ts';

export interface ServicePlace {
  readonly world: World;
  readonly realm: Realm;
  readonly record: Resource;
}

/**
 * What is due by now in a service that is not steady: old tasks give way as far as enough stay healthy, new ones start as
 * far as there is room, and with the last of them the service is steady. Done when it is looked at, and whenever one of
 * its tasks runs or has stopped.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment-type-ecs.html
 */
export function rollOut(place: ServicePlace, before: ServiceState): ServiceState {
  if (before.isSteady) return before;
  const { now } = place.world;
  const state = before.isDraining ? before : startMissing(place, giveWay(place, before, now), now);
  return isSettled(place, state) ? steady(place, state) : state;
}

/** Stops tasks of older deployments that are not needed any more, or whose room is. */
function giveWay({ world, realm, record }: ServicePlace, state: ServiceState, at: number): ServiceState {
  const { own, older } = sides(world, realm, state);
  if (older.length === 0) return state;
  const { desiredCount } = state.wanted;
  const { least, most } = boundsOf(record, desiredCount);
  const running = (tasks: readonly Task[]) => tasks.filter((task) => statusAt(task, at) === 'RUNNING').length;
  const surplus = running(own) + older.length - desiredCount;
  const inTheWay = desiredCount - own.length - Math.max(0, most - own.length - older.length);
  const dispensable = older.length - running(older) + Math.max(0, running(own) + running(older) - least);
  const count = Math.min(older.length, dispensable, Math.max(0, surplus, inTheWay));
  // What does not run yet is missed by nobody.
  const stopped = older.toSorted((left, right) => right.runningAt - left.runningAt).slice(0, count);
  const delayMs = drainMs(world, realm, record);
  for (const task of stopped) stopTask(world, realm, task, at, delayMs, 'Task stopped by service deployment');
  return said(world, record, state, { at, did: 'has stopped', tasks: stopped });
}

/** Starts what the primary deployment lacks, as far as there is room for it. */
export function startMissing(place: ServicePlace, state: ServiceState, at: number): ServiceState {
  const { world, realm, record } = place;
  const [primary, ...older] = state.deployments;
  if (primary === undefined) return state;
  const own = tasksOf(world, realm, state.arn).filter(
    (task) => task.startedBy === primary.id && !isOver(task, world.now),
  );
  const others = liveTasks(world, realm, state.arn).filter((task) => task.startedBy !== primary.id);
  const { most } = boundsOf(record, state.wanted.desiredCount);
  const count = Math.min(state.wanted.desiredCount, most - others.length) - own.length;
  const { started, unplaced } = startTasks(place, state, primary, { count, at });
  const failed = started.filter(({ hasFailed }) => hasFailed).length;
  const counted = { ...state, deployments: [{ ...primary, failedTasks: primary.failedTasks + failed }, ...older] };
  const told = said(world, record, counted, { at, did: 'has started', tasks: started });
  if (unplaced === undefined || told.events[0]?.message.includes(unplaced)) return told;
  return withEvent(world, told, at, `(service ${nameOf(record)}) was unable to place a task. Reason: ${unplaced}.`);
}

function startTasks(
  { world, realm, record }: ServicePlace,
  { arn, wanted: { taskDefinition } }: ServiceState,
  { id }: Deployment,
  { count, at }: { readonly count: number; readonly at: number },
): { readonly started: readonly Task[]; readonly unplaced?: string } {
  const cluster = arn.split('/').at(-2) ?? '';
  const names = { cluster, serviceArn: arn, startedBy: id, group: `service:${nameOf(record)}` };
  const started: Task[] = [];
  while (started.length < count) {
    const placement = placementOf(world, realm, taskDefinition, record);
    if (typeof placement === 'object' && 'unplaced' in placement) return { started, unplaced: placement.unplaced };
    const fails = typeof placement === 'object' ? placement.fails : undefined;
    const plan = { ...names, taskDefinition, createdAt: at, network: networkOf(record), fails };
    started.push(startTask(world, realm, plan));
  }
  return { started };
}

function isSettled({ world, realm }: ServicePlace, state: ServiceState): boolean {
  const { own, older } = sides(world, realm, state);
  const runs = own.length >= state.wanted.desiredCount && own.every(({ runningAt }) => runningAt <= world.now);
  const isAlone = tasksOf(world, realm, state.arn).every(({ stoppedAt = 0 }) => stoppedAt <= world.now);
  return runs && older.length === 0 && isAlone;
}

function steady({ world, realm, record }: ServicePlace, state: ServiceState): ServiceState {
  const times = tasksOf(world, realm, state.arn).map(({ stoppedAt, runningAt }) => stoppedAt ?? runningAt);
  const at = Math.max(state.deployments[0]?.updatedAt ?? 0, ...times);
  const told = withEvent(world, state, at, `(service ${nameOf(record)}) has reached a steady state.`);
  return { ...told, deployments: state.deployments.slice(0, 1), isSteady: true };
}

function sides(world: World, realm: Realm, state: ServiceState) {
  const primary = state.deployments[0]?.id;
  const tasks = liveTasks(world, realm, state.arn);
  const own = tasks.filter(({ startedBy }) => startedBy === primary);
  return { own, older: tasks.filter(({ startedBy }) => startedBy !== primary) };
}

/** How many tasks stay healthy at least, and how many may be there at most, while a deployment goes on. */
function boundsOf({ properties }: Resource, desiredCount: number): { readonly least: number; readonly most: number } {
  const { MinimumHealthyPercent: least = 100, MaximumPercent: most = 200 } = (properties['DeploymentConfiguration'] ??
    {}) as { readonly MinimumHealthyPercent?: unknown; readonly MaximumPercent?: unknown };
  return {
    least: Math.ceil((desiredCount * Number(least)) / 100),
    most: Math.floor((desiredCount * Number(most)) / 100),
  };
}

function isOver({ stoppingAt, hasFailed, stoppedAt = Infinity }: Task, now: number): boolean {
  return hasFailed === true ? stoppedAt <= now : stoppingAt !== undefined;
}
