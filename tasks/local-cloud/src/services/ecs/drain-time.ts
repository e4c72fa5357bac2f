import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

const DEFAULT_MS = 300_000;

/** Tasks behind a load balancer finish their requests first, for as long as the target group says. */
export function drainMs(world: World, realm: Realm, service: Resource): number {
  return Math.max(0, ...targetGroupsOf(service).map((arn) => deregistrationMs(world, realm, arn)));
}

export function targetGroupsOf({ properties }: Resource): string[] {
  const balancers = (properties['LoadBalancers'] ?? []) as readonly { readonly TargetGroupArn?: string }[];
  return balancers.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
}

function deregistrationMs(world: World, realm: Realm, arn: string): number {
  const group = findRecord(world, realm, 'AWS::ElasticLoadBalancingV2::TargetGroup', arn);
  const attributes = (group?.properties['TargetGroupAttributes'] ?? []) as readonly { Key?: string; Value?: unknown }[];
  const delay = attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
  return delay === undefined ? DEFAULT_MS : Number(delay.Value) * 1000;
}
