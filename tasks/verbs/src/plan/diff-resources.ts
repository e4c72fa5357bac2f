import { fullDiff, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { asIntrinsic, isRecord, references, type TemplateResource } from '@roundtrip/template';
import type { Resources } from './evaluate-side.ts';

export interface ResourceDifferences {
  /** Undefined where nothing changes. */
  of(logicalId: string): ResourceDifference | undefined;
  readonly before: Resources;
  readonly after: Resources;
  /** The resources after the change, with words in place of what comes from a resource that is replaced. */
  readonly following: Resources;
  /** Resources that are replaced, or may be. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * The differences of two sets of evaluated resources. What refers to a replaced resource changes with it, through any
 * function and along any chain: the library follows a plain Ref and GetAtt only, so this compares again with what is
 * replaced so far taken into account, until nothing more is.
 */
export function diffResources(before: Resources, after: Resources): ResourceDifferences {
  const replaced = new Set<string>();
  for (;;) {
    const following = Object.fromEntries(
      Object.entries(after).map(([logicalId, resource]) => [logicalId, follow(resource, replaced)]),
    );
    const { resources } = fullDiff({ Resources: distinct(before) }, { Resources: distinct(following) });
    const changes = resources.changes;
    const found = Object.keys(changes).filter(
      (logicalId) => logicalId in before && logicalId in after && changes[logicalId]?.changeImpact === 'WILL_REPLACE',
    );
    if (found.every((logicalId) => replaced.has(logicalId))) {
      return { of: (logicalId) => changes[logicalId], before, after, following, replaced };
    }
    // The set only grows, so there are at most as many rounds as resources.
    for (const logicalId of found) replaced.add(logicalId);
  }
}

function follow(resource: TemplateResource, replaced: ReadonlySet<string>): TemplateResource {
  if (resource.Properties === undefined || replaced.size === 0) return resource;
  return { ...resource, Properties: followValue(resource.Properties, replaced) as Readonly<Record<string, unknown>> };
}

function followValue(value: unknown, replaced: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => followValue(item, replaced));
  if (!isRecord(value)) return value;
  if (asIntrinsic(value) !== undefined) {
    const followed = followedBy(value, replaced);
    return followed.length === 0 ? value : `(follows the new ${followed.join(', ')})`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, followValue(item, replaced)]));
}

/** The replaced resources that a value refers to, each once. */
export function followedBy(value: unknown, replaced: ReadonlySet<string>): string[] {
  const names = references(value)
    .filter(({ kind }) => kind === 'ref' || kind === 'attribute')
    .map(({ name }) => name);
  return [...new Set(names)].filter((name) => replaced.has(name));
}

/**
 * The library reads texts as numbers and so takes '16.1' and '16.10' for the same; a version is not a number. Texts
 * that a number would not be written as get a mark.
 */
function distinct(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.trim() !== '' && Number.isFinite(Number(value)) && String(Number(value)) !== value
      ? `=${value}`
      : value;
  }
  if (Array.isArray(value)) return value.map(distinct);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, distinct(item)]));
}
