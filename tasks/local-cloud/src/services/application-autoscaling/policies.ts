import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { SCALING_POLICY, alarmsOf } from '../../catalog/autoscaling.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken, registered } from './targets.ts';

const PAGE_SIZE = 50;

export function putScalingPolicy(
  world: World,
  input: Scaling.PutScalingPolicyRequest,
  call: Call,
): Scaling.PutScalingPolicyResponse {
  registered(world, call.realm, input);
  const known = named(world, call.realm, input);
  const properties = { PolicyType: 'StepScaling', ...input };
  const record = known
    ? setProperties(world, call.realm, known, properties)
    : createRecord(world, call.realm, { type: SCALING_POLICY, properties });
  return { PolicyARN: record.arn, Alarms: alarmShapes(call.realm, record) };
}

export function describeScalingPolicies(
  world: World,
  input: Scaling.DescribeScalingPoliciesRequest,
  call: Call,
): Scaling.DescribeScalingPoliciesResponse {
  const all = [...resourcesOf(world, call.realm, SCALING_POLICY)].filter(
    ({ properties }) =>
      matches(properties, 'ServiceNamespace', input.ServiceNamespace) &&
      matches(properties, 'ResourceId', input.ResourceId) &&
      matches(properties, 'ScalableDimension', input.ScalableDimension) &&
      (input.PolicyNames === undefined || input.PolicyNames.includes(String(properties['PolicyName']))),
  );
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    ScalingPolicies: items.map((one) => policyShape(call.realm, one)),
    ...(nextToken && { NextToken: nextToken }),
  };
}

export function deleteScalingPolicy(
  world: World,
  input: Scaling.DeleteScalingPolicyRequest,
  { realm }: Call,
): Scaling.DeleteScalingPolicyResponse {
  const record = named(world, realm, input);
  if (record === undefined) {
    const { PolicyName: name, ServiceNamespace: namespace, ResourceId: id, ScalableDimension: dimension } = input;
    throw new ServiceError(
      'ObjectNotFoundException',
      `No scaling policy found for service namespace: ${namespace}, resource ID: ${id}, scalable dimension: ${dimension}, policy name: ${name}`,
    );
  }
  deleteRecord({ world, realm, type: SCALING_POLICY, id: record.id });
  return {};
}

function named(
  world: World,
  realm: Realm,
  input: { readonly PolicyName?: string | undefined; readonly ResourceId?: string | undefined },
): Resource | undefined {
  for (const record of resourcesOf(world, realm, SCALING_POLICY)) {
    const { PolicyName: name, ResourceId: id } = record.properties;
    if (name === input.PolicyName && id === input.ResourceId) return record;
  }
  return undefined;
}

/** A policy of a template may name its target as a whole. */
function matches(properties: Resource['properties'], name: string, wanted: string | undefined): boolean {
  const whole = String(properties['ScalingTargetId'] ?? '').split('|');
  return wanted === undefined || properties[name] === wanted || whole.includes(wanted);
}

function alarmShapes({ region, account }: Realm, record: Resource): Scaling.Alarm[] {
  return alarmsOf(record).map((AlarmName) => ({
    AlarmName,
    AlarmARN: `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`,
  }));
}

function policyShape(realm: Realm, record: Resource): Scaling.ScalingPolicy {
  const { properties, arn, createdAt } = record;
  const [id, dimension, namespace] = String(properties['ScalingTargetId'] ?? '').split('|');
  return {
    ...(properties as Partial<Scaling.ScalingPolicy>),
    PolicyARN: arn,
    PolicyName: String(properties['PolicyName']),
    ServiceNamespace: (properties['ServiceNamespace'] ?? namespace) as Scaling.ServiceNamespace,
    ResourceId: String(properties['ResourceId'] ?? id),
    ScalableDimension: (properties['ScalableDimension'] ?? dimension) as Scaling.ScalableDimension,
    PolicyType: properties['PolicyType'] as Scaling.PolicyType,
    Alarms: alarmShapes(realm, record),
    CreationTime: new Date(createdAt),
  };
}
