import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { ProblemError } from '@roundtrip/problem';
import { resourceType } from '@roundtrip/spec';
import type { ResourceType } from '@roundtrip/spec';
import { evaluate } from '@roundtrip/template';
import type { Scope } from '@roundtrip/template';
import { needsReplacement } from '../../catalog/replacement.ts';
import { STACK_TYPE } from './stack-event.ts';
import { ServiceError } from '../../world.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import type { StackResource, Target } from './stack-resource.ts';

export interface TargetInput {
  readonly prepared: PreparedTemplate;
  readonly scope: Scope & { readonly conditions: Readonly<Record<string, boolean>> };
  readonly stackTags: Readonly<Record<string, string>>;
}

/** What the template wants of one resource now. Throws ProblemError where a reference leads nowhere. */
export function targetOf({ prepared, scope, stackTags }: TargetInput, logicalId: string): Target {
  const definition = prepared.template.Resources[logicalId];
  assert(definition, `${logicalId} is not in the template`);
  const policy = (value: unknown) => (value === undefined ? undefined : String(evaluate(value, scope)));
  return {
    logicalId,
    type: definition.Type,
    properties: evaluate(definition.Properties ?? {}, scope) as Record<string, unknown>,
    stackTags: typeOf(definition.Type).tagProperty === undefined ? {} : stackTags,
    deletionPolicy: policy(definition.DeletionPolicy),
    updateReplacePolicy: policy(definition.UpdateReplacePolicy),
    metadata: definition.Metadata,
    needs: [...(prepared.graph(scope.conditions).get(logicalId) ?? [])],
  };
}

/** What differs between the stack's record of a resource and what the template wants. */
export function changeOf(existing: StackResource, target: Target): 'none' | 'tags' | 'update' | 'replace' {
  // What a nested stack is made of stands behind a URL: only the nested stack can tell.
  if (target.type === STACK_TYPE) return 'update';
  const now = existing.applied ?? existing.properties;
  if (isDeepStrictEqual(now, target.properties)) {
    return isDeepStrictEqual(existing.stackTags, target.stackTags) ? 'none' : 'tags';
  }
  return needsReplacement(typeOf(target.type), now, target.properties) ? 'replace' : 'update';
}

/** A template's problem or a refusal becomes a reason; anything else is a fault of the simulator and goes on. */
export function attempt<T>(work: () => T): { readonly value: T } | { readonly stop: string } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof ProblemError) return { stop: error.problems[0]?.what ?? error.message };
    if (error instanceof ServiceError) return { stop: error.message };
    throw error;
  }
}

/** Types that are not in the specification never come to be made; their shape is empty. */
export function typeOf(name: string): ResourceType {
  return resourceType(name) ?? { name, properties: {}, attributes: {}, primaryIdentifier: [], definitions: {} };
}
