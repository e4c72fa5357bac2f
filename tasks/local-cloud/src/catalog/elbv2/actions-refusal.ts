import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Refusal } from '../behaviour.ts';
import { overLimit } from '../ec2/refusals.ts';
import { findRecord } from '../stored-record.ts';
import { balancersUsing, groupsIn } from './group-uses.ts';
import { findLoadBalancer, kindOf } from './load-balancers.ts';
import { LISTENER, LOAD_BALANCER, RULE, TARGET_GROUP } from './types.ts';

const NOUNS: Readonly<Record<string, { readonly noun: string; readonly code: string }>> = {
  [LOAD_BALANCER]: { noun: 'load balancer', code: 'LoadBalancerNotFound' },
  [TARGET_GROUP]: { noun: 'target group', code: 'TargetGroupNotFound' },
  [LISTENER]: { noun: 'listener', code: 'ListenerNotFound' },
  [RULE]: { noun: 'rule', code: 'RuleNotFound' },
};

/** `Listener '…' not found`; without an ARN, that one or more of several are not there. */
export function notFound(type: string, arn?: string): Refusal {
  const { noun, code } = NOUNS[type] ?? { noun: 'resource', code: 'ResourceNotFound' };
  const subject = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
  const text = arn === undefined ? `One or more ${noun}s not found` : `${subject} '${arn}' not found`;
  return { text, handlerErrorCode: 'NotFound', code };
}

/** Why a listener of that load balancer cannot forward to what its actions name. */
export function actionsRefusal(
  world: World,
  realm: Realm,
  actions: Pick<Resource, 'properties'>,
  balancerArn: string | undefined,
): Refusal | undefined {
  const arns = groupsIn(actions);
  if (arns.some((arn) => findRecord(world, realm, TARGET_GROUP, arn) === undefined)) return notFound(TARGET_GROUP);
  const balancer = findLoadBalancer(world, realm, balancerArn ?? '');
  if (balancer === undefined || kindOf(balancer.properties) === 'gateway') return undefined;
  const elsewhere = arns.filter((arn) => balancersUsing(world, realm, arn).some(({ id }) => id !== balancer.id));
  if (elsewhere.length === 0) return undefined;
  return overLimit(
    'TargetGroupAssociationLimit',
    `The following target groups cannot be associated with more than one load balancer: ${elsewhere.join(', ')}`,
  );
}
