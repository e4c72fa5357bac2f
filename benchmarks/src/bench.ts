/**
 * Measures what the README promises: `make bench`, `node benchmarks/dist/bench.js 40` for one size, `… cloud` for the local
 * cloud alone, `… express` for express mode alone, `… rate` for an account that throttles. Figures of runs are of runs as a
 * user starts them, process start included, at SPEED=1.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createAccountBucket, createCallCounter } from '@roundtrip/aws';
import type { JournalEvent } from '@roundtrip/engine';
import { stop } from '@roundtrip/local-cloud/daemon';
import {
  criticalPathSeconds,
  SAMPLE_ACCOUNT,
  SAMPLE_REGION,
  writeSampleProject,
  type SampleShape,
} from '@roundtrip/sample-project';
import { benchShape } from './bench-shape.ts';
import { cloudFigures } from './cloud-figures.ts';
import { emptyNode } from './empty-node.ts';
import { expressFigures } from './express-figures.ts';
import { freePort } from './free-port.ts';
import { measure, type Measured } from './measure.ts';
import { median } from './median.ts';
import { formatReport, type Figure } from './report.ts';
import { ratioTarget, THROTTLED_MAX, type Limits } from './targets.ts';
import { virtualFigures } from './virtual-figures.ts';

const TOOL = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const VERBS = join(TOOL, 'tasks/verbs/bundle/tasks/verbs/dist');
const START_UPS = 9;
const NO_CHANGES = 5;

const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus().length} cores, Node ${process.version}`;
const what = process.argv.slice(2);
if (what.length === 0 || what.includes('cloud')) await benchCloud();
if (what.length === 0 || what.includes('express')) await benchExpress();
if (what.length === 0 || what.includes('rate')) await benchRate();
const sizes = what.length === 0 ? [40, 200] : what.filter((one) => /^\d+$/.test(one)).map(Number);
if (sizes.length > 0) await benchRuns(sizes);

async function benchCloud(): Promise<void> {
  const conditions = `In a process of its own, ${machine}; medians of 5 where a figure is a time or a rate.`;
  write(
    `${date}-local-cloud.md`,
    formatReport(await cloudFigures(), { title: `The local cloud on ${date}`, conditions }),
  );
}

async function benchExpress(): Promise<void> {
  const conditions =
    "envs/stage.yaml on the local cloud in virtual time, its layers' own templates, without turbo and hooks; medians of 9 draws of how long resources take.";
  const title = `Express mode on ${date}`;
  write(`${date}-express.md`, formatReport(await expressFigures(TOOL), { title, conditions }));
}

/** An account that allows 10 reads and 5 writes a second: in virtual time, then as processes. */
async function benchRate(): Promise<void> {
  const figures = [...(await virtualFigures(40, 'on')), emptyNode(), ...(await roundTrip(40, 'on')), emptyNode()];
  const conditions = `Local cloud that allows 10 reads and 5 writes a second, SPEED=1, ${machine}. One run each.`;
  write(`${date}-rate.md`, formatReport(figures, { title: `The rate budget on ${date}`, conditions }));
}

async function benchRuns(services: readonly number[]): Promise<void> {
  const figures: Figure[] = [emptyNode(), await startUp()];
  for (const count of services) {
    figures.push(...(await virtualFigures(count, 'off')), ...(await roundTrip(count, 'off')), emptyNode());
  }
  const conditions = `Local cloud at SPEED=1, ${machine}. One run each where no median is named.`;
  write(`${date}.md`, formatReport(figures, { title: `Benchmark of ${date}`, conditions }));
}

function write(name: string, report: string): void {
  const file = join(TOOL, 'benchmarks/results', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, report);
  process.stdout.write(`${report}\nwritten to ${file}\n`);
}

/**
 * One size: first up and down with no journal to learn from, then again as every week after the first one; a run with
 * nothing to change in between.
 */
async function roundTrip(services: number, limits: Limits): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'roundtrip-bench-'));
  const shape = benchShape(services);
  writeSampleProject(root, TOOL, shape, 'bench');
  const env = {
    ...process.env,
    ROUNDTRIP_ROOT: root,
    LOCAL_CLOUD_PORT: String(await freePort()),
    SPEED: '1',
    LOCAL_CLOUD_LIMITS: limits,
    CI: 'true',
  };
  const run = async (task: 'up' | 'down', what: string): Promise<Figure[]> => {
    const measured = await verb(['run.js', task, '--env', 'bench'], env);
    return travel(`${shape.stacks.length} stacks ${what}`, measured, root, { shape, task, limits });
  };
  try {
    await verb(['cloud.js', 'start'], env);
    const bucket = await makeBucket(env.LOCAL_CLOUD_PORT);
    const firstUp = await run('up', 'first up');
    const same = await noChange(shape.stacks.length, root, env);
    const firstDown = await run('down', 'first down');
    return [bucket, ...firstUp, ...same, ...firstDown, ...(await run('up', 'up')), ...(await run('down', 'down'))];
  } finally {
    await stop({ root, env });
    rmSync(root, { recursive: true, force: true });
  }
}

/** What the first run of all in an account does once, and no environment's weeks do again: measured by itself. */
async function makeBucket(port: string): Promise<Figure> {
  const credentials = { accessKeyId: SAMPLE_ACCOUNT, secretAccessKey: 'local' };
  const settings = { region: SAMPLE_REGION, endpoint: `http://127.0.0.1:${port}`, credentials };
  const startedAt = performance.now();
  await createAccountBucket(settings, SAMPLE_ACCOUNT, createCallCounter()).ledger.write('bench', [], undefined);
  return { what: "the account's bucket, made once", value: (performance.now() - startedAt) / 1000, unit: 's' };
}

async function noChange(stacks: number, root: string, env: NodeJS.ProcessEnv): Promise<Figure[]> {
  const seconds: number[] = [];
  for (let index = 0; index < NO_CHANGES; index += 1) {
    seconds.push((await verb(['run.js', 'up', '--env', 'bench'], env)).seconds);
  }
  return [
    { what: `${stacks} stacks, nothing to change`, value: median(seconds), unit: 's (median)', target: 1.5 },
    { what: `${stacks} stacks, nothing to change: calls`, value: lastRun(root).calls, unit: '', target: 6 },
  ];
}

interface Travel {
  readonly shape: SampleShape;
  readonly task: 'up' | 'down';
  readonly limits: Limits;
}

function travel(what: string, run: Measured, root: string, { shape, task, limits }: Travel): Figure[] {
  const criticalPath = criticalPathSeconds(shape, task);
  const ratio = ratioTarget(shape.stacks.length, limits);
  const { calls, throttled } = lastRun(root);
  return [
    { what, value: run.seconds, unit: `s, critical path ${criticalPath.toFixed(0)} s` },
    { what: `${what}: ratio`, value: run.seconds / criticalPath, unit: '× critical path', target: ratio },
    { what: `${what}: calls`, value: calls / shape.stacks.length, unit: 'per stack', target: 3 },
    ...(limits === 'on'
      ? [{ what: `${what}: throttled calls`, value: throttled, unit: '', target: THROTTLED_MAX }]
      : []),
    ...(run.peakMegabytes === undefined
      ? []
      : [{ what: `${what}: peak memory`, value: run.peakMegabytes, unit: 'MB', target: 350 }]),
  ];
}

/** From process start to the first complaint about an unknown environment: everything imported, files read. */
async function startUp(): Promise<Figure> {
  const runs: number[] = [];
  for (let index = 0; index < START_UPS; index += 1) {
    const { seconds } = await measure(process.execPath, [join(VERBS, 'run.js'), 'up', '--env', 'unknown'], process.env);
    runs.push(seconds);
  }
  return { what: 'verb start-up', value: median(runs), unit: 's (median)', target: 0.3 };
}

async function verb(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const [script = '', ...rest] = args;
  const measured = await measure(process.execPath, [join(VERBS, script), ...rest], env);
  if (measured.exitCode !== 0)
    throw new RangeError(`${args.join(' ')} ended with ${measured.exitCode}:\n${measured.output}`);
  return measured;
}

/** API calls of the latest run, and how many of them were throttled, from its journal. */
function lastRun(root: string): { readonly calls: number; readonly throttled: number } {
  const folder = join(root, '.roundtrip/runs/bench');
  const latest =
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .at(-1) ?? '';
  const lines = readFileSync(join(folder, latest), 'utf8').trim().split('\n');
  const end = JSON.parse(lines.at(-1) ?? '{}') as JournalEvent;
  if (end.type !== 'run-finished') throw new RangeError(`${latest} has no end`);
  return { calls: Object.values(end.calls).reduce((sum, one) => sum + one, 0), throttled: end.throttled };
}
