import { evaluate } from '@roundtrip/template';
import type { Course } from './course.ts';
import { attempt } from './resource-target.ts';

/** Names of the exports that a stack's template reads now. */
export function usedExports(course: Course): Set<string> {
  const used = new Set<string>();
  const { scope, prepared } = course;
  const importValue = (name: string): unknown => {
    used.add(name);
    return scope.importValue(name);
  };
  const { Resources: resources, Outputs: outputs = {} } = prepared.template;
  const wanted = prepared.graph(scope.conditions);
  const values = [...wanted.keys()].map((id) => resources[id]?.Properties);
  for (const value of [...values, ...Object.values(outputs)]) {
    if (!JSON.stringify(value ?? {}).includes('Fn::ImportValue')) continue;
    attempt(() => evaluate(value, { ...scope, importValue }));
  }
  return used;
}
