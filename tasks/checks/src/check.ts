import { performance } from 'node:perf_hooks';
import { ProblemError } from '@roundtrip/problem';
import { checks } from './check-list.ts';
import type { Check } from './check-list.ts';
import { exitWhenPipeCloses } from './exit-when-pipe-closes.ts';
import { projectRoot } from './project-root.ts';

/**
 * `make check`: everything that can be known without a run, one line per check and below it whatever it found.
 * Arguments name single checks; none means all. Exit 1 where one fails.
 */
async function main(names: readonly string[]): Promise<number> {
  const all = checks(projectRoot());
  const failed: string[] = [];
  for (const check of chosen(all, names)) {
    const startedMs = performance.now();
    const text = await findings(check);
    const line = `${text === '' ? 'ok  ' : 'FAIL'} ${check.name.padEnd(9)} ${check.what}`;
    print(`${line} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
    if (text === '') continue;
    failed.push(check.name);
    print(`\n${indented(text)}\n\n     next: ${check.next}\n`);
    // Everything else is compiled from what has not compiled; its complaints would be about an older state.
    if (check.name === 'types') break;
  }
  if (failed.length > 0) print(`failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

function chosen(all: readonly Check[], names: readonly string[]): readonly Check[] {
  const unknown = names.filter((name) => !all.some((check) => check.name === name));
  if (unknown.length > 0) {
    throw new ProblemError({
      code: 'unknown-check',
      what: `there is no check called ${unknown.map((name) => `"${name}"`).join(' or ')}`,
      next: `name one of ${all.map(({ name }) => name).join(', ')}`,
    });
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

async function findings(check: Check): Promise<string> {
  try {
    return await check.run();
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `     ${line}`.trimEnd())
    .join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

exitWhenPipeCloses();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
