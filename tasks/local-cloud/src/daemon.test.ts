import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ProblemError } from '@roundtrip/problem';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ensureRunning, reset, stop } from './daemon.ts';
import type { DaemonOptions } from './daemon.ts';
import { probe } from './daemon/probe.ts';
import { freePort, startDaemon } from './testing/test-daemon.ts';

interface Context {
  root: string;
  port: number;
  options: DaemonOptions;
}
const test = suite<Context>('daemon');

test.before.each(async (context) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cloud-')));
  const port = await freePort();
  Object.assign(context, { root, port, options: { root, env: { ...process.env, LOCAL_CLOUD_PORT: String(port) } } });
});
test.after.each(async ({ root, options }) => {
  await stop(options);
  rmSync(root, { recursive: true, force: true });
});

async function healthOf(port: number) {
  const found = await probe(port);
  return found.kind === 'cloud' ? found.health : undefined;
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    assert.instance(error, ProblemError);
    return (error as ProblemError).message;
  }
  return 'it did not fail';
}

function ssm(port: number): SSMClient {
  return new SSMClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
}

async function put(client: SSMClient, name: string): Promise<void> {
  await client.send(new PutParameterCommand({ Name: `/test/${name}`, Value: name, Type: 'String' }));
}

async function names(client: SSMClient): Promise<string[]> {
  const all: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetParametersByPathCommand({ Path: '/test', ...(NextToken && { NextToken }) }));
    all.push(...(page.Parameters ?? []).map(({ Value }) => Value ?? ''));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return all;
}

test('it is started where it does not run, and left alone where it does', async ({ options, port, root }) => {
  assert.equal(await ensureRunning(options), { endpoint: `http://127.0.0.1:${port}`, startedNow: true, speed: 60 });
  const first = await healthOf(port);
  assert.is(first?.root, root);
  assert.is(first?.dataDirectory, join(root, '.roundtrip/cloud'));
  assert.is(first?.speed, 60);
  assert.equal(await ensureRunning(options), { endpoint: `http://127.0.0.1:${port}`, startedNow: false, speed: 60 });
  assert.is((await healthOf(port))?.pid, first?.pid);
  assert.ok(await stop(options));
  assert.not(await stop(options));
});

test('another speed starts it again, with everything it knew', async ({ options, port }) => {
  await ensureRunning(options);
  const client = ssm(port);
  await put(client, 'kept');
  assert.ok((await ensureRunning({ ...options, speed: 10 })).startedNow);
  assert.is((await healthOf(port))?.speed, 10);
  assert.equal(await names(client), ['kept']);
  client.destroy();
});

test('another port takes over the same data, so that never two write it', async ({ options, port }) => {
  await ensureRunning(options);
  const other = await freePort();
  await ensureRunning({ ...options, port: other });
  assert.equal(await probe(port), { kind: 'nobody' });
  assert.ok(await healthOf(other));
  await stop({ ...options, port: other });
});

test('a reset forgets everything, running or not', async ({ options, port, root }) => {
  await ensureRunning(options);
  const client = ssm(port);
  await put(client, 'forgotten');
  await reset(options);
  assert.equal(await names(client), []);
  await stop(options);
  await reset(options);
  assert.not(existsSync(join(root, '.roundtrip/cloud')));
  client.destroy();
});

test('a port held by something else is a problem that says how to choose another', async ({ options, port }) => {
  const stranger = createServer((_request, response) => response.end('hello')).listen(port, '127.0.0.1');
  await once(stranger, 'listening');
  assert.is(
    await problemOf(ensureRunning(options)),
    [
      `port ${port} is taken by something that is not the local cloud`,
      '  why: with "cloud: local" an environment is built in the local cloud, which listens there',
      '  next: LOCAL_CLOUD_PORT=4566 make stage',
    ].join('\n'),
  );
  assert.match(
    await problemOf(ensureRunning({ ...options, port: 'x' })),
    /^LOCAL_CLOUD_PORT is "x", which is no port\n/,
  );
  stranger.close();
  stranger.closeAllConnections();
});

test('the default port names its neighbour', async () => {
  const { portTaken } = await import('./daemon/problems.ts');
  assert.match(portTaken(4566).message, '  next: LOCAL_CLOUD_PORT=4567 make stage');
});

test("another checkout's local cloud is not used", async ({ options, port, root }) => {
  await ensureRunning(options);
  const other = realpathSync(mkdtempSync(join(tmpdir(), 'cloud-')));
  assert.is(
    await problemOf(ensureRunning({ ...options, root: other })),
    [
      `port ${port} is held by the local cloud of another checkout, ${root}`,
      '  why: each checkout has a cloud of its own; using that one would mix their environments',
      `  next: LOCAL_CLOUD_PORT=4566 make stage, or stop the other one: make -C ${root} cloud-stop`,
    ].join('\n'),
  );
  assert.not(await stop({ ...options, root: other }));
  rmSync(other, { recursive: true });
});

test('one that ends at once is a problem with its last words', async ({ options, root }) => {
  const program = join(root, 'ends.mjs');
  writeFileSync(program, 'console.error("no luck\\ntoday"); process.exit(3);');
  assert.is(
    await problemOf(ensureRunning({ ...options, program })),
    [
      'the local cloud was started and ended at once with exit code 3',
      `  why: the end of ${join(root, '.roundtrip/cloud.log')}:`,
      '    no luck',
      '    today',
      '  next: make cloud-start',
    ].join('\n'),
  );
});

test('one that does not answer in time is a problem, and is ended', async ({ options, root }) => {
  const program = join(root, 'hangs.mjs');
  writeFileSync(program, 'setTimeout(() => undefined, 20000);');
  assert.is(
    await problemOf(ensureRunning({ ...options, program, startTimeoutMs: 100 })),
    [
      'the local cloud was started but does not answer after 0.1 s',
      `  why: ${join(root, '.roundtrip/cloud.log')} is empty`,
      '  next: make cloud-start',
    ].join('\n'),
  );
});

test('a damaged log keeps it from starting, and says so', async ({ options, root }) => {
  mkdirSync(join(root, '.roundtrip/cloud'), { recursive: true });
  writeFileSync(join(root, '.roundtrip/cloud/log.jsonl'), 'not JSON\n{}\n');
  const text = await problemOf(ensureRunning(options));
  assert.match(text, 'the local cloud was started and ended at once with exit code 2');
  assert.match(text, "log.jsonl:1: the local cloud's log cannot be read");
});

test('SIGKILL in the middle of 200 writes loses nothing that was acknowledged', async ({ options, port, root }) => {
  const acknowledged: string[] = [];
  for (const round of [0, 1]) {
    const child = await startDaemon(port, root);
    const client = ssm(port);
    const writes = Array.from({ length: 200 }, async (_, index) => {
      const name = `${round}-${index}`;
      await put(client, name);
      acknowledged.push(name);
      if (acknowledged.length === 60 + round * 100) child.kill('SIGKILL');
    });
    await Promise.allSettled(writes);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    assert.is(child.signalCode, 'SIGKILL');
    client.destroy();
  }
  await ensureRunning(options);
  const client = ssm(port);
  const kept = new Set(await names(client));
  assert.equal(
    acknowledged.filter((name) => !kept.has(name)),
    [],
  );
  assert.ok(acknowledged.length >= 160 && acknowledged.length < 400, String(acknowledged.length));
  client.destroy();
});

test('SIGTERM ends it with a snapshot', async ({ port, root }) => {
  const child = await startDaemon(port, root);
  const client = ssm(port);
  await put(client, 'kept');
  client.destroy();
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  assert.is(code, 0);
  assert.is(readFileSync(join(root, '.roundtrip/cloud/log.jsonl'), 'utf8'), '');
  assert.match(readFileSync(join(root, '.roundtrip/cloud/snapshot.jsonl'), 'utf8'), '/test/kept');
});

test.run();
