import type { Resource } from '../../resource.ts';
import type { Due, Realm, World } from '../../world.ts';
import { attributeValue } from './attribute-value.ts';
import { isGroupUsed } from './group-uses.ts';

/** As requests and templates name a target. */
export interface TargetDescription {
  readonly Id?: string | undefined;
  readonly Port?: number | string | undefined;
  readonly AvailabilityZone?: string | undefined;
}

/** One target of a group, however it was registered. Its health is never written down: it follows from the times. */
export interface Target {
  readonly groupArn: string;
  readonly id: string;
  /** Functions have none. */
  readonly port?: number;
  /** Only where it was given: `all`, or the zone of an address outside of the VPC. */
  readonly zone?: string;
  readonly registeredAt: number;
  /** It answers, but never as the health check wants it. */
  readonly isFailing?: true;
  /** It finishes what it has begun, until then. */
  readonly drainedAt?: number;
}

export const TARGET_DRAINED = 'elasticloadbalancing.target-drained';

const DEFAULT_DELAY_MS = 300_000;

const table = (world: World, realm: Realm) => world.table<Target>('elbv2.target', realm);

/** Those that somebody registered; the tasks of ECS services are not among them. */
export function registeredTargets(world: World, realm: Realm, groupArn: string): Target[] {
  return [...table(world, realm).values()].filter((target) => target.groupArn === groupArn);
}

export function targetKey(group: Resource, target: TargetDescription): string {
  return `${group.id} ${target.Id ?? ''} ${portOf(group, target) ?? ''}`;
}

/** The group's own port unless the target has another one. */
export function portOf(group: Resource, { Port: port }: TargetDescription): number | undefined {
  const given = port ?? group.properties['Port'];
  return given === undefined ? undefined : Number(given);
}

/** Registers a target; one that is registered stays as it is, one that drains comes back as a new one. */
export function addTarget(world: World, realm: Realm, group: Resource, target: TargetDescription): void {
  const key = targetKey(group, target);
  const known = table(world, realm).get(key);
  if (known !== undefined && known.drainedAt === undefined) return;
  const port = portOf(group, target);
  table(world, realm).put(key, {
    groupArn: group.id,
    id: target.Id ?? '',
    ...(port === undefined ? {} : { port }),
    ...(target.AvailabilityZone === undefined ? {} : { zone: target.AvailabilityZone }),
    registeredAt: world.now,
  });
}

/** Takes a target out: at once where no requests come, else when it has had its time to finish them. */
export function withdrawTarget(world: World, realm: Realm, group: Resource, target: TargetDescription): void {
  const key = targetKey(group, target);
  const known = table(world, realm).get(key);
  if (known === undefined || known.drainedAt !== undefined) return;
  const delayMs = isGroupUsed(world, realm, group.id) ? deregistrationMs(group) : 0;
  if (delayMs === 0) return table(world, realm).delete(key);
  const drainedAt = world.now + delayMs;
  table(world, realm).put(key, { ...known, drainedAt });
  world.later(delayMs, { kind: TARGET_DRAINED, realm, payload: { key, drainedAt } });
}

/** Handles the end of a target's drain; one that has come back in the meantime stays. */
export function targetDrained(world: World, { realm, payload }: Due): void {
  const key = String(payload['key']);
  if (table(world, realm).get(key)?.drainedAt === payload['drainedAt']) table(world, realm).delete(key);
}

export function dropTargetsOf(world: World, realm: Realm, group: Resource): void {
  for (const { id, port } of registeredTargets(world, realm, group.id)) {
    table(world, realm).delete(targetKey(group, { Id: id, Port: port }));
  }
}

/** How long a target may take to finish its requests. */
export function deregistrationMs(group: Resource | undefined): number {
  const delay = attributeValue(group?.properties['TargetGroupAttributes'], 'deregistration_delay.timeout_seconds');
  return delay === undefined ? DEFAULT_DELAY_MS : Number(delay) * 1000;
}
