import type { Problem } from '@roundtrip/problem';
import type { SourceFile } from './source-file.ts';

/** TigerBeetle's limit: what fits on a screen, so that the whole of it can be seen at once. */
const LINES_MAX = 70;

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

export function longFunctions(file: SourceFile): Problem[] {
  return file.nodes
    .filter((node) => FUNCTIONS.includes(node.type))
    .map((node) => ({ node, lines: file.text.slice(node.start, node.end).split('\n').length }))
    .filter(({ lines }) => lines > LINES_MAX)
    .map(({ node, lines }) => ({
      code: 'long-function',
      place: file.place(node.start),
      what: `this function has ${lines} lines, more than ${LINES_MAX}`,
      next: 'give a part of it a name of its own',
    }));
}
