import type { Problem } from '@roundtrip/problem';
import { references, type ParsedTemplate, type Template } from '@roundtrip/template';

const SECTIONS = [
  { section: 'Parameters', noun: 'parameter' },
  { section: 'Mappings', noun: 'mapping' },
  { section: 'Conditions', noun: 'condition' },
] as const;

/** Parameters, mappings and conditions that nothing in the template uses. */
export function unusedProblems({ template, place }: ParsedTemplate): Problem[] {
  // A transform may use what does not show here.
  if (template.Transform !== undefined) return [];
  const used = usedNames(template);
  if (used === undefined) return [];
  return SECTIONS.flatMap(({ section, noun }) =>
    Object.keys(template[section] ?? {})
      .filter((name) => !used[section].has(name))
      .map((name) => ({
        code: 'template-unused',
        place: place([section, name]),
        what: `the ${noun} ${name} is never used`,
        next: `remove it, or use it`,
      })),
  );
}

type UsedNames = Readonly<Record<'Parameters' | 'Mappings' | 'Conditions', ReadonlySet<string>>>;

/** Undefined where the template cannot be read to its end; what is wrong there is reported already. */
function usedNames(template: Template): UsedNames | undefined {
  const names = { Parameters: new Set<string>(), Mappings: new Set<string>(), Conditions: new Set<string>() };
  const { Conditions = {}, Resources, Outputs = {}, Rules = {} } = template;
  const section = { ref: 'Parameters', mapping: 'Mappings', condition: 'Conditions' } as const;
  try {
    // Fn::And stands in for the place where conditions may be named: as the value of another condition.
    const values = [{ 'Fn::And': Object.values(Conditions) }, Resources, Outputs, Rules];
    for (const { kind, name } of values.flatMap((value) => references(value))) {
      if (kind !== 'attribute') names[section[kind]].add(name);
    }
  } catch {
    return undefined;
  }
  for (const { Condition } of [...Object.values(Resources), ...Object.values(Outputs)]) {
    if (Condition !== undefined) names.Conditions.add(Condition);
  }
  return names;
}
