import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startDaemon } from '../testing/test-daemon.ts';
import { awsEnvironment } from './aws-environment.ts';
import { awsProgram } from './aws-program.ts';
import { byAws } from './by-aws.ts';
import { bySdk } from './by-sdk.ts';
import { coverage } from './coverage.ts';
import { installedAws } from './installed-aws.ts';
import type { InstalledAws } from './installed-aws.ts';
import { routes } from './routes.ts';
import type { Route } from './step.ts';
import { walkRoute } from './walk-route.ts';
import type { StepResult } from './walk-route.ts';

/** Ten minutes a second: the slowest resource is there after some looks at it, and buckets are full again. */
const SPEED = 600;
/** A command line keeps a core busy. */
const ROUTES_AT_ONCE = Math.max(2, availableParallelism());
const LOOK_MS = 200;
const REGION = 'eu-west-1';

/**
 * `make tour`: every operation of the local cloud by a client that nobody here wrote, the `aws` command line, against
 * a daemon of its own. Where `aws` is missing or too old to know an operation the SDK makes the call, and the last line
 * says how many of each. Exit 1 where an answer is not as expected, or no step calls an operation.
 */
async function main(): Promise<number> {
  const aws = await installedAws();
  const folder = mkdtempSync(join(tmpdir(), 'tour-'));
  const port = await freePort();
  const daemon = await startDaemon(port, folder, ['--speed', String(SPEED)]);
  try {
    const results = await walkAll({ aws, endpoint: `http://127.0.0.1:${port}`, folder: join(folder, 'files') });
    const { withoutStep } = await coverage(routes);
    const problems = [...problemLines(results), ...withoutStep.map((operation) => `${operation}: no step calls it`)];
    for (const line of problems) print(line);
    print(totalLine(results, aws?.version));
    return problems.length > 0 ? 1 : 0;
  } finally {
    daemon.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Tour {
  readonly aws: InstalledAws | undefined;
  readonly endpoint: string;
  /** For what is uploaded and downloaded. */
  readonly folder: string;
}

/** Each route in an account of its own, so that they cannot meet. */
async function walkAll(tour: Tour): Promise<StepResult[]> {
  const waiting = routes.map((route, at) => ({ route, account: String(100_000_000_001 + at) }));
  const results: StepResult[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const of = await walkAs(next.account, next.route, tour);
      const failed = of.filter(({ problems }) => problems.length > 0).length;
      const more = failed === 0 ? '' : `, ${failed} failed`;
      print(`${failed === 0 ? 'ok  ' : 'FAIL'} ${next.route.name}: ${of.length} steps${more}`);
      results.push(...of);
    }
  };
  await Promise.all(Array.from({ length: ROUTES_AT_ONCE }, worker));
  return results;
}

async function walkAs(account: string, route: Route, { aws, endpoint, folder }: Tour): Promise<StepResult[]> {
  const credentials = { accessKeyId: account, secretAccessKey: 'secret' };
  const sdk = { name: 'SDK', caller: bySdk({ endpoint, region: REGION, credentials, disableHostPrefix: true }) };
  const wait = () => sleep(LOOK_MS);
  if (aws === undefined) return walkRoute(route, { callers: [sdk], wait });
  const own = join(folder, account);
  mkdirSync(own, { recursive: true });
  const program = awsProgram(aws, awsEnvironment({ endpoint, region: REGION, account }));
  try {
    return await walkRoute(route, { callers: [{ name: 'aws', caller: byAws(program, own) }, sdk], wait });
  } finally {
    program.end();
  }
}

function problemLines(results: readonly StepResult[]): string[] {
  return results
    .filter(({ problems }) => problems.length > 0)
    .map(({ step, by, problems }) => `${step.service} ${step.operation} (${by}): ${problems.join('; ')}`);
}

/** `tour: 310 operations, 308 by aws-cli/1.45.11, 2 by the SDK: rds CreateDBInstance, ecs RunTask` */
function totalLine(results: readonly StepResult[], version: string | undefined): string {
  const operations = (made: readonly StepResult[]) =>
    new Set(made.map(({ step }) => `${step.service} ${step.operation}`));
  const all = operations(results);
  if (version === undefined) return `tour: ${all.size} operations, all by the SDK: aws is not installed`;
  const own = operations(results.filter(({ by }) => by === 'aws'));
  const others = [...all].filter((operation) => !own.has(operation));
  const names = others.length === 0 ? '' : `: ${others.join(', ')}`;
  return `tour: ${all.size} operations, ${own.size} by ${version}, ${others.length} by the SDK${names}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
