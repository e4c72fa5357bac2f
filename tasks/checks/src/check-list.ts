import { formatProblems } from '@roundtrip/problem';
import { edges } from './edges.ts';
import { generatedFiles } from './generated-files.ts';
import { installedScript } from './installed-script.ts';
import { runCommand } from './run-command.ts';
import { tidy } from './tidy.ts';

export interface Check {
  /** One word, as it is typed to run this check alone. */
  readonly name: string;
  /** What is so when it passes. */
  readonly what: string;
  /** What it has found, empty where all is well. May throw a ProblemError. */
  readonly run: () => Promise<string>;
  /** What to type or do when it fails. */
  readonly next: string;
}

/** Every check in the order in which it runs: the compiler first, since the others run what it has compiled. */
export function checks(root: string): readonly Check[] {
  const command = (...args: string[]) => runCommand(root, args);
  const bin = (name: string, path: string) => installedScript(root, name, path);
  return [
    {
      name: 'types',
      what: 'everything compiles',
      run: () => command(bin('typescript', 'bin/tsc'), '-b', '--pretty', 'false'),
      next: 'correct the types, then type: npx tsc -b',
    },
    {
      name: 'lint',
      what: 'oxlint has nothing to say, types considered',
      run: () => command(bin('oxlint', 'bin/oxlint'), '--deny-warnings', '--format', 'unix'),
      next: 'correct it by hand, or type: npx oxlint --fix',
    },
    {
      name: 'format',
      what: 'every file is formatted as prettier would',
      run: () => command(bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '--cache', '.'),
      next: 'type: npx prettier --write .',
    },
    {
      name: 'tidy',
      what: 'no hidden clock, no import against the grain, no unknown make target',
      run: async () => formatProblems(tidy(root)),
      next: 'each finding says what to write instead',
    },
    {
      name: 'edges',
      what: 'teardown edges are those of the layer graph',
      run: async () => formatProblems(edges(root)),
      next: 'type: make sync',
    },
    ...generatedFiles(root).map(({ name, what, script }) => ({
      name,
      what,
      run: () => command(script, '--check'),
      next: 'type: make sync',
    })),
    {
      name: 'nx',
      what: 'nx finds nothing to sync',
      run: () => command(bin('nx', 'dist/bin/nx.js'), 'sync:check'),
      next: 'type: make sync',
    },
  ];
}
