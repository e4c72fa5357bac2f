import type { Place, Problem } from '@roundtrip/problem';
import { LineCounter, isAlias, isMap, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Alias, Document, Node, Pair, YAMLParseError } from 'yaml';

export type Path = readonly (string | number)[];

/** A YAML file that remembers where everything in it stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path starts; the nearest key above it where the file does not have the path. */
  placeOf(path: Path): Place;
  /** Where the key that a path ends in starts; the nearest key above it where the file does not have the path. */
  placeOfKey(path: Path): Place;
  /** A scalar as it is written, before YAML makes a number of it: `012345678901`. */
  writtenAs(path: Path): string | undefined;
}

/**
 * Reads YAML text. Syntax errors leave no value to go on with; keys that stand twice do (the last one counts), so
 * that everything else that is wrong with the file can be reported in the same breath.
 *
 * @param file relative to the project's root, for the places
 */
export function readYaml(text: string, file: string): { source?: YamlSource; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [duplicates, errors] = partition(document.errors, (error) => error.code === 'DUPLICATE_KEY');
  // What follows the first syntax error is mostly its echo.
  const [first] = errors;
  if (first) return { problems: [syntaxProblem(first, placeAt(first.pos[0]))] };
  const problems = [
    ...duplicates.map((error) => duplicateProblem(text, error, placeAt(error.pos[0]))),
    ...document.warnings.map((warning) => tagProblem(warning.message, placeAt(warning.pos[0]))),
  ];
  const dangling = findDanglingAlias(document);
  if (dangling) return { problems: [...problems, aliasProblem(dangling, placeAt(dangling.range?.[0] ?? 0))] };
  return { source: sourceOf(document, file, placeAt), problems };
}

function findDanglingAlias(document: Document): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

function sourceOf(document: Document, file: string, placeAt: (offset: number) => Place): YamlSource {
  const start = (node: unknown): Place | undefined => {
    const offset = (node as Node | null)?.range?.[0];
    return offset === undefined ? undefined : placeAt(offset);
  };
  const source: YamlSource = {
    file,
    // Aliases are not counted: the file is its owner's own, and no stranger writes to it.
    value: document.toJS({ maxAliasCount: -1 }),
    placeOf(path) {
      const { value, rest } = walk(document, path);
      return rest > 0 ? source.placeOfKey(path) : (start(value) ?? source.placeOfKey(path));
    },
    placeOfKey(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const { pair, value, rest } = walk(document, path.slice(0, length));
        const place = rest > 0 ? undefined : (start(pair?.key) ?? start(value));
        if (place) return place;
      }
      return start(document.contents) ?? { file };
    },
    writtenAs(path) {
      const { value, rest } = walk(document, path);
      return rest === 0 && isScalar(value) ? value.source : undefined;
    },
  };
  return source;
}

/** Follows a path as far as it goes; `rest` is how many steps of it the file does not have. */
function walk(document: Document, path: Path): { pair?: Pair; value: unknown; rest: number } {
  let value: unknown = document.contents;
  let pair: Pair | undefined;
  for (const [index, step] of path.entries()) {
    if (isAlias(value)) value = value.resolve(document);
    if (isMap(value)) {
      pair = value.items.findLast(
        (item) => isPair(item) && String(isScalar(item.key) ? item.key.value : item.key) === String(step),
      );
      if (!pair) return { value, rest: path.length - index };
      value = pair.value;
    } else if (isSeq(value) && typeof step === 'number' && step < value.items.length) {
      pair = undefined;
      value = value.items[step];
    } else {
      return { value, rest: path.length - index };
    }
  }
  return pair ? { pair, value, rest: 0 } : { value, rest: 0 };
}

/** The library's words where they are plain, ours where they speak of its own inside. */
const PLAIN_WORDS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a value with ": " in it has to be quoted, and the keys of one map start in the same column',
  MULTIPLE_DOCS: 'a line of "---" starts a second document',
};

function syntaxProblem(error: YAMLParseError, place: Place): Problem {
  return {
    code: 'yaml-syntax',
    place,
    what: 'this is not YAML',
    why: PLAIN_WORDS[error.code] ?? error.message,
    next: 'correct it; nothing else in the file was checked',
  };
}

function aliasProblem(alias: Alias, place: Place): Problem {
  return {
    code: 'yaml-alias',
    place,
    what: `"*${alias.source}" refers to an anchor that this file does not have`,
    next: `write "&${alias.source}" before the value that is meant, or quote the text if it is no reference`,
  };
}

function tagProblem(message: string, place: Place): Problem {
  return {
    code: 'yaml-tag',
    place,
    what: `tag ${message.replace(/^Unresolved tag: /, '')} means nothing here`,
    next: 'take it out, or quote the text if it is no tag',
  };
}

function duplicateProblem(text: string, error: YAMLParseError, place: Place): Problem {
  const key = /^["']?([^\s"':]+)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
  return {
    code: 'duplicate-key',
    place,
    what: `key "${key}" stands here a second time`,
    why: 'only one of the two can be meant',
    next: 'take one of them out',
  };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
