import { LISTENER } from '../../catalog/elbv2/types.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/**
 * A listener's default rule is no record of its own: it is the listener's default actions under an ARN of its own, which
 * has the listener's digits the other way round.
 */
export function defaultRuleArn(listenerArn: string): string {
  const id = listenerArn.split('/').at(-1) ?? '';
  return `${listenerArn.replace(':listener/', ':listener-rule/')}/${reversed(id)}`;
}

/** The listener whose default rule that is. */
export function listenerOfDefault(world: World, realm: Realm, ruleArn: string): Resource | undefined {
  const listenerArn = ruleArn.replace(':listener-rule/', ':listener/').split('/').slice(0, -1).join('/');
  return defaultRuleArn(listenerArn) === ruleArn ? findRecord(world, realm, LISTENER, listenerArn) : undefined;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
