import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { drainMs } from './drain-time.ts';
import { rollOut, startMissing } from './rollout.ts';
import { said } from './service-event.ts';
import { liveTasks, stopTask, tasksOf } from './tasks.ts';

/** What ECS keeps of a service beside its resource record. */
export interface ServiceState {
  readonly arn: string;
  /** What the template asked for when it was last looked at: a difference means that CloudFormation changed it. */
  readonly template: Wanted;
  readonly wanted: Wanted;
  /** Newest first: the primary one, then those that are still being replaced. */
  readonly deployments: readonly Deployment[];
  /** Newest first. */
  readonly events: readonly ServiceEvent[];
  readonly isSteady: boolean;
  /** It is being deleted. */
  readonly isDraining?: boolean;
}

export interface Wanted {
  readonly desiredCount: number;
  readonly taskDefinition: string;
}

export interface Deployment {
  readonly id: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly failedTasks: number;
}

export interface ServiceEvent {
  readonly id: string;
  readonly at: number;
  readonly message: string;
}

const SCALED_DOWN = 'Scaling activity initiated by deployment';

const table = (world: World, realm: Realm) => world.table<ServiceState>('ecs.service', realm);

export function stateOf(world: World, realm: Realm, arn: string): ServiceState | undefined {
  return table(world, realm).get(arn);
}

export function forgetStates(world: World, realm: Realm, isService: (arn: string) => boolean): void {
  for (const { arn } of table(world, realm).values()) if (!isService(arn)) table(world, realm).delete(arn);
}

/** The state of a service as of now, brought up to date with its record and with the time that has passed. */
export function currentState(world: World, realm: Realm, record: Resource): ServiceState {
  const known = stateOf(world, realm, record.arn ?? '');
  const template = templateOf(record);
  let state = known;
  if (state === undefined) {
    const arn = record.arn ?? '';
    const fresh: ServiceState = { arn, template, wanted: template, deployments: [], events: [], isSteady: false };
    state = applyWanted(world, realm, record, fresh, template, { at: record.createdAt });
  } else if (!isSame(state.template, template)) {
    const wanted = {
      desiredCount:
        state.template.desiredCount === template.desiredCount ? state.wanted.desiredCount : template.desiredCount,
      taskDefinition: template.taskDefinition,
    };
    state = applyWanted(world, realm, record, { ...state, template }, wanted, { at: world.now });
  }
  const settled = rollOut({ world, realm, record }, state);
  if (settled !== known) table(world, realm).put(settled.arn, settled);
  return settled;
}

/** Changes what is wanted, from now on. */
export function want(world: World, realm: Realm, record: Resource, wanted: Wanted, isForced: boolean): ServiceState {
  const state = currentState(world, realm, record);
  const changed = applyWanted(world, realm, record, state, wanted, { at: world.now, isForced });
  const settled = rollOut({ world, realm, record }, changed);
  table(world, realm).put(settled.arn, settled);
  return settled;
}

/** The service is to go: it takes no more requests, and its tasks end as their targets are drained. */
export function drain(world: World, realm: Realm, record: Resource): void {
  const state = currentState(world, realm, record);
  const wanted = { ...state.wanted, desiredCount: 0 };
  const drained = applyWanted(world, realm, record, { ...state, isDraining: true }, wanted, { at: world.now });
  for (const task of liveTasks(world, realm, state.arn)) {
    stopTask(world, realm, task, world.now, drainMs(world, realm, record), SCALED_DOWN);
  }
  table(world, realm).put(drained.arn, drained);
}

/** Whether everything of a service that drains has stopped. */
export function isDrained(world: World, realm: Realm, record: Resource): boolean {
  return tasksOf(world, realm, record.arn ?? '').every(({ stoppedAt = Infinity }) => stoppedAt <= world.now);
}

interface Manner {
  readonly at: number;
  readonly isForced?: boolean;
}

function applyWanted(
  world: World,
  realm: Realm,
  record: Resource,
  state: ServiceState,
  wanted: Wanted,
  { at, isForced = false }: Manner,
): ServiceState {
  const isNew = isForced || state.deployments[0]?.taskDefinition !== wanted.taskDefinition;
  const id = isNew ? `ecs-svc/${world.hex(19).replace(/[a-f]/g, (digit) => String(digit.charCodeAt(0) % 10))}` : '';
  const fresh = { id, taskDefinition: wanted.taskDefinition, createdAt: at, updatedAt: at, failedTasks: 0 };
  const deployments = isNew
    ? [fresh, ...state.deployments]
    : state.deployments.map((deployment, index) => (index === 0 ? { ...deployment, updatedAt: at } : deployment));
  const next = { ...state, wanted, deployments, isSteady: false };
  const own = liveTasks(world, realm, state.arn).filter((task) => task.startedBy === deployments[0]?.id);
  const surplus = own.slice(wanted.desiredCount);
  for (const task of surplus) stopTask(world, realm, task, at, drainMs(world, realm, record), SCALED_DOWN);
  return said(world, record, startMissing({ world, realm, record }, next, at), {
    at,
    did: 'has stopped',
    tasks: surplus,
  });
}

/** Half of what is wanted, at least 3 and at most 200: so many tasks may fail before the circuit breaker trips. */
export function hasTripped({ properties }: Resource, { wanted, deployments }: ServiceState): boolean {
  const { DeploymentCircuitBreaker: breaker } = (properties['DeploymentConfiguration'] ?? {}) as {
    readonly DeploymentCircuitBreaker?: { readonly Enable?: unknown };
  };
  const threshold = Math.min(200, Math.max(3, Math.ceil(wanted.desiredCount / 2)));
  return String(breaker?.Enable) === 'true' && (deployments[0]?.failedTasks ?? 0) >= threshold;
}

function templateOf({ properties }: Resource): Wanted {
  return {
    desiredCount: Number(properties['DesiredCount'] ?? 1),
    taskDefinition: String(properties['TaskDefinition'] ?? ''),
  };
}

function isSame(left: Wanted, right: Wanted): boolean {
  return left.desiredCount === right.desiredCount && left.taskDefinition === right.taskDefinition;
}
