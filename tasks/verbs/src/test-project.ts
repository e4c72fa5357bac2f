import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient, paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation';
import { BUCKET_STACK } from '@roundtrip/aws';
import type { JournalEvent } from '@roundtrip/engine';
import { ensureRunning, stop } from '@roundtrip/local-cloud/daemon';
import { writeSampleProject, type SampleShape } from '@roundtrip/sample-project';
import { BUNDLE_FOLDER } from './built-module.ts';
import { latestJournals, readJournal } from './journal-file.ts';

/** How a verb ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A project in a folder of its own, with a local cloud of its own that runs as fast as tests need it. */
export interface TestProject {
  readonly root: string;
  readonly endpoint: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a file of the project; path relative to its root. */
  write(path: string, text: string): void;
  read(path: string): string;
  /** Runs a verb to its end: `verb('run', ['up', '--env', 'demo'])`. */
  verb(name: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  start(name: string, args: readonly string[], env?: NodeJS.ProcessEnv): Running;
  /** The journals of an environment, the oldest first. */
  journals(environment: string): JournalEvent[][];
  lastJournal(environment: string): JournalEvent[];
  /** Switches these faults of the local cloud on in place of all others; see docs/local-cloud.md. */
  faults(faults: readonly object[]): Promise<void>;
  /** The stacks of an account, asked of the cloud with the SDK; without the account's own bucket. */
  stacks(account: string): Promise<Stack[]>;
  close(): Promise<void>;
}

/** Cloud seconds in a real second. */
const SPEED = '600';

const DIST = dirname(fileURLToPath(import.meta.url));
const TOOL = join(DIST, '../../..');
const VERBS = verbsFolder();

export const ENV_FILE = "cloud: local\naccount: '333333333333'\nregion: eu-west-1\nowner: nobody\nprotect: false\n";

/** Writes a project of that shape with the env file `envs/demo.yaml`, account 333333333333, and starts its local cloud. */
export async function openTestProject(shape: SampleShape): Promise<TestProject> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'roundtrip-verbs-')));
  writeProject(root, shape);
  const port = await freePort();
  const env = testEnv(root, port);
  await ensureRunning({ root, env });
  const endpoint = `http://127.0.0.1:${port}`;
  const journals = (environment: string) => latestJournals(root, environment, 100).map(readJournal);
  const start: TestProject['start'] = (name, args, more = {}) => startVerb(name, args, root, { ...env, ...more });
  return {
    root,
    endpoint,
    env,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    start,
    verb: (name, args, more) => start(name, args, more).ended,
    journals,
    lastJournal: (environment) => journals(environment).at(-1) ?? [],
    faults: (faults) => setFaults(endpoint, faults),
    stacks: (account) => stacksOf(endpoint, account),
    async close() {
      await stop({ root, env });
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The same project without a local cloud, in an empty folder. */
export function writeProject(folder: string, shape: SampleShape): void {
  writeSampleProject(folder, TOOL, shape, 'demo');
}

/** Nothing of the caller's environment but the way to programs: no credentials, no profile, no other endpoint. */
export function testEnv(root: string, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    ROUNDTRIP_ROOT: root,
    LOCAL_CLOUD_PORT: String(port),
    SPEED,
    CI: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

export function startVerb(name: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [join(VERBS, `${name}.js`), ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, ended: outputOf(child) };
}

/** The bundle, which people run and which starts twice as fast, where nothing compiled is newer; else the compiled files. */
function verbsFolder(): string {
  const bundle = join(TOOL, BUNDLE_FOLDER);
  const bundledMs = modifiedMs(join(bundle, 'stamp'));
  const compiled = readdirSync(join(TOOL, 'tasks')).flatMap((name) => modulesIn(join(TOOL, 'tasks', name, 'dist')));
  return compiled.every((path) => modifiedMs(path) < bundledMs) ? join(bundle, 'tasks/verbs/dist') : DIST;
}

function modulesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.js')).map((name) => join(folder, name));
}

function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export async function outputOf(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}

async function stacksOf(endpoint: string, account: string): Promise<Stack[]> {
  const credentials = { accessKeyId: account, secretAccessKey: 'local' };
  const client = new CloudFormationClient({ region: 'eu-west-1', endpoint, credentials });
  const stacks: Stack[] = [];
  for await (const page of paginateDescribeStacks({ client }, {})) stacks.push(...(page.Stacks ?? []));
  return stacks.filter((stack) => stack.StackName !== BUCKET_STACK);
}

async function setFaults(endpoint: string, faults: readonly object[]): Promise<void> {
  const url = `${endpoint}/_roundtrip/faults`;
  const answer =
    faults.length === 0
      ? await fetch(url, { method: 'DELETE' })
      : await fetch(url, { method: 'PUT', body: JSON.stringify({ faults }) });
  if (!answer.ok) throw new RangeError(await answer.text());
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Files of the runs of an environment; none where nothing was ever written. */
export function runFilesOf(root: string, environment: string): string[] {
  const folder = join(root, '.roundtrip/runs', environment);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
