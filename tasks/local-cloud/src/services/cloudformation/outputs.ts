import { evaluate } from '@roundtrip/template';
import type { TemplateOutput } from '@roundtrip/template';
import type { Course } from './course.ts';
import { exportInUse, exportsOf } from './exports.ts';
import { stacks } from './stack.ts';
import type { Stack, StackOutput } from './stack.ts';

/** A template's outputs, resolved. Throws ProblemError where one cannot be. */
export function resolvedOutputs(course: Course): StackOutput[] {
  const { template } = course.prepared;
  // References to secrets are not looked up here: AWS shows them as they are written.
  const { scope } = course;
  const { conditions } = scope;
  const exists = ({ Condition }: TemplateOutput) => Condition === undefined || conditions[Condition] !== false;
  return Object.entries(template.Outputs ?? {})
    .filter(([, output]) => exists(output))
    .map(([key, output]) => ({
      OutputKey: key,
      OutputValue: outputText(evaluate(output.Value, scope)),
      Description: output.Description === undefined ? undefined : String(output.Description),
      ExportName: output.Export && String(evaluate(output.Export.Name, scope)),
    }));
}

function outputText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Why the exports of a stack cannot become these; undefined where they can. */
export function exportsProblem(course: Course, outputs: readonly StackOutput[]): string | undefined {
  const { world, realm, stack } = course;
  const table = exportsOf(world, realm);
  const next = new Map(
    outputs.flatMap(({ ExportName, OutputValue }) => (ExportName ? [[ExportName, OutputValue]] : [])),
  );
  for (const name of next.keys()) {
    const owner = table.get(name)?.stackId;
    if (owner !== undefined && owner !== stack.id) {
      return `Export with name ${name} is already exported by stack ${nameOf(course, owner)}`;
    }
  }
  for (const { name, value } of exportsOfStack(course)) {
    if (next.get(name) === value) continue;
    const problem = exportInUse(world, realm, name, next.has(name) ? 'updated' : 'deleted', (id) => nameOf(course, id));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Puts a stack's exports in place of those that it had. */
export function setExports(course: Course, stack: Pick<Stack, 'id' | 'outputs'>): void {
  const table = exportsOf(course.world, course.realm);
  for (const { name } of exportsOfStack(course)) table.delete(name);
  for (const { ExportName: name, OutputValue: value } of stack.outputs) {
    if (name !== undefined) table.put(name, { name, stackId: stack.id, value });
  }
}

function* exportsOfStack(course: Course) {
  const table = exportsOf(course.world, course.realm);
  const names = course.stack.outputs.flatMap(({ ExportName }) => ExportName ?? []);
  for (const name of names) {
    const found = table.get(name);
    if (found?.stackId === course.stack.id) yield found;
  }
}

function nameOf(course: Course, stackId: string): string {
  return stacks(course.world, course.realm).get(stackId)?.name ?? stackId;
}
