import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { balancersUsing, usedSince } from './group-uses.ts';
import { activeAt } from './load-balancers.ts';

/** How long a load balancer takes to learn of a target. EST. */
const REGISTRATION_MS = 5_000;

/** When a target's health becomes known, from the moment on that it could get requests. */
export interface HealthTimes {
  readonly checkedAt: number;
  /** A first check that succeeds is enough. */
  readonly healthyAt: number;
  /** One that fails has to fail as often as for a target that was healthy. */
  readonly unhealthyAt: number;
}

/** Out: undefined where no load balancer sends requests to the group. */
export function healthTimes(
  world: World,
  realm: Realm,
  group: Resource,
  registeredAt: number,
): HealthTimes | undefined {
  const balancers = balancersUsing(world, realm, group.id);
  if (balancers.length === 0) return undefined;
  const active = Math.min(...balancers.map((balancer) => activeAt(world, realm, balancer)));
  const checkedAt = Math.max(registeredAt, usedSince(world, realm, group.id), active) + REGISTRATION_MS;
  const intervalMs = Number(setting(group, 'HealthCheckIntervalSeconds')) * 1000;
  const failures = Number(setting(group, 'UnhealthyThresholdCount'));
  return { checkedAt, healthyAt: checkedAt + intervalMs, unhealthyAt: checkedAt + failures * intervalMs };
}

/** A health check's setting, or what AWS takes in its place. */
export function setting(group: Resource, name: keyof typeof DEFAULTS): string | number {
  const given = group.properties[name];
  if (given !== undefined) return given as string | number;
  const isLambda = group.properties['TargetType'] === 'lambda';
  const layer4 = !isLambda && !/^HTTPS?$/.test(String(group.properties['Protocol']));
  return { ...DEFAULTS, ...(layer4 ? LAYER_4_DEFAULTS : {}), ...(isLambda ? LAMBDA_DEFAULTS : {}) }[name];
}

const DEFAULTS = {
  HealthCheckIntervalSeconds: 30,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 5,
  UnhealthyThresholdCount: 2,
} as const;
const LAYER_4_DEFAULTS = { HealthCheckTimeoutSeconds: 10, UnhealthyThresholdCount: 2 } as const;
const LAMBDA_DEFAULTS = { HealthCheckIntervalSeconds: 35, HealthCheckTimeoutSeconds: 30 } as const;
