import { expandTemplate } from './expand-template.ts';
import { resolveParameters } from './resolve-parameters.ts';
import { UNKNOWN, type PseudoParameters } from './scope.ts';
import type { ParsedTemplate } from './template.ts';

/**
 * A template with its loops written out, as far as its parameters are given or have defaults. Throws ProblemError where a
 * loop goes over what only the stack will know.
 */
export function expandWith(
  parsed: ParsedTemplate,
  texts: Readonly<Record<string, string>> = {},
  pseudo: PseudoParameters = {},
): ParsedTemplate {
  const unknown = Object.keys(parsed.template.Parameters ?? {}).map((name) => [name, UNKNOWN] as const);
  const { values } = resolveParameters(parsed.template, texts);
  return expandTemplate(parsed, { parameters: { ...Object.fromEntries(unknown), ...values }, pseudo });
}
