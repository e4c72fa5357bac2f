import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { resourcesOf } from '../resources-of.ts';
import { dropRecord } from '../stored-record.ts';
import { noteUses } from './group-uses.ts';
import { LISTENER, RULE } from './types.ts';

export function listenersOf(world: World, realm: Realm, balancerArn: string): Resource[] {
  return [...resourcesOf(world, realm, LISTENER)].filter(
    ({ properties }) => properties['LoadBalancerArn'] === balancerArn,
  );
}

/** A listener's own rules, in order of priority; its default is none of them. */
export function rulesOf(world: World, realm: Realm, listenerArn: string): Resource[] {
  const all = [...resourcesOf(world, realm, RULE)].filter(
    ({ properties }) => properties['ListenerArn'] === listenerArn,
  );
  return all.sort((one, other) => priorityOf(one) - priorityOf(other));
}

export function priorityOf({ properties }: Resource): number {
  return Number(properties['Priority']);
}

/** Nobody is asked: they cannot be without their load balancer. */
export function removeListenersOf(world: World, realm: Realm, balancerArn: string): void {
  for (const listener of listenersOf(world, realm, balancerArn)) {
    dropRecord(world, realm, listener);
    removeRulesOf(world, realm, listener.id);
    noteUses(world, realm, listener, undefined);
  }
}

export function removeRulesOf(world: World, realm: Realm, listenerArn: string): void {
  for (const rule of rulesOf(world, realm, listenerArn)) {
    dropRecord(world, realm, rule);
    noteUses(world, realm, rule, undefined);
  }
}
