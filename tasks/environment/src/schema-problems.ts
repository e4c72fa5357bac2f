import type { Problem } from '@roundtrip/problem';
import * as v from 'valibot';
import { nearest } from './nearest.ts';
import { choicesAt, descriptionAt, expectedAt, keysAt } from './schema-walk.ts';
import { dotted, echo, list } from './words.ts';
import { wrongValueWords } from './wrong-value-words.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** What is being judged: the part of a file that stands under `at`, by its schema. */
export interface Judged {
  readonly schema: v.GenericSchema;
  readonly source: YamlSource;
  /** Path of the part inside the file: `['data']`, or `[]` for the whole file. */
  readonly at: Path;
}

/**
 * Judges a part of an env file by its schema.
 *
 * @returns the value after defaults where there is no problem, else every problem: unknown keys at the key, missing
 * keys at the section, wrong values at the value.
 */
export function judge(judged: Judged, value: unknown): { output?: unknown; problems: Problem[] } {
  const result = v.safeParse(judged.schema, value);
  if (result.success) return { output: result.output, problems: [] };
  return { problems: result.issues.map((issue) => problemOf(judged, issue)) };
}

function problemOf(judged: Judged, issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const aboutKey = issue.kind === 'schema' && issue.type.endsWith('object') && issue.path?.at(-1)?.origin === 'key';
  if (!aboutKey) return wrongValue(judged, issue, path);
  return issue.expected === 'never' ? unknownKey(judged, path) : missingKey(judged, path);
}

function unknownKey({ schema, source, at }: Judged, path: Path): Problem {
  const key = String(path.at(-1));
  const keys = keysAt(schema, path.slice(0, -1));
  const near = nearest(key, keys);
  const parent = dotted([...at, ...path.slice(0, -1)]);
  const accepted = keys.length === 0 ? 'take it out; no key goes here' : `the keys here are ${list(keys)}`;
  return {
    code: 'unknown-key',
    place: source.placeOfKey([...at, ...path]),
    what: parent ? `unknown key "${key}" in ${parent}` : `unknown key "${key}"`,
    next: near ? `did you mean "${near}"?` : accepted,
  };
}

function missingKey({ schema, source, at }: Judged, path: Path): Problem {
  const key = String(path.at(-1));
  const description = descriptionAt(schema, path);
  const parent = [...at, ...path.slice(0, -1)];
  const choices = choicesAt(schema, path);
  const few = choices.length > 0 && choices.length < 8;
  const value = few ? choices.map(String).join(' | ') : `<${expectedAt(schema, path)}>`;
  return {
    code: 'missing-key',
    place: source.placeOfKey(parent),
    what: `${dotted([...parent, key])} is missing`,
    ...(description !== undefined && { why: description }),
    next: parent.length === 0 ? `add "${key}: ${value}"` : `add "${key}: ${value}" under ${dotted(parent)}`,
  };
}

function wrongValue({ schema, source, at }: Judged, issue: v.BaseIssue<unknown>, path: Path): Problem {
  const whole = [...at, ...path];
  const written = typeof issue.input === 'string' ? undefined : source.writtenAs(whole);
  const { is, next } = wrongValueWords(issue, written || echo(issue.input), {
    choices: choicesAt(schema, path),
    expected: expectedAt(schema, path),
  });
  return {
    code: 'wrong-value',
    place: source.placeOf(whole),
    what: `${dotted(whole) || 'the file'} ${is}`,
    ...(next !== undefined && { next }),
  };
}
