import type { Place } from '@roundtrip/problem';
import { parseSync } from 'oxc-parser';
import type { Node } from 'oxc-parser';

/** A parsed TypeScript file; comments and strings can no longer be taken for code. */
export interface SourceFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
  /** Every node, parents before their children. */
  readonly nodes: readonly Node[];
  /** The module names that are imported or exported from, types as well, dynamic imports where they are plain strings. */
  readonly imports: readonly { readonly name: string; readonly offset: number }[];
  place(offset: number): Place;
}

/** Parses one file. A syntax error is left to the compiler: what oxc could read is looked at all the same. */
export function parseSource(path: string, text: string): SourceFile {
  const { program } = parseSync(path, text);
  const nodes: Node[] = [];
  collect(program, nodes);
  const imports = nodes.flatMap((node) => {
    const source = 'source' in node ? node.source : undefined;
    return isText(source) ? [{ name: source.value, offset: source.start }] : [];
  });
  return { path, text, nodes, imports, place: (offset) => placeAt(path, text, offset) };
}

function collect(value: unknown, nodes: Node[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, nodes);
  } else if (typeof value === 'object' && value !== null && 'type' in value) {
    nodes.push(value as Node);
    for (const child of Object.values(value)) collect(child, nodes);
  }
}

function isText(node: unknown): node is { value: string; start: number } {
  return typeof node === 'object' && node !== null && 'value' in node && typeof node.value === 'string';
}

function placeAt(path: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { file: path, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
