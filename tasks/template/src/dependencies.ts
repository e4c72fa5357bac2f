import { own } from './intrinsic.ts';
import { references } from './references.ts';
import type { PartlyKnown } from './scope.ts';
import type { Template, TemplateResource } from './template.ts';

/**
 * Which resources each resource needs first: by Ref, GetAtt, Sub and DependsOn, in the order of the template.
 *
 * With `conditions` (as `evaluateConditions` gives them) resources whose condition is false are left out, and so are
 * the branches of Fn::If that are not taken. Names that are no resources are left out; `referenceProblems` reports them.
 */
export function dependencies(template: Template, conditions?: PartlyKnown<boolean>): Map<string, Set<string>> {
  const present = Object.entries(template.Resources).filter(([, resource]) => exists(resource, conditions));
  const names = new Set(present.map(([name]) => name));
  return new Map(present.map(([name, resource]) => [name, needs(resource, names, conditions)]));
}

function exists(resource: TemplateResource, conditions: PartlyKnown<boolean> | undefined): boolean {
  return resource.Condition === undefined || own(conditions, resource.Condition) !== false;
}

function needs(resource: TemplateResource, names: ReadonlySet<string>, conditions?: PartlyKnown<boolean>): Set<string> {
  const { DependsOn, ...rest } = resource;
  const used = references(rest, conditions).filter(({ kind }) => kind === 'ref' || kind === 'attribute');
  return new Set([...dependsOn(DependsOn), ...used.map(({ name }) => name)].filter((name) => names.has(name)));
}

/** `DependsOn` is one name or a list of names. */
export function dependsOn(value: TemplateResource['DependsOn']): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
