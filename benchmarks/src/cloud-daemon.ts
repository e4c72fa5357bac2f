import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const MAIN = fileURLToPath(new URL('../../tasks/local-cloud/dist/main.js', import.meta.url));

/** A daemon of its own for one measurement, on a free port and with a data directory that goes with it. */
export interface CloudDaemon {
  readonly port: number;
  /** From the start of the process to its first answer. */
  readonly startMs: number;
  /** What the process holds, in megabytes: its resident set, or NaN without /proc. */
  megabytes(): number;
  /** One request of a query service as account 111111111111. Out: the body. */
  query(parameters: Readonly<Record<string, string>>): Promise<string>;
  stop(): Promise<void>;
}

/** @param options.speed cloud seconds a second @param options.isMemory keeps nothing on disk */
export async function startDaemon(options: {
  readonly speed: number;
  readonly isMemory?: boolean;
}): Promise<CloudDaemon> {
  const data = mkdtempSync(join(tmpdir(), 'roundtrip-bench-cloud-'));
  const port = await freePort();
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      MAIN,
      '--port',
      `${port}`,
      '--speed',
      `${options.speed}`,
      '--data',
      data,
      ...(options.isMemory ? ['--memory'] : []),
    ],
    { stdio: 'ignore', env: { ...process.env, LOCAL_CLOUD_LIMITS: 'off' } },
  );
  await untilAnswered(child, agent, port);
  const startMs = performance.now() - startedAt;
  return {
    port,
    startMs,
    megabytes: () => residentMegabytes(child.pid ?? 0),
    query: (parameters) =>
      ask(agent, port, '/', { body: new URLSearchParams({ Version: '2010-05-15', ...parameters }).toString() }),
    async stop() {
      agent.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

const HEADERS = {
  'content-type': 'application/x-www-form-urlencoded',
  authorization:
    'AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/cloudformation/aws4_request, SignedHeaders=host, Signature=none',
};

async function untilAnswered(child: ChildProcess, agent: Agent, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new RangeError(`the local cloud ended with ${child.exitCode}`);
    try {
      await ask(agent, port, '/_roundtrip/health', {});
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

function ask(agent: Agent, port: number, path: string, { body }: { readonly body?: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const asked = request({ host: '127.0.0.1', port, path, agent, method, headers: HEADERS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new RangeError(`${response.statusCode}: ${text}`)),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function residentMegabytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
