import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import type { TestFile } from './test-message.ts';

/** A workspace that has tests. */
export interface TestWorkspace {
  /** Relative to the project's root: `tasks/engine`. */
  readonly folder: string;
  /** `1/3` where only some of its files are meant. */
  readonly part?: string;
  readonly files: readonly TestFile[];
}

const NOT_SOURCE = new Set(['dist', 'node_modules']);

/**
 * The workspaces below packages/ and tasks/ that have a `*.test.ts`, sorted.
 * Sources are what is looked for: a compiled test whose source is gone must not run, and one that is not compiled must
 * not go unnoticed.
 *
 * In: parts of workspace names; none means all. Errors: ProblemError where a part matches no workspace.
 */
export function testWorkspaces(root: string, filters: readonly string[]): TestWorkspace[] {
  const folders = workspaceFolders(root);
  const unmatched = filters.filter((filter) => !folders.some((folder) => matches(folder, filter)));
  if (unmatched.length > 0) {
    throw new ProblemError({
      code: 'unknown-workspace',
      what: `no workspace is called ${unmatched.map((filter) => `"${filter}"`).join(' or ')}`,
      next: `name one of ${folders.join(', ')}`,
    });
  }
  return folders
    .filter((folder) => filters.length === 0 || filters.some((filter) => matches(folder, filter)))
    .map((folder) => ({ folder, files: testFiles(join(root, folder)) }))
    .filter(({ files }) => files.length > 0);
}

/** Folders below packages/ and tasks/ that have a package.json, relative to the root, sorted. */
export function workspaceFolders(root: string): string[] {
  return ['packages', 'tasks'].flatMap((parent) => {
    if (!existsSync(join(root, parent))) return [];
    const names = readdirSync(join(root, parent)).sort();
    return names.map((name) => `${parent}/${name}`).filter((folder) => existsSync(join(root, folder, 'package.json')));
  });
}

function matches(folder: string, filter: string): boolean {
  return folder === filter.replace(/\/$/, '') || folder.split('/')[1] === filter;
}

function testFiles(folder: string): TestFile[] {
  const rootDir = join(folder, compilerRoot(folder));
  return sources(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => ({
      source: relative(folder, file),
      compiled: join(folder, 'dist', relative(rootDir, file)).replace(/\.ts$/, '.js'),
    }));
}

/** Layers are compiled from their folder, the tool's workspaces from src/; tsconfig.json says which. */
function compilerRoot(folder: string): string {
  const file = join(folder, 'tsconfig.json');
  if (!existsSync(file)) return 'src';
  const { compilerOptions } = JSON.parse(readFileSync(file, 'utf8')) as { compilerOptions?: { rootDir?: string } };
  return compilerOptions?.rootDir ?? 'src';
}

/** Every file below a folder but what is generated or installed, in a fixed order. */
export function sources(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries
    .filter(({ name }) => !NOT_SOURCE.has(name))
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]));
}
