import { ProblemError } from '@roundtrip/problem';
import type { Place, Problem } from '@roundtrip/problem';
import { expandWith, parseTemplate } from '@roundtrip/template';
import type { ParsedTemplate } from '@roundtrip/template';
import type { Environment, Section } from './environment.ts';
import type { StackDefinition } from './layer.ts';
import { stackName } from './stack-name.ts';
import { templateFacts } from './template-facts.ts';
import type { TemplateFacts } from './template-facts.ts';

export interface LayerStack {
  readonly definition: StackDefinition;
  readonly fullName: string;
  readonly section: Section;
}

export interface StackTemplate {
  /** Relative to the project's root. */
  readonly file: string;
  readonly body: string;
  /** Left out where the template cannot be read, which `LayerStacks.problems` then tells. */
  readonly facts?: TemplateFacts;
  /** Where a key of the template stands. */
  placeOf(path: readonly string[]): Place;
}

/** The stacks of an environment as its layers define them, with their templates; each is asked for and read once. */
export class LayerStacks {
  readonly #environment: Environment;
  readonly #stacks = new Map<string, readonly LayerStack[]>();
  readonly #templates = new Map<string, StackTemplate>();
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

  template({ definition, section }: LayerStack): StackTemplate {
    const file = section.context.pathOf(definition.template);
    const known = this.#templates.get(file);
    if (known) return known;
    const template = this.#read(section, definition.template, file);
    this.#templates.set(file, template);
    return template;
  }

  #read(section: Section, path: string, file: string): StackTemplate {
    let body = '';
    // Only a problem needs a place, so that a template whose facts are remembered is mostly not parsed at all.
    const placeOf = (at: readonly string[]) => parseTemplate(body, file).place(at);
    try {
      body = section.context.readFile(path);
      return { file, body, facts: this.#facts(body, file), placeOf };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.problems.push(...error.problems);
      return { file, body, placeOf };
    }
  }

  #facts(body: string, file: string): TemplateFacts {
    const { templates } = this.#environment;
    const remembered = templates?.recall(body);
    if (remembered) return remembered;
    const facts = templateFacts(writtenOut(parseTemplate(body, file)));
    templates?.remember(body, facts);
    return facts;
  }
}

/** Loops over what only a run will know stay as they are written; their outputs are not known before. */
function writtenOut(parsed: ParsedTemplate): ParsedTemplate {
  try {
    return expandWith(parsed);
  } catch (error) {
    if (error instanceof ProblemError) return parsed;
    throw error;
  }
}
