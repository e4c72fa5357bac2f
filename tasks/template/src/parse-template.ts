import { ProblemError, type Problem } from '@roundtrip/problem';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { plainJson } from './plain-json.ts';
import { templatePlaces } from './template-places.ts';
import type { TemplatePlaces } from './template-places.ts';
import { templateShapeProblems } from './template-shape.ts';
import { templateValue } from './template-value.ts';
import type { ParsedTemplate, Template } from './template.ts';

/** How many templates are remembered; a stack of every kind that an environment has, twice over. */
const REMEMBERED = 16;
const remembered = new Map<string, ReadTemplate>();

interface ReadTemplate {
  readonly template: Template;
  /** Of plain JSON only once somebody asks where something stands. */
  document?: Positioned;
}

interface Positioned {
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Reads a template, YAML or JSON. `file` is the path as problems show it, relative to the project's root.
 *
 * The same text is read once: two hundred services are made from one template, and reading it takes 50 ms. The
 * template is shared and must not be changed.
 *
 * Throws ProblemError with every problem at once, each with file:line:column. Where CloudFormation has a text for
 * a mistake, `what` is that text.
 */
export function parseTemplate(text: string, file: string): ParsedTemplate {
  const read = remembered.get(text) ?? readTemplate(text, file);
  remembered.delete(text);
  remembered.set(text, read);
  const [oldest = text] = remembered.keys();
  if (remembered.size > REMEMBERED) remembered.delete(oldest);
  return { file, template: read.template, place: (...path) => placesIn(read, text, file).of(...path) };
}

function placesIn(read: ReadTemplate, text: string, file: string): TemplatePlaces {
  const { document, lines } = (read.document ??= positioned(text));
  return templatePlaces(document, file, lines);
}

function readTemplate(text: string, file: string): ReadTemplate {
  const plain = plainJson(text);
  const isFaultless = plain !== undefined && templateShapeProblems(plain, () => ({ file })).length === 0;
  return isFaultless ? { template: plain as Template } : readPositioned(text, file);
}

function readPositioned(text: string, file: string): ReadTemplate {
  const { document, lines } = positioned(text);
  refuseSyntaxErrors(document, text, file, lines);
  const place = templatePlaces(document, file, lines);
  const problems: Problem[] = [];
  const value = templateValue(document.contents, problems, (offset) => place.atOffset(offset));
  if (problems.length === 0) problems.push(...templateShapeProblems(value, place.of));
  if (problems.length > 0) throw new ProblemError(problems);
  return { template: value as Template, document: { document, lines } };
}

function positioned(text: string): Positioned {
  const lines = new LineCounter();
  // YAML 1.2's core schema, as `aws cloudformation package` and the CDK read templates: `no` is a text, 2012-10-17 too.
  // Duplicate keys are looked for in templateValue, which can name them.
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: false, prettyErrors: false });
  return { document, lines };
}

/** Only the first: one missing quote makes the parser complain about everything after it. */
function refuseSyntaxErrors(document: Document, text: string, file: string, lines: LineCounter): void {
  const error = document.errors[0];
  if (error === undefined) return;
  const { line, col: column } = lines.linePos(error.pos[0]);
  const language = text.trimStart().startsWith('{') ? 'JSON' : 'YAML';
  throw new ProblemError({
    code: 'template-syntax',
    place: { file, line, column },
    what: `Template format error: ${language} not well-formed. (line ${line}, column ${column})`,
    why: error.code === 'MULTIPLE_DOCS' ? 'a template is one document, and --- starts another' : error.message,
  });
}
