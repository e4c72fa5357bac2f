import { strict as assert } from 'node:assert';
import { evaluate } from '@roundtrip/template';
import { changeResource } from '../../catalog/change-resource.ts';
import { makeResource } from '../../catalog/make-resource.ts';
import { tagsOf } from '../../catalog/tags.ts';
import type { Course } from './course.ts';
import { resourceHints } from './local-cloud-metadata.ts';
import { attempt, typeOf } from './resource-target.ts';
import type { StackResource, Target } from './stack-resource.ts';
import type { StepResult } from './step-result.ts';

export interface StepPayload {
  readonly key: string;
  readonly stage: 'initiated' | 'settled';
  /** From initiated to settled. */
  readonly restMs?: number;
}

/** Goes on with a resource that is being made or changed, when its time has come. */
export function continueMaking(course: Course, payload: StepPayload): StepResult {
  const resource = course.resource(payload.key);
  assert(resource?.pending, `${payload.key} of ${course.stack.id} is not being changed`);
  const { action, target = resource } = resource.pending;
  if (payload.stage === 'initiated') return initiate(course, resource, target, payload.restMs ?? 0);
  if (action === 'update') return settleUpdate(course, resource, target);
  const { failCreate } = resourceHints(target.metadata);
  if (failCreate !== undefined) return failMaking(course, resource, failCreate);
  return complete(course, resource, target);
}

export function failMaking(course: Course, resource: Omit<StackResource, 'updatedAt'>, reason: string): StepResult {
  const { pending, ...rest } = resource;
  course.reportResource({ ...rest, status: pending?.action === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason });
  return 'failed';
}

function initiate(course: Course, resource: StackResource, target: Target, restMs: number): StepResult {
  const { world, realm, stack } = course;
  const { logicalId, properties } = target;
  const given = attempt(() => evaluate(properties, course.dynamicScope) as Record<string, unknown>);
  if ('stop' in given) return failMaking(course, resource, given.stop);
  const type = typeOf(target.type);
  const tags = tagsOf(type, given.value, { ...target.stackTags, ...ownTags(course, logicalId) });
  const made = makeResource({
    ...{ world, realm, type, tags, logicalId },
    properties: given.value,
    stackName: stack.name,
    stackId: stack.id,
  });
  if ('failure' in made) return failMaking(course, resource, made.failure);
  if (resource.pending?.action === 'replace') course.leaveBehind(resource, resource.updateReplacePolicy ?? 'Delete');
  course.reportResource({
    ...resource,
    ...{ properties, stackTags: target.stackTags },
    physicalId: made.resource.ref,
    resourceId: made.resource.id,
    reason: 'Resource creation Initiated',
  });
  course.later(restMs, 'cloudformation.step', { key: logicalId, stage: 'settled' });
  return 'active';
}

/** CloudFormation's own tags, on every resource that can be tagged. */
function ownTags(course: Course, logicalId: string): Record<string, string> {
  return {
    'aws:cloudformation:stack-name': course.stack.name,
    'aws:cloudformation:stack-id': course.stack.id,
    'aws:cloudformation:logical-id': logicalId,
  };
}

function settleUpdate(course: Course, resource: StackResource, target: Target): StepResult {
  const { failUpdate } = resourceHints(target.metadata);
  if (failUpdate !== undefined) return failMaking(course, resource, failUpdate);
  const refused = applyChange(course, resource, target);
  return refused === undefined ? complete(course, resource, target) : failMaking(course, resource, refused);
}

/** Changes the thing itself. Out: why it cannot be, or undefined. */
export function applyChange(course: Course, resource: StackResource, target: Target): string | undefined {
  const { world, realm } = course;
  const given = attempt(() => evaluate(target.properties, course.dynamicScope) as Record<string, unknown>);
  if ('stop' in given) return given.stop;
  const type = typeOf(resource.type);
  const changed = changeResource({
    ...{ world, realm, type },
    id: resource.resourceId ?? '',
    before: resource.properties,
    after: given.value,
    tags: tagsOf(type, given.value, { ...target.stackTags, ...ownTags(course, resource.logicalId) }),
  });
  return changed
    ? undefined
    : `Resource of type '${type.name}' with identifier '${resource.resourceId}' was not found.`;
}

function complete(course: Course, resource: StackResource, target: Target): StepResult {
  const { pending, ...rest } = resource;
  const { updatedAt: _updatedAt, ...wanted } = target as StackResource;
  course.reportResource({
    ...rest,
    ...wanted,
    physicalId: resource.physicalId,
    resourceId: resource.resourceId,
    pending: undefined,
    status: pending?.action === 'create' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
    reason: undefined,
  });
  return 'done';
}
