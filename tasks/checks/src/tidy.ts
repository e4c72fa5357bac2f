import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '@roundtrip/problem';
import { sources, workspaceFolders } from './test-workspaces.ts';
import { bannedCalls } from './tidy/banned-calls.ts';
import { bannedImports } from './tidy/banned-imports.ts';
import { fileNames } from './tidy/file-names.ts';
import { leftInTests } from './tidy/left-in-tests.ts';
import { lockFile } from './tidy/lock-file.ts';
import { longFunctions } from './tidy/long-functions.ts';
import { makeTargets, targetsOf } from './tidy/make-targets.ts';
import { parseSource } from './tidy/source-file.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The habits of the house that neither compiler nor linter knows; every breach at once, with its place. */
export function tidy(root: string): Problem[] {
  const forTests = new Set(Object.keys(readManifest(join(root, 'package.json')).devDependencies ?? {}));
  const inWorkspaces = workspaceFolders(root).flatMap((workspace) => tidyWorkspace(root, workspace, forTests));
  const lock = join(root, 'package-lock.json');
  const inLock = existsSync(lock) ? lockFile(readFileSync(lock, 'utf8')) : [];
  return [...inWorkspaces, ...inLock, ...tidyTargets(root)];
}

function tidyWorkspace(root: string, workspace: string, forTests: ReadonlySet<string>): Problem[] {
  const { dependencies = {}, devDependencies = {} } = readManifest(join(root, workspace, 'package.json'));
  const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  const paths = sourcePaths(root, workspace);
  const inFiles = paths.flatMap((path) => {
    const file = parseSource(path, readFileSync(join(root, path), 'utf8'));
    return [bannedCalls(file), bannedImports(file, declared, forTests), longFunctions(file), leftInTests(file)].flat();
  });
  return [...fileNames(paths), ...inFiles];
}

/** Pages for people, and what the tool's own messages tell them to type. */
function tidyTargets(root: string): Problem[] {
  const makefile = join(root, 'Makefile');
  if (!existsSync(makefile)) return [];
  const targets = targetsOf(readFileSync(makefile, 'utf8'));
  const inRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
  const inDocs = existsSync(join(root, 'docs')) ? sources(join(root, 'docs')) : [];
  const inWorkspaces = workspaceFolders(root).flatMap((workspace) => sources(join(root, workspace)));
  const pages = [...inDocs, ...inWorkspaces]
    .map((path) => relative(root, path))
    .filter((path) => /\.(md|ts)$/.test(path));
  return [...inRoot, ...pages]
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) => makeTargets(path, readFileSync(join(root, path), 'utf8'), targets));
}

function sourcePaths(root: string, workspace: string): string[] {
  const all = sources(join(root, workspace)).map((path) => relative(root, path));
  return all.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}
