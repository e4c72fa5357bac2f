import type {
  ListExportsInput,
  ListExportsOutput,
  ListImportsInput,
  ListImportsOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { exportsOf, importsOf } from './exports.ts';
import { pageOf } from './page.ts';
import { stacks } from './stack.ts';
import { validationError } from './validation-error.ts';

export function listExports(world: World, input: ListExportsInput, call: Call): ListExportsOutput {
  const ranked = [...exportsOf(world, call.realm).values()].map((one, rank) => ({ ...one, rank }));
  const { items, nextToken } = pageOf(ranked, input.NextToken, ({ rank }) => rank);
  return {
    Exports: items.map(({ name, stackId, value }) => ({ Name: name, ExportingStackId: stackId, Value: value })),
    NextToken: nextToken,
  };
}

export function listImports(world: World, input: ListImportsInput, call: Call): ListImportsOutput {
  const name = input.ExportName ?? '';
  const stackIds = importsOf(world, call.realm).get(name)?.stackIds ?? [];
  if (stackIds.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
  return { Imports: stackIds.map((id) => stacks(world, call.realm).get(id)?.name ?? id) };
}
