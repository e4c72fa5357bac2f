import { notFound } from '../../catalog/elbv2/actions-refusal.ts';
import { LISTENER, LOAD_BALANCER, RULE, TARGET_GROUP } from '../../catalog/elbv2/types.ts';
import { findLoadBalancer } from '../../catalog/elbv2/load-balancers.ts';
import { serviceError } from '../../catalog/record.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

/** The word in an ARN, and how AWS calls what it stands for. */
const KINDS: Readonly<Record<string, { readonly word: string; readonly noun: string }>> = {
  [LOAD_BALANCER]: { word: 'loadbalancer', noun: 'load balancer' },
  [TARGET_GROUP]: { word: 'targetgroup', noun: 'target group' },
  [LISTENER]: { word: 'listener', noun: 'listener' },
  [RULE]: { word: 'listener-rule', noun: 'listener rule' },
};

/** @throws ServiceError ValidationError, LoadBalancerNotFound, TargetGroupNotFound, ListenerNotFound, RuleNotFound */
export function findOne(world: World, realm: Realm, type: string, arn = ''): Resource {
  const found = recordAt(world, realm, type, arn);
  if (found === undefined) throw serviceError(notFound(type, arn));
  return found;
}

/** All of them, in the order in which they were asked for. @throws ServiceError as findOne does */
export function findAll(world: World, realm: Realm, type: string, arns: readonly string[]): Resource[] {
  return arns.map((arn) => {
    const found = recordAt(world, realm, type, arn);
    if (found === undefined) throw serviceError(notFound(type));
    return found;
  });
}

/** What has an ARN of any type, and its type. @throws ServiceError ValidationError */
export function typeOfArn(arn: string): string {
  const [, , service, , , rest = ''] = arn.split(':');
  const found = Object.entries(KINDS).find(([, { word }]) => rest.startsWith(`${word}/`));
  if (service !== 'elasticloadbalancing' || found === undefined) throw invalid(`'${arn}' is not a valid ARN`);
  return found[0];
}

function recordAt(world: World, realm: Realm, type: string, arn: string): Resource | undefined {
  const { word, noun } = KINDS[type] ?? { word: '', noun: '' };
  if (!arn.startsWith('arn:') || !arn.includes(`:${word}/`)) throw invalid(`'${arn}' is not a valid ${noun} ARN`);
  return type === LOAD_BALANCER ? findLoadBalancer(world, realm, arn) : findRecord(world, realm, type, arn);
}

export function invalid(text: string): ServiceError {
  return new ServiceError('ValidationError', text);
}
