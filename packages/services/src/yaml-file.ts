import type { Place, Problem } from '@roundtrip/problem';
import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';

export type Path = readonly (string | number)[];

/** A YAML file that knows where each of its keys and values stands. */
export interface YamlFile {
  readonly value: unknown;
  /** Where a value stands; the nearest value around it when there is none. */
  placeOf(path: Path): Place;
  /** Where a key stands. */
  placeOfKey(path: Path): Place;
}

/** Reads YAML; syntax errors come back as problems, every one with its line and column. */
export function readYaml(text: string, file: string): { yaml?: YamlFile; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number | undefined): Place => {
    const { line, col } = lines.linePos(offset ?? 0);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        code: 'yaml-syntax',
        place: place(error.pos[0]),
        what: `this is not YAML: ${error.message}`,
        next: 'mend the line and try again',
      })),
    };
  }
  return {
    yaml: {
      value: document.toJS(),
      placeOf: (path) => place(nodeAt(document, path)?.range?.[0]),
      placeOfKey: (path) => place(keyAt(document, path)?.range?.[0]),
    },
    problems: [],
  };
}

function nodeAt(document: Document.Parsed, path: Path): Node | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return undefined;
}

function keyAt(document: Document.Parsed, path: Path): Node | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (!isMap(parent)) return nodeAt(document, path);
  const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
  return isNode(pair?.key) ? pair.key : nodeAt(document, path.slice(0, -1));
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value;
