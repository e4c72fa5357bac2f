import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { codeVersion } from './code-version.ts';
import { lastPort, placeOf } from './daemon/place.ts';
import type { Place } from './daemon/place.ts';
import { askControl, probe } from './daemon/probe.ts';
import { endedAtOnce, notHealthy, otherCheckout, portTaken } from './daemon/problems.ts';
import type { Health } from './server/control.ts';
import { portOf, speedOf } from './settings.ts';

export interface DaemonOptions {
  /** The checkout; its cloud's data is in `.roundtrip/cloud`, its log in `.roundtrip/cloud.log`. */
  readonly root: string;
  /** Default: LOCAL_CLOUD_PORT, then 4566. */
  readonly port?: number | string;
  /** Cloud seconds a real second. Default: SPEED, then 60. */
  readonly speed?: number | string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long it may take until it answers. */
  readonly startTimeoutMs?: number;
  /** The program that is started; another one only in tests. */
  readonly program?: string;
}

export interface RunningCloud {
  /** For AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly startedNow: boolean;
  /** Cloud seconds in a real second. */
  readonly speed: number;
}

const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 15;
const LOG_LINES = 8;

/**
 * Sees to it that this checkout's local cloud answers: starts it where it does not, and again where it was built from
 * other code or runs at another speed. State survives all of that.
 *
 * @throws ProblemError where the port is taken or wrong, or the cloud does not come up
 */
export async function ensureRunning(options: DaemonOptions): Promise<RunningCloud> {
  const place = placeOf(options.root);
  const port = portFrom(options);
  const speed = speedOf(text(options.speed) ?? options.env['SPEED']);
  const endpoint = `http://127.0.0.1:${port}`;

  const health = await ownHealth(place, port);
  if (health?.speed === speed && health.version === codeVersion()) return { endpoint, startedNow: false, speed };
  if (health !== undefined) await stopAndWait(port, health);
  else await stopOnItsOtherPort(place, port);
  await start(place, port, speed, options);
  return { endpoint, startedNow: true, speed };
}

/** Ends this checkout's local cloud; its state stays. @returns false where none was running */
export async function stop(options: DaemonOptions): Promise<boolean> {
  const place = placeOf(options.root);
  for (const port of new Set([portFrom(options), lastPort(place) ?? 0])) {
    if (port === 0) continue;
    const found = await probe(port);
    if (found.kind !== 'cloud' || found.health.root !== place.root) continue;
    await stopAndWait(port, found.health);
    return true;
  }
  return false;
}

/** Forgets everything that this checkout's local cloud holds, running or not. */
export async function reset(options: DaemonOptions): Promise<void> {
  const place = placeOf(options.root);
  const port = portFrom(options);
  await stopOnItsOtherPort(place, port);
  const health = await ownHealth(place, port);
  if (health === undefined) rmSync(place.dataDirectory, { recursive: true, force: true });
  else await askControl(port, 'POST', 'reset');
}

/** The time on the clock of this checkout's local cloud, in milliseconds since the epoch; undefined where none is running. */
export async function cloudTime(options: DaemonOptions): Promise<number | undefined> {
  const health = await ownHealth(placeOf(options.root), portFrom(options));
  return health === undefined ? undefined : Date.parse(health.cloudTime);
}

function portFrom(options: DaemonOptions): number {
  return portOf(text(options.port) ?? options.env['LOCAL_CLOUD_PORT']);
}

function text(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** @throws ProblemError where somebody else answers */
async function ownHealth(place: Place, port: number): Promise<Health | undefined> {
  const found = await probe(port);
  if (found.kind === 'nobody') return undefined;
  if (found.kind === 'stranger') throw portTaken(port);
  if (found.health.root !== place.root) throw otherCheckout(port, found.health.root);
  return found.health;
}

/** Two processes must never write one data directory. */
async function stopOnItsOtherPort(place: Place, port: number): Promise<void> {
  const other = lastPort(place);
  if (other === undefined || other === port) return;
  const found = await probe(other);
  if (found.kind === 'cloud' && found.health.root === place.root) await stopAndWait(other, found.health);
}

async function stopAndWait(port: number, { pid }: Health): Promise<void> {
  await askControl(port, 'POST', 'stop');
  if (await isGone(pid)) return;
  // What it has acknowledged is on disk already, so ending it this way loses nothing.
  process.kill(pid, 'SIGKILL');
  await isGone(pid);
}

async function isGone(pid: number): Promise<boolean> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function start(place: Place, port: number, speed: number, options: DaemonOptions): Promise<void> {
  mkdirSync(dirname(place.logFile), { recursive: true });
  const child = launch(place, port, speed, options);
  let exitCode: number | null | undefined;
  child.once('exit', (code) => (exitCode = code));
  child.once('error', () => (exitCode = null));

  const timeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    // Also ends well where somebody else started one in the same moment and ours gave way.
    if ((await ownHealth(place, port)) !== undefined) return;
    if (exitCode !== undefined) throw endedAtOnce(exitCode, place.logFile, lastLines(place.logFile));
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw notHealthy(timeoutMs / 1000, place.logFile, lastLines(place.logFile));
    }
    await sleep(POLL_MS);
  }
}

/** In a session of its own, so that Ctrl-C in the terminal does not reach it. */
function launch(place: Place, port: number, speed: number, options: DaemonOptions): ChildProcess {
  const program = options.program ?? fileURLToPath(new URL('main.js', import.meta.url));
  const log = openSync(place.logFile, 'w');
  const settings = ['--port', String(port), '--speed', String(speed)];
  const child = spawn(process.execPath, [program, ...settings, '--root', place.root, '--data', place.dataDirectory], {
    cwd: place.root,
    detached: true,
    stdio: ['ignore', log, log],
    // No credentials and no endpoint: it is the cloud, it has nobody to call.
    env: {
      PATH: options.env['PATH'] ?? '',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      LOCAL_CLOUD_LIMITS: options.env['LOCAL_CLOUD_LIMITS'] ?? '',
      LOCAL_CLOUD_FAULTS: options.env['LOCAL_CLOUD_FAULTS'] ?? '',
    },
  });
  closeSync(log);
  child.unref();
  return child;
}

function lastLines(logFile: string): string[] {
  try {
    return readFileSync(logFile, 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .slice(-LOG_LINES);
  } catch {
    return [];
  }
}
