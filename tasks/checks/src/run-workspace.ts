import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { FileResult, TestMessage, WorkspaceResult } from './test-message.ts';
import type { TestWorkspace } from './test-workspaces.ts';

export interface RunOptions {
  readonly root: string;
  /** The whole workspace has to be done by then; its processes are killed otherwise. */
  readonly deadlineMs: number;
  /** After its last test the process has this long to end by itself. */
  readonly lingerMsMax?: number;
  /** Holds the process groups that are alive, for the runner to end when it is interrupted. */
  readonly groups?: Set<number>;
}

/** Beyond this, output of tests is cut from its front: the end is where the failure is. */
const OUTPUT_CHARACTERS_MAX = 200_000;

/** What of the caller's environment would let a test pass here and fail elsewhere, or reach a real account. */
const NOT_FOR_TESTS = /^(AWS_|ROUNDTRIP_|LOCAL_CLOUD_|GITHUB_|NX_|TURBO_|npm_)|^(SPEED|CI|NO_COLOR|FORCE_COLOR|ENV)$/;

/** Runs the tests of one workspace in a process of its own, with an empty home, and never longer than its deadline. */
export async function runWorkspace(workspace: TestWorkspace, options: RunOptions): Promise<WorkspaceResult> {
  const startedMs = performance.now();
  const compiled = workspace.files.filter((file) => existsSync(file.compiled));
  const failures = workspace.files.filter((file) => !compiled.includes(file)).map((file) => notCompiled(file.source));
  const home = mkdtempSync(join(tmpdir(), 'roundtrip-test-'));
  try {
    const child = start(JSON.stringify(compiled), join(options.root, workspace.folder), home);
    if (child.pid !== undefined) options.groups?.add(child.pid);
    const run = await follow(child, options);
    if (child.pid !== undefined) options.groups?.delete(child.pid);
    const all = [...failures, ...run.failures];
    const part = workspace.part === undefined ? {} : { part: workspace.part };
    return { workspace: workspace.folder, ...part, ...run, failures: all, durationMs: performance.now() - startedMs };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function notCompiled(source: string): string {
  return `${source} is not compiled\n  next: type: npx tsc -b (and see that tsconfig.json includes the file)`;
}

function start(files: string, cwd: string, home: string): ChildProcess {
  const kept = Object.entries(process.env).filter(([name]) => !NOT_FOR_TESTS.test(name));
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const env = {
    ...Object.fromEntries(kept),
    HOME: home,
    TMPDIR: temporary,
    TZ: 'UTC',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NX_DAEMON: 'false',
    TURBO_TELEMETRY_DISABLED: '1',
  };
  const script = fileURLToPath(new URL('test-child.js', import.meta.url));
  // In a process group of its own, so that whatever the tests started can be ended with it.
  return spawn(process.execPath, [script, files], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function follow(
  child: ChildProcess,
  options: RunOptions,
): Promise<Omit<WorkspaceResult, 'workspace' | 'part' | 'durationMs'>> {
  const files: FileResult[] = [];
  const failures: string[] = [];
  let output = '';
  let running: string | undefined;
  let done = false;
  const end = (why: string) => {
    failures.push(why);
    endGroup(child.pid);
  };
  const seconds = Math.round(options.deadlineMs / 1000);
  const deadline = setTimeout(() => {
    end(
      `killed after ${seconds} s while ${running ?? 'nothing'} was running\n  next: look there for a wait without an end`,
    );
  }, options.deadlineMs);
  let linger: NodeJS.Timeout | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-OUTPUT_CHARACTERS_MAX)));
  }
  child.on('message', (message: TestMessage) => {
    if (message.kind === 'started') running = message.file;
    if (message.kind === 'finished') files.push(message.result);
    if (message.kind !== 'done') return;
    done = true;
    const leftOpen =
      'all tests are done, but the process does not end: one of them left a server, a timer or a child open';
    linger = setTimeout(() => end(leftOpen), options.lingerMsMax ?? 5_000);
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      clearTimeout(linger);
      if (!done && failures.length === 0) failures.push(endedEarly(running, code, signal));
      endGroup(child.pid);
      resolve({ files, failures, output });
    });
  });
}

/** Node ends with 13 when nothing is left to do and the tests are still waiting. */
const UNSETTLED_EXIT_CODE = 13;

function endedEarly(running: string | undefined, code: number | null, signal: NodeJS.Signals | null): string {
  const where = running ?? 'its start';
  if (code === UNSETTLED_EXIT_CODE) return `a test in ${where} waits for a promise that never settles`;
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return `the process ${how} in the middle of ${where}`;
}

/** Ends the process and whatever it started and left behind. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
