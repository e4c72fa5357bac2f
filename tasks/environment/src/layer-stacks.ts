import { ProblemError } from '@roundtrip/problem';
import type { Problem } from '@roundtrip/problem';
import { parseTemplate } from '@roundtrip/template';
import type { ParsedTemplate } from '@roundtrip/template';
import type { Environment, Section } from './environment.ts';
import type { StackDefinition } from './layer.ts';
import { stackName } from './stack-name.ts';

export interface LayerStack {
  readonly definition: StackDefinition;
  readonly fullName: string;
  readonly section: Section;
}

/** The stacks of an environment as its layers define them, with their templates; each is asked for and read once. */
export class LayerStacks {
  readonly #environment: Environment;
  readonly #stacks = new Map<string, readonly LayerStack[]>();
  readonly #templates = new Map<string, { body: string; parsed?: ParsedTemplate }>();
  /** What was found wrong with templates on the way. */
  readonly problems: Problem[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The stacks of a layer, in the order in which it gives them; undefined where there is no such layer. */
  of(layer: string): readonly LayerStack[] | undefined {
    const section = this.#environment.sections.get(layer);
    if (!section) return undefined;
    const known = this.#stacks.get(layer);
    if (known) return known;
    const stacks = section.layer.definition.stacks(section.context).map((definition) => ({
      definition,
      fullName: stackName(this.#environment.facts.name, layer, definition.name),
      section,
    }));
    this.#stacks.set(layer, stacks);
    return stacks;
  }

  /** A stack's template; without `parsed` where it cannot be read, which `problems` then tells. */
  template({ definition, section }: LayerStack): { body: string; parsed?: ParsedTemplate } {
    const file = section.context.pathOf(definition.template);
    const known = this.#templates.get(file);
    if (known) return known;
    const read = this.#read(section, definition.template, file);
    this.#templates.set(file, read);
    return read;
  }

  #read(section: Section, path: string, file: string): { body: string; parsed?: ParsedTemplate } {
    let body = '';
    try {
      body = section.context.readFile(path);
      return { body, parsed: parseTemplate(body, file) };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.problems.push(...error.problems);
      return { body };
    }
  }
}
