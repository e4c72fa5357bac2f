import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXIT, formatProblems, type Problem } from '@roundtrip/problem';
import { generatedFiles, staleFiles, type GeneratedFile } from './generated-files.ts';
import { scheduledEnvironments, type EnvironmentText } from './scheduled-environments.ts';

// Writes the jobs of Jenkins and the workflow of GitHub from envs/*.yaml. `--check` writes nothing and exits 1 when they
// are stale; `--root` is the project's root, for tests.
const { values } = parseArgs({ options: { check: { type: 'boolean' }, root: { type: 'string' } } });
const root = values.root ?? fileURLToPath(new URL('../../../..', import.meta.url));

process.exitCode = main(values.check === true);

function main(check: boolean): number {
  const { environments, problems } = scheduledEnvironments(environmentTexts());
  if (problems.length > 0) return fail(problems, EXIT.badInput);
  const files = generatedFiles(environments);
  const stale = staleFiles(files, read);
  if (check) return stale.length > 0 ? fail(stale, EXIT.failed) : EXIT.done;
  for (const { place } of stale) write(place?.file ?? '', files);
  return EXIT.done;
}

function environmentTexts(): EnvironmentText[] {
  return readdirSync(join(root, 'envs'))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file.replace(/\.yaml$/, ''), text: readFileSync(join(root, 'envs', file), 'utf8') }));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

function write(path: string, files: readonly GeneratedFile[]): void {
  const text = files.find((file) => file.path === path)?.text;
  const target = join(root, path);
  if (text === undefined) {
    rmSync(target);
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  console.log(`${text === undefined ? 'removed' : 'wrote'} ${path}`);
}

function fail(problems: readonly Problem[], exitCode: number): number {
  console.error(formatProblems(problems));
  return exitCode;
}
