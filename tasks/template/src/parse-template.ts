import { ProblemError, type Problem } from '@roundtrip/problem';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { templatePlaces } from './template-places.ts';
import { templateShapeProblems } from './template-shape.ts';
import { templateValue } from './template-value.ts';
import type { ParsedTemplate, Template } from './template.ts';

/**
 * Reads a template, YAML or JSON. `file` is the path as problems show it, relative to the project's root.
 *
 * Throws ProblemError with every problem at once, each with file:line:column. Where CloudFormation has a text for
 * a mistake, `what` is that text.
 */
export function parseTemplate(text: string, file: string): ParsedTemplate {
  const lines = new LineCounter();
  // YAML 1.2's core schema, as `aws cloudformation package` and the CDK read templates: `no` is a text, 2012-10-17 too.
  // Duplicate keys are looked for in templateValue, which can name them.
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: false, prettyErrors: false });
  refuseSyntaxErrors(document, text, file, lines);
  const place = templatePlaces(document, file, lines);
  const problems: Problem[] = [];
  const value = templateValue(document.contents, problems, (offset) => place.atOffset(offset));
  if (problems.length === 0) problems.push(...templateShapeProblems(value, place.of));
  if (problems.length > 0) throw new ProblemError(problems);
  return { file, template: value as Template, place: place.of };
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
