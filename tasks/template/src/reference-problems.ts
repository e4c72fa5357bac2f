import { ProblemError, type Problem } from '@roundtrip/problem';
import { dependencies, dependsOn } from './dependencies.ts';
import { findCycle } from './find-cycle.ts';
import { own } from './intrinsic.ts';
import { conditionReferences, references, type Reference } from './references.ts';
import type { ParsedTemplate, Template } from './template.ts';

const PSEUDO_PARAMETERS = new Set(
  ['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(
    (name) => `AWS::${name}`,
  ),
);

type Section = 'Resources' | 'Outputs' | 'Conditions';
type Path = readonly (string | number)[];

/**
 * Names that a template uses and does not have, and resources that need each other in a circle: every problem at
 * once, in CloudFormation's words, with its place.
 */
export function referenceProblems(parsed: ParsedTemplate): Problem[] {
  const { template } = parsed;
  const problems = (['Conditions', 'Resources', 'Outputs'] as const).flatMap((section) =>
    Object.entries(template[section] ?? {}).flatMap(([name, member]) => memberProblems(parsed, section, name, member)),
  );
  return problems.length > 0 ? problems : cycleProblems(parsed);
}

function memberProblems(parsed: ParsedTemplate, section: Section, name: string, member: unknown): Problem[] {
  const path = [section, name];
  try {
    const used = section === 'Conditions' ? conditionReferences(member) : memberReferences(member);
    return used.flatMap((reference) => {
      const what = complaint(reference, section, parsed.template);
      if (what === undefined) return [];
      return { code: 'template-reference', place: parsed.place([...path, ...reference.path], 'value'), what };
    });
  } catch (error) {
    // A malformed Fn::Sub: the error knows what, and here it is known where.
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map((problem) => ({ ...problem, place: parsed.place(path) }));
  }
}

/** Names that stand in the attributes of a resource or output, and those inside of its values. */
function memberReferences(member: unknown): Reference[] {
  const { Condition, DependsOn } = member as Template['Resources'][string];
  return [
    ...(typeof Condition === 'string' ? [{ kind: 'condition' as const, name: Condition, path: ['Condition'] }] : []),
    ...dependsOn(DependsOn).map((name, at) => ({ kind: 'attribute' as const, name, path: ['DependsOn', at] })),
    ...references(member),
  ];
}

function complaint({ kind, name, path }: Reference, section: Section, template: Template): string | undefined {
  switch (kind) {
    case 'condition':
      if (own(template.Conditions, name) !== undefined) return undefined;
      return `Template error: unresolved condition dependency ${name} in the ${section} block of the template`;
    case 'mapping':
      if (own(template.Mappings, name) !== undefined) return undefined;
      return `Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`;
    case 'ref':
      if (PSEUDO_PARAMETERS.has(name) || own(template.Parameters, name) !== undefined) return undefined;
      break;
    case 'attribute':
      break;
  }
  if (section === 'Conditions') {
    return `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`;
  }
  if (own(template.Resources, name) !== undefined) return undefined;
  if (kind === 'attribute' && path[0] !== 'DependsOn') {
    return `Template error: instance of Fn::GetAtt references undefined resource ${name}`;
  }
  return `Template format error: Unresolved resource dependencies [${name}] in the ${section} block of the template`;
}

function cycleProblems({ template, place }: ParsedTemplate): Problem[] {
  const cycle = findCycle(dependencies(template));
  if (cycle === undefined) return [];
  const path: Path = ['Resources', cycle[0] ?? ''];
  return [
    {
      code: 'template-cycle',
      place: place(path),
      what: `Circular dependency between resources: [${cycle.join(', ')}]`,
    },
  ];
}
