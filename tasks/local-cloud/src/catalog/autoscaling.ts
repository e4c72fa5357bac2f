import type { Resource } from '../resource.ts';
import { currentState, want } from '../services/ecs/service-state.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';
import { resourceWith, resourcesOf } from './resources-of.ts';
import { dropRecord, findRecord, putRecord } from './stored-record.ts';

export const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
export const SCALING_POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const ALARM = 'AWS::CloudWatch::Alarm';

/** Application Auto Scaling: what keeps a service between its bounds. */
export const autoscaling: Behaviours = {
  [SCALABLE_TARGET]: {
    make: target,
    made: keepWithinBounds,
    changed: (world, realm, _before, after) => keepWithinBounds(world, realm, after),
    gone: dropPolicies,
  },
  [SCALING_POLICY]: {
    make: policy,
    refuseCreate: noTarget,
    made: putAlarms,
    gone: dropAlarms,
  },
};

function target(making: Making): Made {
  const [id, dimension, namespace] = targetOf(making.properties);
  const arn = making.arn('application-autoscaling', `scalable-target/${making.world.hex(40)}`);
  return { id: `${id}|${dimension}|${namespace}`, arn, attributes: { Id: `${id}|${dimension}|${namespace}` } };
}

export function targetOf(
  properties: Readonly<Record<string, unknown>>,
): [id: string, dimension: string, namespace: string] {
  const text = (name: string): string => String(properties[name] ?? '');
  const joined = text('ScalingTargetId').split('|');
  if (joined.length === 3) return [joined[0] ?? '', joined[1] ?? '', joined[2] ?? ''];
  return [text('ResourceId'), text('ScalableDimension'), text('ServiceNamespace')];
}

/** A service below its minimum is raised to it at once, one above its maximum lowered. */
export function keepWithinBounds(world: World, realm: Realm, { properties }: Resource): void {
  const [id, dimension] = targetOf(properties);
  if (dimension !== 'ecs:service:DesiredCount') return;
  const service = serviceOf(world, realm, id);
  if (service === undefined) return;
  const { wanted } = currentState(world, realm, service);
  const [least, most] = [Number(properties['MinCapacity'] ?? 0), Number(properties['MaxCapacity'] ?? Infinity)];
  const desiredCount = Math.min(most, Math.max(least, wanted.desiredCount));
  if (desiredCount !== wanted.desiredCount) want(world, realm, service, { ...wanted, desiredCount }, false);
}

/** `service/<cluster>/<service>` */
function serviceOf(world: World, realm: Realm, id: string): Resource | undefined {
  const arn = `arn:aws:ecs:${realm.region}:${realm.account}:${id}`;
  return resourceWith(world, realm, 'AWS::ECS::Service', (record) => record.arn === arn);
}

function policy(making: Making): Made {
  const [id] = targetOf(making.properties);
  const name = making.name('PolicyName');
  const [, , namespace] = targetOf(making.properties);
  const rest = `scalingPolicy:${making.world.uuid()}:resource/${namespace}/${id}:policyName/${name}`;
  const arn = making.arn('autoscaling', rest);
  return { id: `${arn}|${targetOf(making.properties)[1]}`, ref: arn, arn, attributes: { Arn: arn } };
}

function noTarget(making: Making): Refusal | undefined {
  const id = targetOf(making.properties).join('|');
  if (findRecord(making.world, making.realm, SCALABLE_TARGET, id) !== undefined) return undefined;
  const [resource, dimension, namespace] = targetOf(making.properties);
  return {
    text: `No scalable target registered for service namespace: ${namespace}, resource ID: ${resource}, scalable dimension: ${dimension}`,
    handlerErrorCode: 'NotFound',
    code: 'ObjectNotFoundException',
  };
}

/** Target tracking watches two alarms of its own. */
export function alarmsOf({ properties, arn = '' }: Resource): string[] {
  if (properties['TargetTrackingScalingPolicyConfiguration'] === undefined) return [];
  const [id] = targetOf(properties);
  const uuid = arn.split(':')[6] ?? '';
  return ['AlarmHigh', 'AlarmLow'].map((which) => `TargetTracking-${id}-${which}-${uuid}`);
}

function putAlarms(world: World, realm: Realm, record: Resource): void {
  for (const name of alarmsOf(record)) {
    const arn = `arn:aws:cloudwatch:${realm.region}:${realm.account}:alarm:${name}`;
    putRecord(world, realm, {
      ...{ type: ALARM, id: name, ref: name, arn, attributes: { Arn: arn }, tags: {}, createdAt: world.now },
      properties: {
        AlarmName: name,
        AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${record.arn}.`,
        AlarmActions: [record.arn],
        ComparisonOperator: name.includes('AlarmHigh') ? 'GreaterThanThreshold' : 'LessThanThreshold',
        EvaluationPeriods: name.includes('AlarmHigh') ? 3 : 15,
      },
    });
  }
}

function dropAlarms(world: World, realm: Realm, record: Resource): void {
  for (const id of alarmsOf(record)) dropRecord(world, realm, { type: ALARM, id });
}

/** A target that is deregistered takes its policies with it. */
function dropPolicies(world: World, realm: Realm, { id }: Resource): void {
  for (const one of [...resourcesOf(world, realm, SCALING_POLICY)]) {
    if (targetOf(one.properties).join('|') !== id) continue;
    dropAlarms(world, realm, one);
    dropRecord(world, realm, one);
  }
}
