import { isDeepStrictEqual } from 'node:util';
import { propertiesProblem } from '../../catalog/check-properties.ts';
import { isCustomResource } from '../../catalog/custom-resource.ts';
import { notSimulated } from '../../catalog/not-simulated.ts';
import type { Course } from './course.ts';
import { customRefusal } from './custom-resource.ts';
import { TAG_UPDATE_MS, initiatedMs, resourceMs } from './durations.ts';
import { addImport, exportsOf } from './exports.ts';
import { failMaking } from './continue-making.ts';
import { attempt, changeOf, targetOf, typeOf } from './resource-target.ts';
import { policyRefusal } from './stack-policy/stack-policy.ts';
import type { StackResource, Target } from './stack-resource.ts';
import type { StepResult } from './step-result.ts';

/** Brings one resource to what the template says: makes it, changes it, replaces it, or finds it as it should be. */
export function startMaking(course: Course, logicalId: string): StepResult {
  const { prepared, stack } = course;
  const scope = { ...course.scope, importValue: (name: string) => importedValue(course, name) };
  const target = attempt(() => targetOf({ prepared, scope, stackTags: stack.tags }, logicalId));
  if ('stop' in target) return target;
  const existing = course.resource(logicalId);
  if (existing?.resourceId === undefined || existing.status === 'CREATE_FAILED') {
    return startCreating(course, target.value, existing);
  }
  const change = changeOf(existing, target.value);
  if (change !== 'none') return startChanging(course, existing, target.value, change);
  const status = existing.status === 'UPDATE_FAILED' ? 'UPDATE_COMPLETE' : existing.status;
  const refreshed = { ...existing, ...target.value, status, applied: undefined };
  if (!isDeepStrictEqual(existing, refreshed)) course.putResource(refreshed);
  return 'done';
}

/** Whoever has read an export holds it, from then on. */
function importedValue(course: Course, name: string): string | undefined {
  const { world, realm } = course;
  const found = exportsOf(world, realm).get(name);
  if (found) addImport(world, realm, name, course.stack.id);
  return found?.value;
}

function startCreating(course: Course, target: Target, existing: StackResource | undefined): StepResult {
  if (existing?.resourceId !== undefined) course.leaveBehind(existing, 'Delete');
  const resource = { ...target, status: 'CREATE_IN_PROGRESS', pending: { action: 'create' } } as const;
  course.changeItem(target.logicalId, { did: 'create' });
  course.reportResource(resource);
  const problem = refusalOf(target);
  if (problem !== undefined) return failMaking(course, resource, problem);
  scheduleMaking(course, target);
  return 'active';
}

const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.';

/** Properties and identity stay the old ones until the change is done: a rollback compares with them. */
function startChanging(
  course: Course,
  existing: StackResource,
  target: Target,
  change: 'tags' | 'update' | 'replace',
): StepResult {
  const action = change === 'replace' ? 'replace' : 'update';
  const resource: StackResource = {
    ...existing,
    status: 'UPDATE_IN_PROGRESS',
    reason: action === 'replace' ? REPLACES : undefined,
    pending: { action, target },
  };
  course.changeItem(target.logicalId, { did: 'update' });
  course.reportResource(resource);
  const problem =
    policyRefusal(course.progress.policy, action === 'replace' ? 'Update:Replace' : 'Update:Modify', target) ??
    refusalOf(target) ??
    (action === 'replace' ? namedRefusal(existing, target) : undefined);
  if (problem !== undefined) return failMaking(course, resource, problem);
  if (action === 'replace') scheduleMaking(course, target);
  else scheduleUpdate(course, target, change === 'tags');
  return 'active';
}

function scheduleMaking(course: Course, target: Target): void {
  const totalMs = resourceMs(course.world, course.settings, 'create', target);
  const firstMs = initiatedMs(totalMs);
  const payload = { key: target.logicalId, stage: 'initiated', restMs: totalMs - firstMs };
  course.later(firstMs, 'cloudformation.step', payload);
}

export function scheduleUpdate(course: Course, target: Target, tagsOnly: boolean): void {
  const ms = resourceMs(course.world, course.settings, 'update', target);
  const totalMs = tagsOnly ? Math.min(ms, TAG_UPDATE_MS) : ms;
  const firstMs = initiatedMs(totalMs);
  const payload = { key: target.logicalId, stage: 'initiated', restMs: totalMs - firstMs };
  course.later(firstMs, 'cloudformation.step', payload);
}

function refusalOf(target: Target): string | undefined {
  const unsupported = notSimulated(target.type);
  if (unsupported !== undefined) return unsupported;
  if (isCustomResource(target.type)) return customRefusal(target);
  return propertiesProblem(typeOf(target.type), target.logicalId, target.properties);
}

/** A new resource cannot have the name while the old one is still there. */
function namedRefusal(existing: StackResource, target: Target): string | undefined {
  const type = typeOf(target.type);
  const [name] = type.primaryIdentifier;
  const isNamed = type.primaryIdentifier.length === 1 && name !== undefined && name in type.properties;
  if (!isNamed) return undefined;
  const given = target.properties[name];
  if (given === undefined || given !== existing.properties[name]) return undefined;
  return (
    'CloudFormation cannot update a stack when a custom-named resource requires replacing. ' +
    `Rename ${String(given)} and update the stack again.`
  );
}
