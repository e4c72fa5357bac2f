import { parse } from '@babel/parser';
import type { Place } from '@roundtrip/problem';

/** A node of ESTree, as far as the rules need to know: its kind, where it stands, and whatever else it has. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A parsed TypeScript file; comments and strings can no longer be taken for code. */
export interface SourceFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
  /** Every node, parents before their children. */
  readonly nodes: readonly SyntaxNode[];
  /** The module names that are imported or exported from, types as well, dynamic imports where they are plain strings. */
  readonly imports: readonly { readonly name: string; readonly offset: number }[];
  place(offset: number): Place;
}

/** Parses one file. A syntax error is left to the compiler: what could be read is looked at all the same. */
export function parseSource(path: string, text: string): SourceFile {
  const { program } = parse(text, {
    sourceType: 'module',
    errorRecovery: true,
    createImportExpressions: true,
    plugins: ['typescript', 'estree'],
  });
  const nodes: SyntaxNode[] = [];
  collect(program, nodes);
  const imports = nodes.flatMap(({ source }) =>
    isNode(source) && typeof source['value'] === 'string' ? [{ name: source['value'], offset: source.start }] : [],
  );
  return { path, text, nodes, imports, place: (offset) => placeAt(path, text, offset) };
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The name where a node is a plain identifier. */
export function identifier(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : undefined;
}

function collect(value: unknown, nodes: SyntaxNode[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, nodes);
  } else if (isNode(value)) {
    nodes.push(value);
    for (const child of Object.values(value)) collect(child, nodes);
  }
}

function placeAt(path: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { file: path, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
