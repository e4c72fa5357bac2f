import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { kindOf } from '../../catalog/elbv2/load-balancers.ts';
import { LOAD_BALANCER, TARGET_GROUP } from '../../catalog/elbv2/types.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { loadBalancerDefaults, targetGroupDefaults } from './attribute-defaults.ts';
import { changeRecord } from './change-record.ts';
import { findOne, invalid } from './find.ts';

export function describeLoadBalancerAttributes(
  world: World,
  input: ELB.DescribeLoadBalancerAttributesInput,
  { realm }: Call,
): ELB.DescribeLoadBalancerAttributesOutput {
  return { Attributes: listOf(BALANCER, findOne(world, realm, LOAD_BALANCER, input.LoadBalancerArn)) };
}

export function modifyLoadBalancerAttributes(
  world: World,
  input: ELB.ModifyLoadBalancerAttributesInput,
  { realm }: Call,
): ELB.ModifyLoadBalancerAttributesOutput {
  const record = findOne(world, realm, LOAD_BALANCER, input.LoadBalancerArn);
  return { Attributes: change(world, realm, BALANCER, { record, given: input.Attributes ?? [] }) };
}

export function describeTargetGroupAttributes(
  world: World,
  input: ELB.DescribeTargetGroupAttributesInput,
  { realm }: Call,
): ELB.DescribeTargetGroupAttributesOutput {
  return { Attributes: listOf(GROUP, findOne(world, realm, TARGET_GROUP, input.TargetGroupArn)) };
}

export function modifyTargetGroupAttributes(
  world: World,
  input: ELB.ModifyTargetGroupAttributesInput,
  { realm }: Call,
): ELB.ModifyTargetGroupAttributesOutput {
  const record = findOne(world, realm, TARGET_GROUP, input.TargetGroupArn);
  return { Attributes: change(world, realm, GROUP, { record, given: input.Attributes ?? [] }) };
}

/** Where a thing keeps its attributes, and which it has. */
interface Kind {
  readonly property: string;
  readonly noun: string;
  defaults(record: Resource): Readonly<Record<string, string>>;
}

const BALANCER: Kind = {
  property: 'LoadBalancerAttributes',
  noun: 'Load balancer',
  defaults: ({ properties }) => loadBalancerDefaults(kindOf(properties)),
};
const GROUP: Kind = {
  property: 'TargetGroupAttributes',
  noun: 'Target group',
  defaults: ({ properties }) => targetGroupDefaults(properties),
};

interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: unknown;
}

function listOf({ property, defaults }: Kind, record: Resource): { Key: string; Value: string }[] {
  const own = (record.properties[property] ?? []) as readonly Attribute[];
  const set = Object.fromEntries(own.map(({ Key = '', Value }) => [Key, String(Value)]));
  const all: Readonly<Record<string, string>> = { ...defaults(record), ...set };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

function change(
  world: World,
  realm: Realm,
  kind: Kind,
  { record, given }: { readonly record: Resource; readonly given: readonly Attribute[] },
): { Key: string; Value: string }[] {
  for (const attribute of given) check(kind, record, attribute);
  const own = (record.properties[kind.property] ?? []) as readonly Attribute[];
  const kept = own.filter(({ Key }) => !given.some((one) => one.Key === Key));
  return listOf(kind, changeRecord(world, realm, record, { [kind.property]: [...kept, ...given] }));
}

const DELAY_MAX_SECONDS = 3600;

function check({ noun, defaults }: Kind, record: Resource, { Key: key = '', Value: value }: Attribute): void {
  if (!Object.hasOwn(defaults(record), key)) throw invalid(`${noun} attribute key '${key}' is not recognized`);
  const isSwitch = key.endsWith('.enabled') && key !== 'load_balancing.cross_zone.enabled';
  if (isSwitch && value !== 'true' && value !== 'false') {
    throw invalid(`${noun} attribute '${key}' must be one of [true, false]`);
  }
  const isDelay = key === 'deregistration_delay.timeout_seconds';
  const isNumber = /^\d+$/.test(String(value)) && Number(value) <= DELAY_MAX_SECONDS;
  if (isDelay && !isNumber) throw invalid(`${noun} attribute '${key}' must be between '0' and '${DELAY_MAX_SECONDS}'`);
}
