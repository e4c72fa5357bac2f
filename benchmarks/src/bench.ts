/**
 * Measures what the README promises: `make bench`, or `node benchmarks/dist/bench.js 40` for one size. Every figure is
 * of a run as a user starts it, process start included, on the local cloud at SPEED=1.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JournalEvent } from '@roundtrip/engine';
import { stop } from '@roundtrip/local-cloud/daemon';
import { criticalPathSeconds, writeSampleProject } from '@roundtrip/sample-project';
import { benchShape } from './bench-shape.ts';
import { measure, type Measured } from './measure.ts';
import { formatReport, type Figure } from './report.ts';

const TOOL = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const START_UPS = 9;
const NO_CHANGES = 5;

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [40, 200];
const figures: Figure[] = [];
figures.push(await startUp());
for (const services of sizes) figures.push(...(await roundTrip(services)));
const report = formatReport(figures, {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} cores, Node ${process.version}`,
});
const file = join(TOOL, 'benchmarks/results', `${new Date().toISOString().slice(0, 10)}.md`);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, report);
process.stdout.write(`${report}\nwritten to ${file}\n`);

/** Up, no change and down of one size. */
async function roundTrip(services: number): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'roundtrip-bench-'));
  const shape = benchShape(services);
  writeSampleProject(root, TOOL, shape, 'bench');
  const env = {
    ...process.env,
    ROUNDTRIP_ROOT: root,
    LOCAL_CLOUD_PORT: String(await freePort()),
    SPEED: '1',
    CI: 'true',
  };
  const stacks = shape.stacks.length;
  try {
    await verb(['cloud.js', 'start'], env);
    const up = await verb(['run.js', 'up', '--env', 'bench'], env);
    const upFigures = travel(`${stacks} stacks up`, up, root, stacks, criticalPathSeconds(shape, 'up'), services);
    const same: Measured[] = [];
    for (let index = 0; index < NO_CHANGES; index += 1) same.push(await verb(['run.js', 'up', '--env', 'bench'], env));
    const sameCalls = callsOf(root);
    const down = await verb(['run.js', 'down', '--env', 'bench'], env);
    const downFigures = travel(
      `${stacks} stacks down`,
      down,
      root,
      stacks,
      criticalPathSeconds(shape, 'down'),
      services,
    );
    const seconds = median(same.map((one) => one.seconds));
    return [
      ...upFigures,
      { what: `${stacks} stacks, nothing to change`, value: seconds, unit: 's (median)', target: 1.5 },
      { what: `${stacks} stacks, nothing to change: calls`, value: sameCalls, unit: '', target: 6 },
      ...downFigures,
    ];
  } finally {
    await stop({ root, env });
    rmSync(root, { recursive: true, force: true });
  }
}

function travel(
  what: string,
  run: Measured,
  root: string,
  stacks: number,
  criticalPath: number,
  services: number,
): Figure[] {
  const ratio = services > 100 ? 1.1 : 1.05;
  return [
    { what, value: run.seconds, unit: `s, critical path ${criticalPath.toFixed(0)} s` },
    { what: `${what}: ratio`, value: run.seconds / criticalPath, unit: '× critical path', target: ratio },
    { what: `${what}: calls`, value: callsOf(root) / stacks, unit: 'per stack', target: 3 },
    ...(run.peakMegabytes === undefined
      ? []
      : [{ what: `${what}: peak memory`, value: run.peakMegabytes, unit: 'MB', target: 350 }]),
  ];
}

/** From process start to the first complaint about an unknown environment: everything imported, files read. */
async function startUp(): Promise<Figure> {
  const runs: number[] = [];
  for (let index = 0; index < START_UPS; index += 1) {
    const { seconds } = await measure(
      process.execPath,
      [join(TOOL, 'tasks/verbs/dist/run.js'), 'up', '--env', 'unknown'],
      process.env,
    );
    runs.push(seconds);
  }
  return { what: 'verb start-up', value: median(runs), unit: 's (median)', target: 0.3 };
}

async function verb(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const [script = '', ...rest] = args;
  const measured = await measure(process.execPath, [join(TOOL, 'tasks/verbs/dist', script), ...rest], env);
  if (measured.exitCode !== 0)
    throw new RangeError(`${args.join(' ')} ended with ${measured.exitCode}:\n${measured.output}`);
  return measured;
}

/** API calls of the latest run, from its journal. */
function callsOf(root: string): number {
  const folder = join(root, '.roundtrip/runs/bench');
  const latest =
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .at(-1) ?? '';
  const lines = readFileSync(join(folder, latest), 'utf8').trim().split('\n');
  const end = JSON.parse(lines.at(-1) ?? '{}') as JournalEvent;
  if (end.type !== 'run-finished') throw new RangeError(`${latest} has no end`);
  return Object.values(end.calls).reduce((sum, one) => sum + one, 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
