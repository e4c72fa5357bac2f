import type { Blocker, ObservedStack } from '@roundtrip/engine';
import { listOf } from './list-of.ts';
import type { StackFacts } from './stack-facts.ts';

/** CloudFormation deletes no stack whose exports another one imports, and no run may decide about that one. */
export async function importedExports(
  facts: StackFacts,
  { name: stack, id: stackId }: Pick<ObservedStack, 'name' | 'id'>,
  goesToo: (stackName: string) => boolean = () => false,
): Promise<readonly Blocker[]> {
  const found: Blocker[] = [];
  for (const name of await facts.exports(stackId)) {
    const importers = (await facts.importers(name)).filter((importer) => !goesToo(importer));
    if (importers.length === 0) continue;
    const list = listOf([...importers].sort());
    found.push({
      ...{ stack, logicalId: name, resourceType: 'AWS::CloudFormation::Stack', physicalId: stackId },
      what: `export ${name} is imported by ${list}`,
      remedy: { next: `take ${list} down first, or let them import nothing from ${stack}` },
    });
  }
  return found;
}
