import { leftBehind, parseTemplate } from '@roundtrip/template';

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

function resourcesOf(body: string, stack: string) {
  try {
    return parseTemplate(body, stack).template.Resources;
  } catch {
    return {};
  }
}
