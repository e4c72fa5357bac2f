import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { resourcesOf } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { findLoadBalancer } from './load-balancers.ts';
import { LISTENER, RULE } from './types.ts';

/** Since when a target group gets requests from a load balancer. By the group's ARN. */
const uses = (world: World, realm: Realm) => world.table<{ readonly since: number }>('elbv2.group-use', realm);

/** Target groups that a listener's or a rule's actions forward to. */
export function groupsIn({ properties }: Pick<Resource, 'properties'>): string[] {
  const actions = [properties['DefaultActions'] ?? properties['Actions'] ?? []].flat() as readonly ForwardingAction[];
  const named = actions.flatMap(({ TargetGroupArn: own, ForwardConfig: config }) => [
    own,
    ...(config?.TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn),
  ]);
  return [...new Set(named.filter((arn): arn is string => typeof arn === 'string'))];
}

interface ForwardingAction {
  readonly TargetGroupArn?: string;
  readonly ForwardConfig?: { readonly TargetGroups?: readonly { readonly TargetGroupArn?: string }[] };
}

/** The load balancers that forward to a group; there is one at most, but for gateway load balancers. */
export function balancersUsing(world: World, realm: Realm, groupArn: string): Resource[] {
  const arns = new Set<string>();
  for (const listener of resourcesOf(world, realm, LISTENER)) {
    if (groupsIn(listener).includes(groupArn)) arns.add(balancerArnOf(listener));
  }
  for (const rule of resourcesOf(world, realm, RULE)) {
    if (!groupsIn(rule).includes(groupArn)) continue;
    const listener = findRecord(world, realm, LISTENER, String(rule.properties['ListenerArn']));
    if (listener !== undefined) arns.add(balancerArnOf(listener));
  }
  return [...arns].flatMap((arn) => findLoadBalancer(world, realm, arn) ?? []);
}

function balancerArnOf({ properties }: Resource): string {
  return String(properties['LoadBalancerArn']);
}

export function isGroupUsed(world: World, realm: Realm, groupArn: string): boolean {
  return [LISTENER, RULE].some((type) =>
    [...resourcesOf(world, realm, type)].some((record) => groupsIn(record).includes(groupArn)),
  );
}

/** A listener or rule has come, changed or gone: its groups begin or cease to get requests. */
export function noteUses(world: World, realm: Realm, before: Resource | undefined, after: Resource | undefined): void {
  const table = uses(world, realm);
  for (const arn of after ? groupsIn(after) : [])
    if (table.get(arn) === undefined) table.put(arn, { since: world.now });
  for (const arn of before ? groupsIn(before) : []) if (!isGroupUsed(world, realm, arn)) table.delete(arn);
}

export function usedSince(world: World, realm: Realm, groupArn: string): number {
  return uses(world, realm).get(groupArn)?.since ?? 0;
}
