/** `make rehearse`: plays seeds and says what went wrong, or that nothing did. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { EXIT, formatProblems, ProblemError } from '@roundtrip/problem';
import { generate } from './generate.ts';
import type { Played } from './play-seed.ts';
import { rehearse } from './rehearse.ts';
import { check } from './check.ts';
import { readSettings, type Settings } from './settings.ts';
import { shrink } from './shrink.ts';
import { Tally } from './tally.ts';
import { tell } from './tell.ts';

const FAILURES = 'tasks/rehearsal/failures';
/** A soak says how far it is. */
const PROGRESS_MS = 60_000;

async function main(): Promise<number> {
  const settings = readSettings(process.env, randomBytes(4).toString('hex'));
  print(`commit ${commit()}, node ${process.version}`);
  if (settings.only !== undefined) return await playOne(settings.only);
  return await playMany(settings);
}

/** One seed, told in full, twice: the same seed has to go the same way. */
async function playOne(seed: string): Promise<number> {
  const scenario = generate(seed);
  print(`seed ${seed}: ${JSON.stringify(scenario)}`);
  const first = await rehearse(scenario);
  const lines = tell(first);
  for (const line of lines) print(line);
  const again = tell(await rehearse(scenario));
  const [one, other] = [lines, again].map((text) => createHash('sha256').update(text.join('\n')).digest('hex'));
  const violations = check(first);
  for (const { checker, what } of violations) print(`VIOLATION ${checker}: ${what}`);
  print(`log ${one}${one === other ? ', the same again' : `, but ${other} the second time`}`);
  print(`${violations.length} violations`);
  return violations.length === 0 && one === other ? EXIT.done : EXIT.failed;
}

async function playMany({ count, minutes, base, stopsAtFirst }: Settings): Promise<number> {
  const startedAt = performance.now();
  const endsAt = minutes === undefined ? Infinity : startedAt + minutes * 60_000;
  const most = minutes === undefined ? count : Infinity;
  print(`seeds ${base}-1 and on, ${minutes === undefined ? `${count} of them` : `for ${minutes} minutes`}`);
  const tally = new Tally();
  const stopped = stopRequest();
  let taken = 0;
  let toldAt = startedAt;
  const take = (): string | undefined => {
    const isOver = stopped() || taken >= most || performance.now() >= endsAt;
    if (isOver || (stopsAtFirst === true && tally.failed.length > 0)) return undefined;
    taken += 1;
    return `${base}-${taken}`;
  };
  const add = (played: Played): void => {
    tally.add(played);
    if (played.violations.length > 0) print(`seed ${played.seed} fails: ${played.violations[0]?.checker}`);
    if (minutes === undefined || performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    print(`so far ${tally.line(toldAt - startedAt)}`);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, () => work(take, add)));
  for (const played of tally.failed) await report(played, stopsAtFirst !== true);
  print(tally.faultsLine());
  print(tally.line(performance.now() - startedAt));
  return tally.failed.length === 0 ? EXIT.done : EXIT.failed;
}

/** The first signal ends it after the seeds that are being played, so that what was found is told. */
function stopRequest(): () => boolean {
  let isStopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isStopped = true));
  return () => isStopped;
}

/** One thread, which plays until there is nothing more to take. */
async function work(take: () => string | undefined, add: (played: Played) => void): Promise<void> {
  const worker = new Worker(new URL('worker.js', import.meta.url));
  await new Promise<void>((resolve, reject) => {
    const next = (): void => {
      const seed = take();
      if (seed === undefined) resolve();
      else worker.postMessage(seed);
    };
    worker.on('message', (played: Played) => {
      add(played);
      next();
    });
    worker.on('error', reject);
    next();
  });
  await worker.terminate();
}

/** What went wrong, how to see it again, and the smallest scenario that shows it, as a test to keep. */
async function report({ seed, violations }: Played, shrinks: boolean): Promise<void> {
  const [first] = violations;
  print(`seed ${seed}: ${violations.length} violations`);
  for (const { checker, what } of violations.slice(0, 5)) print(`  ${checker}: ${what}`);
  print(`  next: make rehearse SEED=${seed}`);
  if (first === undefined || !shrinks) return;
  const smallest = await shrink(generate(seed), first.checker);
  mkdirSync(FAILURES, { recursive: true });
  const path = join(FAILURES, `${seed}.json`);
  writeFileSync(path, `${JSON.stringify({ checker: first.checker, scenario: smallest }, undefined, 2)}\n`);
  print(
    `  shrunk to ${smallest.stacks.length} stacks and ${smallest.acts.length} acts in ${path}, which the tests play from now on`,
  );
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${formatProblems(error.problems)}\n`);
  process.exitCode = error.exitCode;
}
