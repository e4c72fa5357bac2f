import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
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
    const fresh: ServiceState = {
      arn: record.arn ?? '',
      template,
      wanted: template,
      deployments: [],
      events: [],
      isSteady: false,
    };
    state = applyWanted(world, realm, record, fresh, template, { at: record.createdAt });
  } else if (!isSame(state.template, template)) {
    // CloudFormation writes the record when the service has become steady, so its tasks are found running.
    const wanted = {
      desiredCount:
        state.template.desiredCount === template.desiredCount ? state.wanted.desiredCount : template.desiredCount,
      taskDefinition: template.taskDefinition,
    };
    state = applyWanted(world, realm, record, { ...state, template }, wanted, { at: world.now, isRunning: true });
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

interface Manner {
  readonly at: number;
  readonly isRunning?: boolean;
  readonly isForced?: boolean;
}

function applyWanted(
  world: World,
  realm: Realm,
  record: Resource,
  state: ServiceState,
  wanted: Wanted,
  { at, isRunning = false, isForced = false }: Manner,
): ServiceState {
  const isNew = isForced || state.deployments[0]?.taskDefinition !== wanted.taskDefinition;
  const id = isNew ? `ecs-svc/${world.hex(19).replace(/[a-f]/g, (digit) => String(digit.charCodeAt(0) % 10))}` : '';
  const deployments = isNew
    ? [{ id, taskDefinition: wanted.taskDefinition, createdAt: at, updatedAt: at }, ...state.deployments]
    : state.deployments.map((deployment, index) => (index === 0 ? { ...deployment, updatedAt: at } : deployment));
  const primary = deployments[0]?.id ?? '';
  const own = liveTasks(world, realm, state.arn).filter((task) => task.deploymentId === primary);
  const started: Task[] = [];
  for (let count = own.length; count < wanted.desiredCount; count += 1) {
    const cluster = state.arn.split('/').at(-2) ?? '';
    const plan = { cluster, serviceArn: state.arn, deploymentId: primary, taskDefinition: wanted.taskDefinition };
    started.push(startTask(world, realm, { ...plan, createdAt: at, isRunning }));
  }
  const surplus = own.slice(wanted.desiredCount);
  for (const task of surplus) stopTask(world, realm, task, at, drainMs(world, realm, record), SCALED);
  const next = { ...state, wanted, deployments, isSteady: false };
  return said(world, record, said(world, record, next, at, 'has started', started), at, 'has stopped', surplus);
}

/** Lets happen what has happened by now: old deployments give way to the new one, and the service becomes steady. */
function settle(world: World, realm: Realm, record: Resource, state: ServiceState): ServiceState {
  if (state.isSteady) return state;
  const [primary, ...older] = state.deployments;
  const tasks = liveTasks(world, realm, state.arn);
  const own = tasks.filter((task) => task.deploymentId === primary?.id);
  const readyAt = Math.max(primary?.updatedAt ?? 0, ...own.map((task) => task.runningAt));
  if (readyAt > world.now) return state;
  const replaced = tasks.filter((task) => task.deploymentId !== primary?.id);
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
