import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { SCALABLE_TARGET, keepWithinBounds } from '../../catalog/autoscaling.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';

const PAGE_SIZE = 50;

interface Named {
  readonly ServiceNamespace?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly ScalableDimension?: string | undefined;
}

/** Registers a target, or changes one that is registered; its service is raised or lowered into the bounds at once. */
export function registerScalableTarget(
  world: World,
  input: Scaling.RegisterScalableTargetRequest,
  call: Call,
): Scaling.RegisterScalableTargetResponse {
  const { Tags: tags = {}, ...properties } = input;
  const known = findRecord(world, call.realm, SCALABLE_TARGET, idOf(input));
  const [least, most] = [
    input.MinCapacity ?? known?.properties['MinCapacity'],
    input.MaxCapacity ?? known?.properties['MaxCapacity'],
  ];
  if (least === undefined || most === undefined) {
    throw invalid('MinCapacity and MaxCapacity are required to register a new scalable target');
  }
  if (Number(least) > Number(most)) throw invalid('Maximum capacity cannot be less than minimum capacity');
  if (known === undefined) {
    const record = createRecord(world, call.realm, { type: SCALABLE_TARGET, properties: { ...properties }, tags });
    return { ScalableTargetARN: record.arn };
  }
  const changed = setProperties(world, call.realm, known, {
    MinCapacity: least,
    MaxCapacity: most,
    ...(input.SuspendedState && { SuspendedState: input.SuspendedState }),
    ...(input.RoleARN && { RoleARN: input.RoleARN }),
  });
  keepWithinBounds(world, call.realm, changed);
  return { ScalableTargetARN: changed.arn };
}

export function describeScalableTargets(
  world: World,
  input: Scaling.DescribeScalableTargetsRequest,
  call: Call,
): Scaling.DescribeScalableTargetsResponse {
  const all = [...resourcesOf(world, call.realm, SCALABLE_TARGET)].filter(
    ({ properties }) =>
      properties['ServiceNamespace'] === input.ServiceNamespace &&
      (input.ResourceIds === undefined || input.ResourceIds.includes(String(properties['ResourceId']))) &&
      (input.ScalableDimension === undefined || properties['ScalableDimension'] === input.ScalableDimension),
  );
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    ScalableTargets: items.map((one) => targetShape(call.realm, one)),
    ...(nextToken && { NextToken: nextToken }),
  };
}

export function deregisterScalableTarget(
  world: World,
  input: Scaling.DeregisterScalableTargetRequest,
  { realm }: Call,
): Scaling.DeregisterScalableTargetResponse {
  const record = registered(world, realm, input);
  deleteRecord({ world, realm, type: SCALABLE_TARGET, id: record.id });
  return {};
}

/** @throws ServiceError ObjectNotFoundException */
export function registered(world: World, realm: Realm, input: Named): Resource {
  const record = findRecord(world, realm, SCALABLE_TARGET, idOf(input));
  if (record !== undefined) return record;
  const { ServiceNamespace: namespace, ResourceId: id, ScalableDimension: dimension } = input;
  throw new ServiceError(
    'ObjectNotFoundException',
    `No scalable target found for service namespace: ${namespace}, resource ID: ${id}, scalable dimension: ${dimension}`,
  );
}

function idOf({ ResourceId: id, ScalableDimension: dimension, ServiceNamespace: namespace }: Named): string {
  return `${id}|${dimension}|${namespace}`;
}

function targetShape({ region, account }: Realm, { properties, arn, createdAt }: Resource): Scaling.ScalableTarget {
  const linked =
    'aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService';
  return {
    ServiceNamespace: properties['ServiceNamespace'] as Scaling.ServiceNamespace,
    ResourceId: String(properties['ResourceId']),
    ScalableDimension: properties['ScalableDimension'] as Scaling.ScalableDimension,
    MinCapacity: Number(properties['MinCapacity']),
    MaxCapacity: Number(properties['MaxCapacity']),
    RoleARN: String(properties['RoleARN'] ?? `arn:aws:iam::${account}:role/${linked}`),
    CreationTime: new Date(createdAt),
    SuspendedState: properties['SuspendedState'] ?? {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
    },
    ScalableTargetARN: arn ?? `arn:aws:application-autoscaling:${region}:${account}:scalable-target/unknown`,
  };
}

export function invalid(text: string): ServiceError {
  return new ServiceError('ValidationException', text);
}

export function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextTokenException', 'The next token is invalid');
}
