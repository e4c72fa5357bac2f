import type { ParsedTemplate, Template } from '@roundtrip/template';

/** As much of a template as its layer's parameters and other layers' references are compared with. */
export interface TemplateFacts {
  readonly parameters: NonNullable<Template['Parameters']>;
  /** Names of the outputs, in the template's order. */
  readonly outputs: readonly string[];
}

/** Takes the facts out of a template. */
export function templateFacts({ template }: ParsedTemplate): TemplateFacts {
  return {
    parameters: template.Parameters ?? {},
    outputs: Object.keys(template.Outputs ?? {}).filter((name) => !name.startsWith('Fn::')),
  };
}
