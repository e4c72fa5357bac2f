import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startDaemon } from '../testing/test-daemon.ts';
import { awsVersion, byAws } from './by-aws.ts';
import { bySdk } from './by-sdk.ts';
import { routes } from './routes.ts';
import { walkRoute } from './walk-route.ts';
import type { StepResult, Walk } from './walk-route.ts';

/** Ten minutes a second: the slowest resource is there after some looks at it, and buckets are full again. */
const SPEED = 600;
/** A command line keeps a core busy. */
const ROUTES_AT_ONCE = Math.max(2, availableParallelism());
const LOOK_MS = 200;
const REGION = 'eu-west-1';

/**
 * `make tour`: every operation of the local cloud by a client that nobody here wrote, the `aws` command line, against
 * a daemon of its own. Where `aws` is missing or too old to know an operation the SDK makes the call, and the last line
 * says how many of each. Exit 1 where an answer is not as expected.
 */
async function main(): Promise<number> {
  const version = await awsVersion();
  const folder = mkdtempSync(join(tmpdir(), 'tour-'));
  const port = await freePort();
  const daemon = await startDaemon(port, folder, ['--speed', String(SPEED)]);
  try {
    const results = await walkAll(walkOf(`http://127.0.0.1:${port}`, folder, version));
    for (const line of problemLines(results)) print(line);
    print(totalLine(results, version));
    return results.some(({ problems }) => problems.length > 0) ? 1 : 0;
  } finally {
    daemon.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function walkOf(endpoint: string, folder: string, version: string | undefined): Omit<Walk, 'account'> {
  const config = (account: string) => ({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: account, secretAccessKey: 'secret' },
  });
  const files = join(folder, 'files');
  mkdirSync(files);
  const aws = { name: 'aws', caller: byAws({ endpoint, region: REGION, folder: files }) };
  const sdk = { name: 'SDK', caller: bySdk(config) };
  return { callers: version === undefined ? [sdk] : [aws, sdk], wait: () => sleep(LOOK_MS) };
}

/** Each route in an account of its own, so that they cannot meet. */
async function walkAll(walk: Omit<Walk, 'account'>): Promise<StepResult[]> {
  const waiting = routes.map((route, at) => ({ route, account: String(100_000_000_001 + at) }));
  const results: StepResult[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const of = await walkRoute(next.route, { ...walk, account: next.account });
      const failed = of.filter(({ problems }) => problems.length > 0).length;
      print(
        `${failed === 0 ? 'ok  ' : 'FAIL'} ${next.route.name}: ${of.length} steps${failed === 0 ? '' : `, ${failed} failed`}`,
      );
      results.push(...of);
    }
  };
  await Promise.all(Array.from({ length: ROUTES_AT_ONCE }, worker));
  return results;
}

function problemLines(results: readonly StepResult[]): string[] {
  return results
    .filter(({ problems }) => problems.length > 0)
    .map(({ step, by, problems }) => `${step.service} ${step.operation} (${by}): ${problems.join('; ')}`);
}

/** `tour: 310 operations, 280 by aws-cli/1.45.11, 30 by the SDK` */
function totalLine(results: readonly StepResult[], version: string | undefined): string {
  const operations = (by?: string) => {
    const made = results.filter((one) => by === undefined || one.by === by);
    return new Set(made.map(({ step }) => `${step.service} ${step.operation}`)).size;
  };
  const all = operations();
  if (version === undefined) return `tour: ${all} operations, all by the SDK: aws is not installed`;
  const byAwsAlone = operations('aws');
  return `tour: ${all} operations, ${byAwsAlone} by ${version}, ${all - byAwsAlone} by the SDK`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
