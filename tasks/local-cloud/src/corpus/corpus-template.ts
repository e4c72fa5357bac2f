import { readFileSync, readdirSync } from 'node:fs';
import { isRecord, parseTemplate } from '@roundtrip/template';
import type { Template } from '@roundtrip/template';

/** One template of the corpus, and what its own Metadata says about the way it is tried. */
export interface CorpusTemplate {
  readonly name: string;
  readonly text: string;
  readonly template: Template;
  /** Parameters of the create and of the update that follows. */
  readonly create: Readonly<Record<string, string>>;
  readonly update: Readonly<Record<string, string>>;
  /** Logical ids that the update replaces. */
  readonly replaced: readonly string[];
  /** Types of what is left once the stack is gone, sorted: kept by policy, or a snapshot. */
  readonly kept: readonly string[];
  /** Templates of the corpus whose stacks have to be there first. */
  readonly after: readonly string[];
}

const FOLDER = new URL('../../corpus/', import.meta.url);
const KEY = 'Roundtrip::Corpus';

/** Every template in the folder `corpus`, by file name without its ending, and the largest that AWS takes. */
export function corpusTemplates(): CorpusTemplate[] {
  const files = readdirSync(FOLDER).filter((file) => /\.(yaml|json)$/.test(file));
  const written = files.sort().map((file) => corpusTemplate(file, readFileSync(new URL(file, FOLDER), 'utf8')));
  return [...written, corpusTemplate('five-hundred-resources.json', fiveHundredResources())];
}

/** Ten chains of fifty, so that there is something to order; short enough to travel in a request. */
function fiveHundredResources(): string {
  const Properties = { DisplayName: { Ref: 'Text' } };
  const resources = Array.from({ length: 500 }, (_, at) => {
    const needs = at < 10 ? {} : { DependsOn: `T${at - 10}` };
    return [`T${at}`, { Type: 'AWS::SNS::Topic', ...needs, Properties }] as const;
  });
  return JSON.stringify({
    Metadata: { [KEY]: { Update: { Text: 'second' } } },
    Parameters: { Text: { Type: 'String', Default: 'first' } },
    Resources: Object.fromEntries(resources),
  });
}

function corpusTemplate(file: string, text: string): CorpusTemplate {
  const { template } = parseTemplate(text, file);
  const said = (template as { Metadata?: Record<string, unknown> }).Metadata?.[KEY];
  const given = isRecord(said) ? said : {};
  return {
    name: file.replace(/\.\w+$/, ''),
    text,
    template,
    create: (given['Create'] ?? {}) as Record<string, string>,
    update: (given['Update'] ?? {}) as Record<string, string>,
    replaced: (given['Replaced'] ?? []) as string[],
    kept: (given['Kept'] ?? []) as string[],
    after: (given['After'] ?? []) as string[],
  };
}
