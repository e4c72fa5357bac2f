import type { World } from '../world.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Capital letters and digits, as CloudFormation ends the names that it makes. */
export function randomSuffix(world: World, length = 12): string {
  let text = '';
  for (let i = 0; i < length; i++) text += ALPHABET[Math.floor(world.random() * ALPHABET.length)];
  return text;
}

export interface NameRule {
  /** The longest name that the service takes. */
  readonly maxLength: number;
  readonly lowerCase?: boolean;
}

/**
 * `<stack>-<logicalId>-<12 random>`, cut to the service's length: CloudFormation keeps the random part whole and
 * shares what is left between stack and logical id.
 */
export function generatedName(world: World, stack: string, logicalId: string, rule: NameRule): string {
  const suffix = randomSuffix(world);
  const room = rule.maxLength - suffix.length - 2;
  const parts = stack.length + logicalId.length <= room ? [stack, logicalId] : shortened(stack, logicalId, room);
  const name = [...parts, suffix].join('-');
  return rule.lowerCase ? name.toLowerCase() : name;
}

function shortened(stack: string, logicalId: string, room: number): string[] {
  const half = Math.floor(room / 2);
  const logical = logicalId.slice(0, Math.max(half, room - stack.length));
  return [stack.slice(0, room - logical.length), logical].map((part) => part.replace(/-+$/, ''));
}

/** Property that carries the name, and its longest length, where the name is not the type's primary identifier. */
export const NAME_RULES: Readonly<Record<string, NameRule>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { maxLength: 32 },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { maxLength: 32 },
  'AWS::IAM::Role': { maxLength: 64 },
  'AWS::IAM::InstanceProfile': { maxLength: 128 },
  'AWS::IAM::User': { maxLength: 64 },
  'AWS::Lambda::Function': { maxLength: 64 },
  'AWS::S3::Bucket': { maxLength: 63, lowerCase: true },
  'AWS::RDS::DBInstance': { maxLength: 63, lowerCase: true },
  'AWS::RDS::DBCluster': { maxLength: 63, lowerCase: true },
  'AWS::RDS::DBSubnetGroup': { maxLength: 255, lowerCase: true },
  'AWS::RDS::DBParameterGroup': { maxLength: 255, lowerCase: true },
  'AWS::ECR::Repository': { maxLength: 256, lowerCase: true },
  'AWS::SQS::Queue': { maxLength: 80 },
  'AWS::Scheduler::Schedule': { maxLength: 64 },
  'AWS::Events::Rule': { maxLength: 64 },
  'AWS::ElastiCache::CacheCluster': { maxLength: 50, lowerCase: true },
  'AWS::ElastiCache::ReplicationGroup': { maxLength: 40, lowerCase: true },
};

export const ANY_NAME: NameRule = { maxLength: 255 };
