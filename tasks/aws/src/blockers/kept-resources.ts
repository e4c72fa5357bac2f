import { isRecord, leftBehind, parseTemplate, type TemplateResource } from '@roundtrip/template';

/** What a delete may touch; everything else, also what cannot be read, is taken for kept: nothing of it is cleared away. */
const DELETES = ['Delete', 'Snapshot'];

/**
 * Says of each logical id whether a delete of the stack leaves the resource in the account. What is kept is in nobody's
 * way, and emptying it would lose just what somebody wanted to keep.
 * @param body the template that the stack was last given, which is the one that its delete goes by
 */
export function keptBy(body: string, stack: string): (logicalId: string) => boolean {
  const resources = resourcesOf(body, stack);
  return (logicalId) => {
    const resource = resources[logicalId];
    return resource === undefined || !DELETES.includes(leftBehind(resource));
  };
}

/** By logical id, what a delete does with each resource; without those of which the text does not say it. */
export function policiesIn(body: string, stack: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(resourcesOf(body, stack)).flatMap(([logicalId, resource]) => {
      const policy: unknown = leftBehind(resource);
      return typeof policy === 'string' && !isOpen(resource) ? [[logicalId, policy] as const] : [];
    }),
  );
}

/** Whether it is part of a cluster, which is what the default hangs on, a condition decides. */
function isOpen({ Type, DeletionPolicy, Properties }: TemplateResource): boolean {
  const cluster = Properties?.['DBClusterIdentifier'];
  return Type === 'AWS::RDS::DBInstance' && DeletionPolicy === undefined && isRecord(cluster) && 'Fn::If' in cluster;
}

function resourcesOf(body: string, stack: string) {
  try {
    return parseTemplate(body, stack).template.Resources;
  } catch {
    return {};
  }
}
