import { strict as assert } from 'node:assert';
import { evaluate } from '@roundtrip/template';
import { changeResource } from '../../catalog/change-resource.ts';
import { handlerText } from '../../catalog/handler-text.ts';
import { isCustomResource } from '../../catalog/custom-resource.ts';
import { makeResource } from '../../catalog/make-resource.ts';
import type { MakeResult } from '../../catalog/make-resource.ts';
import { tagsOf } from '../../catalog/tags.ts';
import type { Course } from './course.ts';
import { changeCustom, makeCustom } from './custom-resource.ts';
import { completesAtOnce } from './express.ts';
import { expectSignals, signalReadiness } from './signals.ts';
import { readinessOf, tryAgain, waitOn } from './handler-wait.ts';
import { changeNested, makeNested } from './nested-stack.ts';
import { STACK_TYPE } from './stack-event.ts';
import { faultOf } from './resource-fault-of.ts';
import { resourceHints } from './local-cloud-metadata.ts';
import { attempt, typeOf } from './resource-target.ts';
import type { StackResource, Target } from './stack-resource.ts';
import type { StepResult } from './step-result.ts';

export interface StepPayload {
  readonly key: string;
  readonly stage: 'initiated' | 'settled';
  /** From initiated to settled. */
  readonly restMs?: number;
  /** How long the handler has already been asking again, in the stage that it is in. */
  readonly waitedMs?: number;
}

/** Goes on with a resource that is being made or changed, when its time has come. */
export function continueMaking(course: Course, payload: StepPayload): StepResult {
  const resource = course.resource(payload.key);
  assert(resource?.pending, `${payload.key} of ${course.stack.id} is not being changed`);
  const { action, target = resource } = resource.pending;
  if (payload.stage === 'initiated') {
    const fault =
      payload.waitedMs === undefined ? faultOf(course, action === 'update' ? 'update' : 'create', resource) : undefined;
    if (fault !== undefined) return failMaking(course, resource, fault);
    return action === 'update'
      ? beginUpdate(course, resource, target, payload)
      : initiate(course, resource, target, payload);
  }
  const { failCreate, failUpdate } = resourceHints(target.metadata);
  const fails = action === 'update' ? failUpdate : failCreate;
  if (fails !== undefined) return failMaking(course, resource, fails);
  return settled(course, resource, target, payload);
}

/** The time for it is over: it is complete, or the handler waits until it is ready. */
function settled(course: Course, resource: StackResource, target: Target, payload: StepPayload): StepResult {
  const signalled = signalReadiness(course, resource);
  if (signalled === 'waiting') return 'active';
  const readiness = signalled === undefined || signalled === 'ready' ? readinessOf(course, resource) : signalled;
  if (readiness === 'ready') return complete(course, resource, target);
  const refusal = readiness === 'waiting' ? waitOn(course, payload) : readiness;
  return refusal === undefined ? 'active' : failMaking(course, resource, handlerText(course.world, refusal));
}

export function failMaking(course: Course, resource: Omit<StackResource, 'updatedAt'>, reason: string): StepResult {
  const { pending, ...rest } = resource;
  course.reportResource({ ...rest, status: pending?.action === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason });
  return 'failed';
}

function initiate(course: Course, resource: StackResource, target: Target, payload: StepPayload): StepResult {
  const { world } = course;
  const { properties } = target;
  const given = attempt(() => evaluate(properties, course.dynamicScope) as Record<string, unknown>);
  if ('stop' in given) return failMaking(course, resource, given.stop);
  const made = make(course, target, given.value, payload.restMs);
  if ('refusal' in made) {
    if (tryAgain(course, payload, made.refusal)) return 'active';
    return failMaking(course, resource, handlerText(world, made.refusal));
  }
  expectSignals(course, target);
  if (resource.pending?.action === 'replace') course.leaveBehind(resource, resource.updateReplacePolicy ?? 'Delete');
  course.reportResource({
    ...resource,
    ...{ properties, stackTags: target.stackTags },
    physicalId: made.resource.ref,
    resourceId: made.resource.id,
    reason: 'Resource creation Initiated',
  });
  return waitOrComplete(course, target, payload);
}

/** The call was accepted: with EXPRESS that is all, else what it leads to is waited for. */
function waitOrComplete(course: Course, target: Target, { key, restMs = 0 }: StepPayload): StepResult {
  const resource = course.resource(key);
  const { failCreate, failUpdate } = resourceHints(target.metadata);
  const mayFail = failCreate !== undefined || failUpdate !== undefined;
  if (resource !== undefined && !mayFail && completesAtOnce(course, target.type))
    return complete(course, resource, target);
  course.later(restMs, 'cloudformation.step', { key, stage: 'settled' });
  return 'active';
}

/** Makes the thing itself, in the way of its type. */
function make(course: Course, target: Target, properties: Readonly<Record<string, unknown>>, takesMs = 0): MakeResult {
  const { world, realm, stack } = course;
  const { logicalId } = target;
  if (target.type === STACK_TYPE) return makeNested(course, logicalId, properties);
  if (isCustomResource(target.type)) return makeCustom(course, target, properties);
  const type = typeOf(target.type);
  const tags = tagsOf(type, properties, { ...target.stackTags, ...ownTags(course, logicalId) });
  const { name: stackName, id: stackId } = stack;
  return makeResource({ world, realm, type, properties, tags, logicalId, stackName, stackId, takesMs });
}

/** CloudFormation's own tags, on every resource that can be tagged. */
function ownTags(course: Course, logicalId: string): Record<string, string> {
  return {
    'aws:cloudformation:stack-name': course.stack.name,
    'aws:cloudformation:stack-id': course.stack.id,
    'aws:cloudformation:logical-id': logicalId,
  };
}

/** The service is told of the change at once; what it then does about it takes the rest of the time. */
function beginUpdate(course: Course, resource: StackResource, target: Target, payload: StepPayload): StepResult {
  if (resourceHints(target.metadata).failUpdate === undefined) {
    const refused = applyChange(course, resource, target, payload.restMs);
    if (refused !== undefined) return failMaking(course, resource, refused);
    const { updatedAt: _updatedAt, ...same } = resource;
    course.putResource({ ...same, applied: target.properties });
  }
  return waitOrComplete(course, target, payload);
}

/** Changes the thing itself. Out: why it cannot be, or undefined. */
export function applyChange(course: Course, resource: StackResource, target: Target, takesMs = 0): string | undefined {
  const { world, realm } = course;
  const given = attempt(() => evaluate(target.properties, course.dynamicScope) as Record<string, unknown>);
  if ('stop' in given) return given.stop;
  if (isCustomResource(resource.type)) {
    changeCustom(course, resource.resourceId ?? '', target, given.value);
    return undefined;
  }
  if (resource.type === STACK_TYPE) return changeNested(course, resource.resourceId ?? '', given.value);
  const type = typeOf(resource.type);
  const changed = changeResource({
    ...{ world, realm, type },
    id: resource.resourceId ?? '',
    before: { ...resource.applied, ...resource.properties },
    after: given.value,
    tags: tagsOf(type, given.value, { ...target.stackTags, ...ownTags(course, resource.logicalId) }),
    takesMs,
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
    applied: undefined,
    status: pending?.action === 'create' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
    reason: undefined,
  });
  return 'done';
}
