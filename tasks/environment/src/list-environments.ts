import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import { nearest } from './nearest.ts';
import { list } from './words.ts';

/** Folder of the env files, relative to the project's root. */
export const ENVS = 'envs';

/** Names of all environments, sorted: every `envs/<name>.yaml`, whether it is a good one or not. */
export function listEnvironments(root: string): string[] {
  return filesIn(root)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * The file of an environment, relative to the project's root.
 *
 * @throws ProblemError for an environment that does not exist, or whose name no stack could bear
 */
export function environmentFile(root: string, name: string): string {
  const names = listEnvironments(root);
  if (!names.includes(name)) throw new ProblemError(unknownEnvironment(root, name, names));
  const file = `${ENVS}/${name}.yaml`;
  if (/^[a-z](-?[a-z0-9])*$/.test(name) && name.length <= 32) return file;
  throw new ProblemError({
    code: 'bad-environment-name',
    place: { file },
    what: `"${name}" cannot be the name of an environment`,
    why: 'every stack name begins with it: lower-case letters, digits and single hyphens, a letter first, 32 characters at most',
    next: `rename the file, for instance to ${ENVS}/${usable(name)}.yaml`,
  });
}

function filesIn(root: string): string[] {
  const folder = join(root, ENVS);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

function unknownEnvironment(root: string, name: string, names: readonly string[]) {
  const near = nearest(name, names);
  const other = filesIn(root).find((file) => file === `${name}.yml`);
  const write = `write ${ENVS}/${name}.yaml to make a new one`;
  return {
    code: 'unknown-environment',
    what: `there is no environment "${name}"`,
    why: names.length === 0 ? `${ENVS}/ has no env file` : `the environments are ${list(names)}`,
    next: other ? `rename ${ENVS}/${other} to ${name}.yaml` : near ? `did you mean "${near}"? If not, ${write}` : write,
  };
}

function usable(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  return plain || 'stage';
}
