import type { Problem } from '@roundtrip/problem';
import type { SourceFile } from './source-file.ts';
import { isForTests } from './territory.ts';

/** Who must not know of whom. A name ends in `/` where it stands for a whole scope. */
const BANS: readonly {
  readonly folder: string;
  readonly except?: string;
  readonly names: readonly string[];
  readonly why: string;
}[] = [
  {
    folder: 'tasks/engine/',
    names: ['@aws-sdk/', '@smithy/', 'turbo', 'zx', 'node:fs', 'node:fs/promises', 'node:child_process', 'node:http'],
    why: 'the engine knows no SDK, no turbo, no zx and no file system; it has ports for what it needs',
  },
  {
    folder: 'tasks/local-cloud/',
    names: ['@roundtrip/engine', '@roundtrip/verbs', '@roundtrip/aws'],
    why: 'the local cloud is a cloud: it must not know what is run against it',
  },
  {
    folder: 'tasks/template/',
    names: ['@aws-sdk/', '@smithy/', '@roundtrip/engine', '@roundtrip/local-cloud'],
    why: 'both the engine’s side and the local cloud read templates; neither may come in through here',
  },
  {
    folder: 'tasks/view/',
    names: ['@aws-sdk/', '@smithy/', 'zx', '@roundtrip/aws', '@roundtrip/local-cloud'],
    why: 'what a person sees is made from the journal alone',
  },
  {
    folder: 'packages/',
    // The sweep looks for what is left by the very means that built it.
    except: 'packages/destroy/',
    names: ['@roundtrip/engine', '@roundtrip/local-cloud', '@roundtrip/verbs', '@roundtrip/aws'],
    why: 'a layer says what it wants; how that is built is the tool’s business',
  },
];

/**
 * Imports against the direction of the house: banned ones, those that reach into another workspace's folder, and those
 * that the workspace's package.json does not declare, which only work while npm happens to hoist them.
 *
 * In: the names that package.json declares, and those of the root's devDependencies (for tests only).
 */
export function bannedImports(
  file: SourceFile,
  declared: ReadonlySet<string>,
  forTests: ReadonlySet<string>,
): Problem[] {
  const isTest = isForTests(file.path);
  const bans = isTest ? [] : BANS.filter((ban) => applies(ban, file.path));
  return file.imports.flatMap(({ name, offset }) => {
    const place = file.place(offset);
    const ban = bans.find(({ names }) => names.some((banned) => isNamed(name, banned)));
    if (ban) return [{ code: 'banned-import', place, what: `${name} must not be imported here`, why: ban.why }];
    if (reachesOut(file.path, name)) return [reachingOut(place, name)];
    const wanted = packageName(name);
    if (wanted === undefined || declared.has(wanted) || (isTest && forTests.has(wanted))) return [];
    return [undeclared(place, wanted, workspaceOf(file.path))];
  });
}

function applies(ban: (typeof BANS)[number], path: string): boolean {
  return path.startsWith(ban.folder) && !(ban.except !== undefined && path.startsWith(ban.except));
}

function isNamed(name: string, banned: string): boolean {
  return banned.endsWith('/') ? name.startsWith(banned) : name === banned || name.startsWith(`${banned}/`);
}

function reachesOut(path: string, name: string): boolean {
  if (!name.startsWith('.')) return false;
  const workspace = workspaceOf(path);
  return !new URL(name, `file:///${path}`).pathname.startsWith(`/${workspace}/`);
}

function reachingOut(place: NonNullable<Problem['place']>, name: string): Problem {
  return {
    code: 'import-out-of-workspace',
    place,
    what: `${name} reaches into another workspace`,
    why: 'what another workspace offers is what its index.ts exports',
    next: 'import it by the name of its package',
  };
}

function undeclared(place: NonNullable<Problem['place']>, name: string, workspace: string): Problem {
  return {
    code: 'undeclared-import',
    place,
    what: `${name} is not declared in ${workspace}/package.json`,
    why: 'it works only for as long as another workspace happens to need it',
    next: `type: npm install ${name} --workspace ${workspace}`,
  };
}

function workspaceOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

/** `@aws-sdk/client-s3/dist/x` is of the package `@aws-sdk/client-s3`; Node's own modules and relative paths of none. */
function packageName(name: string): string | undefined {
  if (name.startsWith('.') || name.startsWith('node:')) return undefined;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
