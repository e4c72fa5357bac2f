import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { INSTANCE } from '../ec2/instance.ts';
import { NETWORK_INTERFACE } from '../network-interfaces.ts';
import { resourceWith } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { zoneOfSubnet } from './balancer-network.ts';
import { balancersUsing } from './group-uses.ts';
import { healthTimes } from './health-times.ts';
import { kindOf, subnetIdsOf } from './load-balancers.ts';
import type { Target } from './targets.ts';

/** How a target fares at this moment, with the reason where it gets no requests. */
export function targetHealth(world: World, realm: Realm, group: Resource, target: Target): TargetHealth {
  if (target.drainedAt !== undefined) return HEALTH.draining;
  const times = healthTimes(world, realm, group, target.registeredAt);
  if (times === undefined) return HEALTH.notInUse;
  if (group.properties['TargetType'] === 'lambda' && String(group.properties['HealthCheckEnabled']) !== 'true') {
    return HEALTH.unchecked;
  }
  if (!isZoneServed(world, realm, group, target)) return HEALTH.zoneNotServed;
  if (isTerminated(world, realm, group, target)) return HEALTH.terminated;
  if (world.now < times.checkedAt) return HEALTH.registering;
  const answers = isAnswering(world, realm, group, target);
  const isWell = answers && target.isFailing !== true;
  if (world.now < (isWell ? times.healthyAt : times.unhealthyAt)) return HEALTH.initial;
  if (isWell) return HEALTH.healthy;
  return answers ? HEALTH.failing : HEALTH.silent;
}

const HEALTH = {
  healthy: { State: 'healthy' },
  registering: health('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress'),
  initial: health('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress'),
  failing: health('unhealthy', 'Target.FailedHealthChecks', 'Health checks failed'),
  silent: health('unhealthy', 'Target.Timeout', 'Request timed out'),
  draining: health('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress'),
  notInUse: health(
    'unused',
    'Target.NotInUse',
    'Target group is not configured to receive traffic from the load balancer',
  ),
  zoneNotServed: health(
    'unused',
    'Target.NotInUse',
    'Target is in an Availability Zone that is not enabled for the load balancer',
  ),
  terminated: health('unused', 'Target.InvalidState', 'Target is in the terminated state'),
  unchecked: health('unavailable', 'Target.HealthCheckDisabled', 'Health checks are not enabled for this target'),
} as const satisfies Readonly<Record<string, TargetHealth>>;

/** What is said of a target that was asked for and is none. */
export const NOT_REGISTERED = health('unused', 'Target.NotRegistered', 'Target is not registered to the target group');

function health(
  State: NonNullable<TargetHealth['State']>,
  Reason: NonNullable<TargetHealth['Reason']>,
  Description: string,
): TargetHealth {
  return { State, Reason, Description };
}

/** Something is at the target's address, or what it names is there. */
function isAnswering(world: World, realm: Realm, group: Resource, { id }: Target): boolean {
  return group.properties['TargetType'] === 'ip' ? interfaceAt(world, realm, group, id) !== undefined : true;
}

function isTerminated(world: World, realm: Realm, group: Resource, { id }: Target): boolean {
  const isInstance = (group.properties['TargetType'] ?? 'instance') === 'instance';
  return isInstance && findRecord(world, realm, INSTANCE, id) === undefined;
}

function interfaceAt(world: World, realm: Realm, group: Resource, address: string): Resource | undefined {
  return resourceWith(
    ...([world, realm, NETWORK_INTERFACE] as const),
    ({ attributes, properties }) =>
      properties['PrivateIpAddress'] === address && attributes['VpcId'] === group.properties['VpcId'],
  );
}

/** An application load balancer sends no requests into zones that it is not in. */
function isZoneServed(world: World, realm: Realm, group: Resource, target: Target): boolean {
  const zone = target.zone ?? zoneOf(world, realm, group, target);
  if (zone === undefined || zone === 'all') return true;
  return balancersUsing(world, realm, group.id).some(
    ({ properties }) =>
      kindOf(properties) !== 'application' ||
      subnetIdsOf(properties).some((id) => zoneOfSubnet(world, realm, id) === zone),
  );
}

/** The zone that a target is in, where it is known. */
export function zoneOf(world: World, realm: Realm, group: Resource, { id }: Pick<Target, 'id'>): string | undefined {
  if (group.properties['TargetType'] === 'ip') {
    const own = interfaceAt(world, realm, group, id);
    return own && zoneOfSubnet(world, realm, String(own.properties['SubnetId']));
  }
  const zone = findRecord(world, realm, INSTANCE, id)?.attributes['AvailabilityZone'];
  return zone === undefined ? undefined : String(zone);
}
