import { LineCounter, parseDocument } from 'yaml';
import { ProblemError, type Problem } from '@roundtrip/problem';
import { evaluate } from './evaluate.ts';
import type { ExpansionScope } from './expand-template.ts';
import { isRecord, isSymbolic } from './intrinsic.ts';
import { unmadeScope } from './scope.ts';
import { templateError } from './template-error.ts';
import { templateShapeProblems } from './template-shape.ts';
import { templateValue } from './template-value.ts';
import { embeddedTransforms, INCLUDE } from './transforms.ts';
import type { ParsedTemplate, Template } from './template.ts';

/**
 * What the transform AWS::Include makes of a template: each `Fn::Transform` that calls it gives its place to the keys of
 * the snippet, and one that stands for the whole template adds to its sections.
 *
 * `read` gives the snippet at a location, or undefined where there is none. Throws ProblemError.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
export function includeSnippets(
  parsed: ParsedTemplate,
  given: ExpansionScope,
  read: (location: string) => string | undefined,
): ParsedTemplate {
  const { Transform, ...rest } = parsed.template;
  const whole = [Transform ?? []].flat(3).filter(isInclude);
  if (whole.length === 0 && !JSON.stringify(rest).includes(`"${INCLUDE}"`)) return parsed;
  const scope = unmadeScope({ ...given, mappings: parsed.template.Mappings ?? {}, conditions: {} });
  const snippet = (call: Readonly<Record<string, unknown>>): unknown => {
    const parameters = isRecord(call['Parameters']) ? call['Parameters'] : {};
    const location = evaluate(parameters['Location'], scope);
    if (typeof location !== 'string' || isSymbolic(location)) {
      throw failed('The Location parameter must be the URL of an object in S3');
    }
    const text = read(location);
    if (text === undefined) throw failed('The specified key does not exist.');
    const value = snippetValue(text);
    if (embeddedTransforms(value).length > 0) throw failed('A snippet cannot call a transform');
    return value;
  };
  let template = include(rest, snippet) as Readonly<Record<string, unknown>>;
  for (const call of whole) template = merged(template, snippet(call));
  const others = [Transform ?? []].flat(3).filter((one) => !isInclude(one));
  const included = { ...template, ...(others.length > 0 && { Transform: others }) } as unknown as Template;
  const problems = templateShapeProblems(included, parsed.place);
  if (problems.length > 0) throw new ProblemError(problems);
  return { ...parsed, template: included };
}

type Snippet = (call: Readonly<Record<string, unknown>>) => unknown;

function include(value: unknown, snippet: Snippet): unknown {
  if (Array.isArray(value)) return value.map((item) => include(item, snippet));
  if (!isRecord(value)) return value;
  const call = value['Fn::Transform'];
  const entries = Object.entries(value).map(([key, item]) => [key, include(item, snippet)] as const);
  if (!isInclude(call)) return Object.fromEntries(entries);
  const others = Object.fromEntries(entries.filter(([key]) => key !== 'Fn::Transform'));
  return Object.keys(others).length === 0 ? snippet(call) : merged(others, snippet(call));
}

function isInclude(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && value['Name'] === INCLUDE;
}

function merged(into: Readonly<Record<string, unknown>>, snippet: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(snippet)) throw failed(INVALID);
  const entries = Object.entries(snippet).map(([key, value]) => {
    const known = into[key];
    return [key, isRecord(known) && isRecord(value) ? merged(known, value) : value] as const;
  });
  return { ...into, ...Object.fromEntries(entries) };
}

const INVALID = "The specified S3 object's content should be valid Yaml/JSON";

function snippetValue(text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: false, prettyErrors: false });
  if (document.errors.length > 0) throw failed(INVALID);
  const problems: Problem[] = [];
  const value = templateValue(document.contents, problems, (offset) => {
    const { line, col: column } = lines.linePos(offset);
    return { file: 'snippet', line, column };
  });
  if (problems.length > 0) throw failed(INVALID);
  return value;
}

function failed(why: string): ProblemError {
  return templateError(`Transform ${INCLUDE} failed with: ${why}`);
}
