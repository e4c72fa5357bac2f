import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { idsIn } from '../ec2/references.ts';
import { closeInterfaces, interfacesOf, LINGER, openInterfaces, RELEASE_INTERFACE } from '../network-interfaces.ts';
import { drawSeconds } from '../seconds.ts';
import { setProperties } from '../stored-record.ts';
import { isInternal, kindOf, subnetIdsOf } from './load-balancers.ts';

/** Puts an interface of the load balancer into each of its subnets. */
export function openLoadBalancer(world: World, realm: Realm, record: Resource): void {
  openIn(world, realm, record, subnetIdsOf(record.properties));
}

function openIn(world: World, realm: Realm, { id, attributes, properties }: Resource, subnetIds: string[]): void {
  const kind = kindOf(properties);
  const groups = idsIn(properties['SecurityGroups']);
  openInterfaces(world, realm, {
    owner: id,
    subnetIds,
    description: `ELB ${String(attributes['LoadBalancerFullName'])}`,
    // Only application load balancers fall back on the VPC's default group; the others then have none.
    ...(groups.length > 0 || kind !== 'application' ? { securityGroupIds: groups } : {}),
    interfaceType: kind === 'application' ? 'interface' : `${kind}_load_balancer`,
    requesterId: 'amazon-elb',
    hasPublicIp: !isInternal(properties) && kind !== 'gateway',
  });
}

/** The interfaces stay behind for a while. */
export function closeLoadBalancer(world: World, realm: Realm, { id }: Resource): void {
  closeInterfaces(world, realm, id, LINGER.loadBalancer);
}

/** Interfaces come and go with the subnets, and have the security groups that the load balancer has. */
export function followNetwork(world: World, realm: Realm, before: Resource, after: Resource): void {
  const [old, now] = [subnetIdsOf(before.properties), subnetIdsOf(after.properties)];
  const left = interfacesOf(world, realm, after.id).filter((one) => !now.includes(String(one.properties['SubnetId'])));
  releaseLater(
    world,
    realm,
    left.map(({ id }) => id),
  );
  const groups = idsIn(after.properties['SecurityGroups']);
  if (groups.length > 0) {
    for (const one of interfacesOf(world, realm, after.id)) setProperties(world, realm, one, { GroupSet: groups });
  }
  const added = now.filter((id) => !old.includes(id));
  if (added.length > 0) openIn(world, realm, after, added);
}

function releaseLater(world: World, realm: Realm, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const afterMs = Math.round(drawSeconds(LINGER.loadBalancer, world.random()) * 1000);
  world.later(afterMs, { kind: RELEASE_INTERFACE, realm, payload: { ids } });
}
