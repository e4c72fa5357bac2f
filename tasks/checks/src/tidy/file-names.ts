import type { Problem } from '@roundtrip/problem';

/** Words in lower case joined by hyphens, and a kind before the ending: `plan.test.ts`, `hook.d.ts`. */
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d))?\.ts$/;

/** Names that say nothing, and so end up holding everything. */
const EMPTY_NAMES = ['helpers.ts', 'helper.ts', 'utils.ts', 'util.ts', 'common.ts', 'misc.ts'];

/** In: paths of source files relative to the project's root. */
export function fileNames(paths: readonly string[]): Problem[] {
  return paths
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const next = 'name it for the one noun or verb that it exports';
      if (EMPTY_NAMES.includes(name)) {
        return [
          { code: 'empty-file-name', place: { file: path }, what: `${name} says nothing of what is in it`, next },
        ];
      }
      if (KEBAB_CASE.test(name)) return [];
      return [
        {
          code: 'file-name',
          place: { file: path },
          what: `${name} is not in kebab-case`,
          next: `rename it: ${kebab(name)}`,
        },
      ];
    });
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[_ ]+/g, '-')
    .toLowerCase();
}
