import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { NOT_REGISTERED, targetHealth, zoneOf } from '../../catalog/elbv2/target-health.ts';
import { addTarget, portOf, registeredTargets, targetKey, withdrawTarget } from '../../catalog/elbv2/targets.ts';
import type { Target } from '../../catalog/elbv2/targets.ts';
import { taskTargets } from '../../catalog/elbv2/task-targets.ts';
import { TARGET_GROUP } from '../../catalog/elbv2/types.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { checkTarget } from './check-target.ts';
import { findOne } from './find.ts';

export function registerTargets(
  world: World,
  input: ELB.RegisterTargetsInput,
  { realm }: Call,
): ELB.RegisterTargetsOutput {
  const group = findOne(world, realm, TARGET_GROUP, input.TargetGroupArn);
  const targets = input.Targets ?? [];
  for (const target of targets) checkTarget(world, realm, group, target);
  for (const target of targets) addTarget(world, realm, group, target);
  return {};
}

/** Targets that are not registered are passed over, and so are those that ECS keeps. */
export function deregisterTargets(
  world: World,
  input: ELB.DeregisterTargetsInput,
  { realm }: Call,
): ELB.DeregisterTargetsOutput {
  const group = findOne(world, realm, TARGET_GROUP, input.TargetGroupArn);
  for (const target of input.Targets ?? []) {
    const named = registeredTargets(world, realm, group.id).filter(
      ({ id, port }) => id === target.Id && (target.Port === undefined || target.Port === port),
    );
    for (const { id, port } of named) withdrawTarget(world, realm, group, { Id: id, Port: port });
  }
  return {};
}

export function describeTargetHealth(
  world: World,
  input: ELB.DescribeTargetHealthInput,
  { realm }: Call,
): ELB.DescribeTargetHealthOutput {
  const group = findOne(world, realm, TARGET_GROUP, input.TargetGroupArn);
  const all = [...registeredTargets(world, realm, group.id), ...taskTargets(world, realm, group)];
  const asked = input.Targets ?? [];
  if (asked.length === 0) {
    return { TargetHealthDescriptions: all.map((target) => described(world, realm, group, target)) };
  }
  return { TargetHealthDescriptions: asked.map((one) => describedAsked(world, realm, group, { one, all })) };
}

function describedAsked(
  world: World,
  realm: Realm,
  group: Resource,
  { one, all }: { readonly one: ELB.TargetDescription; readonly all: readonly Target[] },
): ELB.TargetHealthDescription {
  const key = targetKey(group, one);
  const found = all.find(({ id, port }) => targetKey(group, { Id: id, Port: port }) === key);
  if (found !== undefined) return described(world, realm, group, found);
  const port = portOf(group, one);
  return {
    Target: { Id: one.Id, ...(port === undefined ? {} : { Port: port }) },
    TargetHealth: NOT_REGISTERED,
  };
}

function described(world: World, realm: Realm, group: Resource, target: Target): ELB.TargetHealthDescription {
  const { id, port } = target;
  const zone =
    target.zone ?? (group.properties['TargetType'] === 'ip' ? zoneOf(world, realm, group, target) : undefined);
  const checked = String(group.properties['HealthCheckPort'] ?? 'traffic-port');
  return {
    Target: {
      Id: id,
      ...(port === undefined ? {} : { Port: port }),
      ...(zone === undefined ? {} : { AvailabilityZone: zone }),
    },
    ...(port === undefined ? {} : { HealthCheckPort: checked === 'traffic-port' ? String(port) : checked }),
    TargetHealth: targetHealth(world, realm, group, target),
  };
}
