import { deregistrationMs } from '../../catalog/elbv2/targets.ts';
import { TARGET_GROUP } from '../../catalog/elbv2/types.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** Tasks behind a load balancer finish their requests first, for as long as the target group says. */
export function drainMs(world: World, realm: Realm, service: Resource): number {
  const groups = targetGroupsOf(service).map((arn) => findRecord(world, realm, TARGET_GROUP, arn));
  return Math.max(0, ...groups.map(deregistrationMs));
}

export function targetGroupsOf({ properties }: Pick<Resource, 'properties'>): string[] {
  const balancers = (properties['LoadBalancers'] ?? []) as readonly { readonly TargetGroupArn?: string }[];
  return balancers.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
}
