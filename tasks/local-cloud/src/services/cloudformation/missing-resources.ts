import { references } from '@roundtrip/template';
import type { PreparedTemplate } from './prepared-template.ts';
import { validationError } from './validation-error.ts';

/** Throws ValidationError where something refers to a resource whose condition is false. */
export function refuseMissing(prepared: PreparedTemplate, conditions: Readonly<Record<string, boolean>>): void {
  const { template } = prepared;
  const there = prepared.graph(conditions);
  if (there.size === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  const outputs = Object.entries(template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || conditions[Condition] !== false,
  );
  const resources = [...there.keys()].map((id) => template.Resources[id]?.Properties);
  const missing = (value: unknown) =>
    references(value, conditions)
      .filter(
        ({ kind, name }) => (kind === 'ref' || kind === 'attribute') && name in template.Resources && !there.has(name),
      )
      .map(({ name }) => name);
  refuse(resources.flatMap(missing), 'Resources');
  refuse(
    outputs.flatMap(([, output]) => missing(output)),
    'Outputs',
  );
}

function refuse(names: readonly string[], block: string): void {
  if (names.length === 0) return;
  const list = [...new Set(names)].join(', ');
  throw validationError(
    `Template format error: Unresolved resource dependencies [${list}] in the ${block} block of the template`,
  );
}
