import { evaluate } from '@roundtrip/template';
import { propertiesProblem } from '../../catalog/check-properties.ts';
import type { MakeResult } from '../../catalog/make-resource.ts';
import { generatedName } from '../../catalog/names.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import type { Course } from './course.ts';
import { customAnswer } from './local-cloud-metadata.ts';
import { typeOf } from './resource-target.ts';
import type { Target } from './stack-resource.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Why a custom resource cannot be made: nothing here runs its function, and its template does not say what it answers. */
export function customRefusal({ logicalId, type, properties, metadata }: Target): string | undefined {
  const { ServiceToken } = properties;
  const own = ServiceToken === undefined ? {} : { ServiceToken };
  const problem = propertiesProblem(typeOf('AWS::CloudFormation::CustomResource'), logicalId, own);
  if (problem !== undefined || customAnswer(metadata) !== undefined) return problem;
  return (
    `The local cloud cannot run the function behind ${logicalId} (${type}). ` +
    'Say in the metadata of the resource what it would answer: ' +
    'Roundtrip::LocalCloud: { PhysicalResourceId: <text>, Attributes: { <name>: <value> } }'
  );
}

/** Makes a custom resource of what its template says that the function would answer. */
export function makeCustom(course: Course, target: Target, properties: Properties): MakeResult {
  const { world, realm, stack } = course;
  const { logicalId, type } = target;
  const { physicalId, attributes } = answerOf(course, target);
  const id = physicalId ?? generatedName(world, stack.name, logicalId, { maxLength: 255 });
  const resource: Resource = {
    ...{ type, id, ref: id, attributes, properties, tags: {}, createdAt: world.now },
    ...{ stackId: stack.id, logicalId },
  };
  resources(world, realm).put(resourceKey(type, id), resource);
  return { resource };
}

/** Puts what the function would answer to an update in place of what it answered before. */
export function changeCustom(course: Course, id: string, target: Target, properties: Properties): void {
  const { world, realm } = course;
  const key = resourceKey(target.type, id);
  const record = resources(world, realm).get(key);
  if (record === undefined) return;
  resources(world, realm).put(key, { ...record, properties, attributes: answerOf(course, target).attributes });
}

function answerOf(course: Course, target: Target) {
  const answer = customAnswer(target.metadata) ?? {};
  const { PhysicalResourceId: id, Attributes = {} } = evaluate(answer, course.dynamicScope) as Record<string, unknown>;
  return { physicalId: id === undefined ? undefined : String(id), attributes: Attributes as Properties };
}
