import type { Realm, World } from '../world.ts';
import { strike } from './fault-rule.ts';

const TASK_TEXT = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';

/** What AWS says where a type's hardware has run out; undefined for types that need none of their own. */
export function capacityText(resourceType: string): string | undefined {
  return TEXTS[resourceType];
}

/**
 * Why a task cannot be placed now, where a fault of the kind `capacity` says so. A fault that is about another
 * resource type than `AWS::ECS::Service` is none of a task's.
 */
export function capacityShortage(world: World, { account, region }: Realm): string | undefined {
  const [shortage] = strike(world, ['capacity'], { account, region, resourceType: 'AWS::ECS::Service' });
  return shortage === undefined ? undefined : (shortage.text ?? TASK_TEXT);
}

const INSTANCE =
  'We currently do not have sufficient capacity in the Availability Zone you requested. Our system will be working on provisioning additional capacity.';

const TEXTS: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': INSTANCE,
  'AWS::AutoScaling::AutoScalingGroup': INSTANCE,
  'AWS::RDS::DBInstance':
    'InsufficientDBInstanceCapacity: The requested DB instance class is not available in the specified Availability Zone.',
  'AWS::ElastiCache::CacheCluster':
    'InsufficientCacheClusterCapacity: The requested cache node type is not available in the specified Availability Zone.',
};
