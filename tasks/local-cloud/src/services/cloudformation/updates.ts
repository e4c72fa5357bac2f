import { isDeepStrictEqual } from 'node:util';
import { UNKNOWN, evaluate } from '@roundtrip/template';
import type { Course } from './course.ts';
import { prepareTemplate } from './prepared-template.ts';
import { attempt, changeOf, targetOf } from './resource-target.ts';
import { resourcesOfStack } from './stack-resource.ts';
import type { Stack } from './stack.ts';

/**
 * Whether an update would do anything: a resource added, removed or changed, another policy or other metadata,
 * other tags, or other outputs. A description, an unused parameter or another layout of the text is no change.
 */
export function hasUpdates(course: Course, before: Stack, previous: string): boolean {
  if (!isDeepStrictEqual(course.stack.tags, before.tags)) return true;
  if (hasOtherOutputs(course, before)) return true;
  const wanted = course.prepared.graph(course.scope.conditions);
  const existing = resourcesOfStack(course.world, course.realm, before);
  if (existing.length !== wanted.size || existing.some(({ logicalId }) => !wanted.has(logicalId))) return true;
  return [...wanted.keys()].some((logicalId) => isChanged(course, logicalId)) || hasOtherExports(course, previous);
}

function isChanged(course: Course, logicalId: string): boolean {
  const existing = course.resource(logicalId);
  if (existing === undefined) return true;
  const { prepared, scope, stack } = course;
  const target = attempt(() => targetOf({ prepared, scope, stackTags: stack.tags }, logicalId));
  if ('stop' in target || changeOf(existing, target.value) !== 'none') return true;
  const { deletionPolicy, updateReplacePolicy, metadata } = target.value;
  return !isDeepStrictEqual(
    [deletionPolicy, updateReplacePolicy, metadata],
    [existing.deletionPolicy, existing.updateReplacePolicy, existing.metadata],
  );
}

/** Values are compared where they are known; all resources are still the old ones here. */
function hasOtherOutputs(course: Course, before: Stack): boolean {
  const { conditions } = course.scope;
  const scope = { ...course.scope, dynamic: () => UNKNOWN } as typeof course.scope;
  const outputs = Object.entries(course.prepared.template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || conditions[Condition] !== false,
  );
  if (outputs.length !== before.outputs.length) return true;
  return outputs.some(([key, output]) => {
    const old = before.outputs.find(({ OutputKey }) => OutputKey === key);
    const value = attempt(() => evaluate(output.Value, scope));
    if (old === undefined || 'stop' in value) return true;
    const text = typeof value.value === 'object' ? JSON.stringify(value.value) : String(value.value);
    const description = output.Description === undefined ? undefined : String(output.Description);
    return (!text.includes('{{resolve:') && text !== old.OutputValue) || description !== old.Description;
  });
}

function hasOtherExports(course: Course, previous: string): boolean {
  const exported = (template: typeof course.prepared.template) =>
    Object.entries(template.Outputs ?? {}).map(([key, { Export }]) => [key, Export]);
  return !isDeepStrictEqual(exported(course.prepared.template), exported(prepareTemplate(previous).template));
}
