import type { Problem } from '@roundtrip/problem';

/** Code in Markdown: fenced blocks and spans. In prose, "make sure" is no command. */
const CODE = /```[\s\S]*?```|`[^`\n]+`/g;
const COMMAND = /\bmake +(?:-[a-zA-Z]\S* +|[A-Z_]+=\S+ +)*([a-z][a-z0-9-]*)/g;
/** What the tool itself tells people to type. */
const TOLD = /\btype: (?:[A-Z_]+=\S+ )*make ([a-z][a-z0-9-]*)/g;

/** The targets that a Makefile has; `%` in them stands for any text. */
export function targetsOf(makefile: string): RegExp[] {
  return makefile
    .split('\n')
    .filter((line) => /^[a-zA-Z0-9_%.-][^:=]*:(?!=)/.test(line))
    .flatMap((line) => line.slice(0, line.indexOf(':')).trim().split(/\s+/))
    .map((target) => new RegExp(`^${target.replaceAll('.', '\\.').replaceAll('%', '.+')}$`));
}

/** Every `make …` that a page or a message names and the Makefile does not have. */
export function makeTargets(path: string, text: string, targets: readonly RegExp[]): Problem[] {
  return namedTargets(path, text)
    .filter(({ target }) => !targets.some((known) => known.test(target)))
    .map(({ target, offset }) => {
      const before = text.slice(0, offset);
      return {
        code: 'unknown-make-target',
        place: { file: path, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') },
        what: `the Makefile has no target "${target}"`,
        next: 'type: make (it prints the targets), and correct the one or the other',
      };
    });
}

function namedTargets(path: string, text: string): { target: string; offset: number }[] {
  if (!path.endsWith('.md'))
    return [...text.matchAll(TOLD)].map((told) => ({ target: told[1] ?? '', offset: told.index }));
  return [...text.matchAll(CODE)].flatMap((code) =>
    [...code[0].matchAll(COMMAND)].map((command) => ({ target: command[1] ?? '', offset: code.index + command.index })),
  );
}
