import type { Problem } from '@roundtrip/problem';
import { identifier, isNode } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** `test.only` left behind: every other test of the suite would pass by not running. */
export function leftInTests(file: SourceFile): Problem[] {
  if (!file.path.endsWith('.test.ts')) return [];
  return file.nodes.flatMap((node) => {
    const { type, callee } = node;
    if (type !== 'CallExpression' || !isNode(callee) || identifier(callee['property']) !== 'only') return [];
    return [
      {
        code: 'only-left',
        place: file.place(node.start),
        what: '.only has been left in this test file',
        why: 'every other test of the suite is not run, and nothing says so',
        next: 'take the ".only" away',
      },
    ];
  });
}
