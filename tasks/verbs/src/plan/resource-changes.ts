import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { leftBehind, leftByReplacement, references, type TemplateResource } from '@roundtrip/template';
import { diffResources, followedBy, type ResourceDifferences } from './diff-resources.ts';
import { evaluateSide, secretParameters, type Resources } from './evaluate-side.ts';

import { isSame, leafChanges } from './leaf-changes.ts';
import type { PropertyChange, ResourceChange, StackFacts, StackSide } from './resource-change.ts';
import { readable, type Words } from './readable.ts';

type Replacement = ResourceChange['replacement'];

export interface ResourceChangesInput {
  /** Undefined where the stack does not exist: every resource is added. */
  readonly before: StackSide | undefined;
  /** Undefined where the stack is deleted: every resource is removed. */
  readonly after: StackSide | undefined;
  readonly pseudo: StackFacts;
}

/**
 * What an operation would do to each resource of a stack, in the order of the template, what is removed last.
 *
 * Both sides are evaluated with their parameters, so a changed parameter shows where it is used. Values of NoEcho
 * parameters are neither compared nor shown. Import this file only when it is needed: the first difference loads
 * AWS's whole specification (over a second, 130 MB).
 */
export function resourceChanges({ before, after, pseudo }: ResourceChangesInput): ResourceChange[] {
  const secrets = new Set(
    [before, after].flatMap((side) => (side === undefined ? [] : [...secretParameters(side.template)])),
  );
  const old = before === undefined ? {} : evaluateSide(before, pseudo, secrets);
  const wanted = after === undefined ? {} : evaluateSide(after, pseudo, secrets);
  const words: Words = { secrets, unknown: after?.unknown ?? {} };
  const kept = Object.keys(wanted).some((logicalId) => logicalId in old);
  const differences = kept ? diffResources(old, wanted) : undefined;
  return [
    ...Object.keys(wanted).flatMap((logicalId) => {
      if (!(logicalId in old)) return added(logicalId, wanted);
      return differences === undefined ? [] : modified(logicalId, differences, words);
    }),
    ...Object.keys(old).flatMap((logicalId) => (logicalId in wanted ? [] : removed(logicalId, old))),
  ];
}

function added(logicalId: string, resources: Resources): ResourceChange {
  return { logicalId, type: resources[logicalId]?.Type ?? '', action: 'add', replacement: 'no', properties: [] };
}

function removed(logicalId: string, resources: Resources): ResourceChange {
  const resource = resources[logicalId];
  const deletionPolicy = resource === undefined ? 'Delete' : leftBehind(resource);
  return { logicalId, type: resource?.Type ?? '', action: 'remove', replacement: 'no', properties: [], deletionPolicy };
}

function modified(logicalId: string, differences: ResourceDifferences, words: Words): ResourceChange[] {
  const difference = differences.of(logicalId);
  const resource = differences.after[logicalId];
  if (difference === undefined || resource === undefined) return [];
  const replacement = replacementOf(logicalId, differences, words.unknown);
  return [
    {
      logicalId,
      type: resource.Type,
      action: 'modify',
      replacement,
      properties: propertyChanges(logicalId, differences, difference).map(({ path, before, after }) => ({
        path,
        before: readable(before, words),
        after: readable(after, words),
      })),
      ...(replacement !== 'no' && { deletionPolicy: leftByReplacement(resource) }),
    },
  ];
}

function propertyChanges(
  logicalId: string,
  differences: ResourceDifferences,
  difference: ResourceDifference,
): PropertyChange[] {
  const old = differences.before[logicalId];
  const wanted = differences.following[logicalId];
  return [
    ...leafChanges(old?.Type, wanted?.Type, 'Type'),
    ...Object.keys(difference.propertyUpdates).flatMap((name) =>
      leafChanges(old?.Properties?.[name], wanted?.Properties?.[name], name),
    ),
    ...Object.keys(difference.otherChanges)
      .filter((name) => name !== 'Type')
      .flatMap((name) => leafChanges(attribute(old, name), attribute(wanted, name), name)),
  ];
}

function attribute(resource: TemplateResource | undefined, name: string): unknown {
  return (resource as Readonly<Record<string, unknown>> | undefined)?.[name];
}

/**
 * `yes` only where it is certain. A value that is not known yet may turn out to be what it was, and what follows a
 * resource that may be replaced may be replaced.
 */
function replacementOf(logicalId: string, differences: ResourceDifferences, unknown: Words['unknown']): Replacement {
  const difference = differences.of(logicalId);
  if (difference === undefined) return 'no';
  if (difference.resourceTypeChanged) return 'yes';
  const each = Object.entries(difference.propertyUpdates).map(([name, { changeImpact }]): Replacement => {
    if (changeImpact === 'MAY_REPLACE') return 'maybe';
    if (changeImpact !== 'WILL_REPLACE') return 'no';
    const old = differences.before[logicalId]?.Properties?.[name];
    const wanted = differences.after[logicalId]?.Properties?.[name];
    if (!isSame(old, wanted))
      return references(wanted).some((used) => Object.hasOwn(unknown, used.name)) ? 'maybe' : 'yes';
    const followed = followedBy(wanted, differences.replaced);
    return followed.some((other) => replacementOf(other, differences, unknown) === 'yes') ? 'yes' : 'maybe';
  });
  return each.includes('yes') ? 'yes' : each.includes('maybe') ? 'maybe' : 'no';
}
