import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { networkOf, placementOf } from './placement.ts';
import { startTask, stopTask, tasksOf } from './tasks.ts';
import type { Task } from './tasks.ts';

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

/** As many as ECS keeps. */
const EVENTS_MAX = 100;
const DEFAULT_DRAIN_MS = 300_000;

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
  const settled = settle(world, realm, record, state);
  if (settled !== known) table(world, realm).put(settled.arn, settled);
  return settled;
}

/** Changes what is wanted, from now on. */
export function want(world: World, realm: Realm, record: Resource, wanted: Wanted, isForced: boolean): ServiceState {
  const state = currentState(world, realm, record);
  const changed = applyWanted(world, realm, record, state, wanted, { at: world.now, isForced });
  const settled = settle(world, realm, record, changed);
  table(world, realm).put(settled.arn, settled);
  return settled;
}

/** The service is to go: it takes no more requests, and its tasks end as their targets are drained. */
export function drain(world: World, realm: Realm, record: Resource): void {
  const state = currentState(world, realm, record);
  const wanted = { ...state.wanted, desiredCount: 0 };
  const drained = applyWanted(world, realm, record, { ...state, isDraining: true }, wanted, { at: world.now });
  for (const task of liveTasks(world, realm, state.arn)) {
    stopTask(world, realm, task, world.now, drainMs(world, realm, record), SCALED);
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
  for (const task of surplus) stopTask(world, realm, task, at, drainMs(world, realm, record), SCALED);
  return said(world, record, startMissing(world, realm, record, next, at), at, 'has stopped', surplus);
}

/** Starts what the primary deployment lacks, as far as there is room for it. */
function startMissing(world: World, realm: Realm, record: Resource, state: ServiceState, at: number): ServiceState {
  const [primary, ...older] = state.deployments;
  if (primary === undefined) return state;
  const own = tasksOf(world, realm, state.arn).filter(
    (task) => task.startedBy === primary.id && !isOver(task, world.now),
  );
  const cluster = state.arn.split('/').at(-2) ?? '';
  const started: Task[] = [];
  let unplaced: string | undefined;
  for (let count = own.length; count < state.wanted.desiredCount && unplaced === undefined; count += 1) {
    const placement = placementOf(world, realm, state.wanted.taskDefinition);
    if (typeof placement === 'object' && 'unplaced' in placement) {
      unplaced = placement.unplaced;
      continue;
    }
    const fails = typeof placement === 'object' ? placement.fails : undefined;
    const { taskDefinition } = state.wanted;
    const names = { cluster, serviceArn: state.arn, startedBy: primary.id, group: `service:${nameOf(record)}` };
    started.push(
      startTask(world, realm, { ...names, taskDefinition, createdAt: at, network: networkOf(record), fails }),
    );
  }
  const failed = started.filter(({ hasFailed }) => hasFailed).length;
  const counted = { ...state, deployments: [{ ...primary, failedTasks: primary.failedTasks + failed }, ...older] };
  const told = said(world, record, counted, at, 'has started', started);
  if (unplaced === undefined || told.events[0]?.message.includes(unplaced)) return told;
  return event(world, told, at, `(service ${nameOf(record)}) was unable to place a task. Reason: ${unplaced}.`);
}

function isOver({ stoppingAt, hasFailed, stoppedAt = Infinity }: Task, now: number): boolean {
  return hasFailed === true ? stoppedAt <= now : stoppingAt !== undefined;
}

/** Lets happen what has happened by now: old deployments give way to the new one, and the service becomes steady. */
function settle(world: World, realm: Realm, record: Resource, before: ServiceState): ServiceState {
  if (before.isSteady) return before;
  const state = before.isDraining ? before : startMissing(world, realm, record, before, world.now);
  const [primary, ...older] = state.deployments;
  const tasks = liveTasks(world, realm, state.arn);
  const own = tasks.filter((task) => task.startedBy === primary?.id);
  const readyAt = Math.max(primary?.updatedAt ?? 0, ...own.map((task) => task.runningAt));
  if (readyAt > world.now || own.length < state.wanted.desiredCount) return state;
  const replaced = tasks.filter((task) => task.startedBy !== primary?.id);
  const delay = drainMs(world, realm, record);
  for (const task of replaced) stopTask(world, realm, task, readyAt, delay, 'Task stopped by service deployment');
  const next = said(world, record, state, readyAt, 'has stopped', replaced);
  const stopping = tasksOf(world, realm, state.arn).map((task) => task.stoppedAt ?? 0);
  const steadyAt = Math.max(readyAt, ...stopping);
  if (steadyAt > world.now) return next;
  const text = `(service ${nameOf(record)}) has reached a steady state.`;
  const steady = event(world, next, steadyAt, text);
  return { ...steady, deployments: older.length > 0 && primary ? [primary] : state.deployments, isSteady: true };
}

/** Half of what is wanted, at least 3 and at most 200: so many tasks may fail before the circuit breaker trips. */
export function hasTripped({ properties }: Resource, { wanted, deployments }: ServiceState): boolean {
  const { DeploymentCircuitBreaker: breaker } = (properties['DeploymentConfiguration'] ?? {}) as {
    readonly DeploymentCircuitBreaker?: { readonly Enable?: unknown };
  };
  const threshold = Math.min(200, Math.max(3, Math.ceil(wanted.desiredCount / 2)));
  return String(breaker?.Enable) === 'true' && (deployments[0]?.failedTasks ?? 0) >= threshold;
}

const SCALED = 'Scaling activity initiated by deployment';

function liveTasks(world: World, realm: Realm, arn: string): Task[] {
  return tasksOf(world, realm, arn).filter((task) => task.stoppingAt === undefined);
}

function said(
  world: World,
  record: Resource,
  state: ServiceState,
  at: number,
  did: string,
  tasks: readonly Task[],
): ServiceState {
  if (tasks.length === 0) return state;
  const names = tasks.map(({ arn }) => `(task ${arn.split('/').at(-1) ?? arn})`).join(' ');
  return event(world, state, at, `(service ${nameOf(record)}) ${did} ${tasks.length} tasks: ${names}.`);
}

function event(world: World, state: ServiceState, at: number, message: string): ServiceState {
  return { ...state, events: [{ id: world.uuid(), at, message }, ...state.events].slice(0, EVENTS_MAX) };
}

export function nameOf(record: Resource): string {
  return String(record.properties['ServiceName'] ?? record.arn?.split('/').at(-1) ?? record.id);
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

/** Tasks behind a load balancer finish their requests first, for as long as the target group says. */
function drainMs(world: World, realm: Realm, { properties }: Resource): number {
  const balancers = (properties['LoadBalancers'] ?? []) as readonly { readonly TargetGroupArn?: string }[];
  const delays = balancers.map(({ TargetGroupArn }) => deregistrationMs(world, realm, TargetGroupArn));
  return Math.max(0, ...delays);
}

function deregistrationMs(world: World, realm: Realm, arn: string | undefined): number {
  if (arn === undefined) return 0;
  const group = world.table<Resource>('resource', realm).get(`AWS::ElasticLoadBalancingV2::TargetGroup|${arn}`);
  const attributes = (group?.properties['TargetGroupAttributes'] ?? []) as readonly { Key?: string; Value?: unknown }[];
  const delay = attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
  return delay === undefined ? DEFAULT_DRAIN_MS : Number(delay.Value) * 1000;
}
