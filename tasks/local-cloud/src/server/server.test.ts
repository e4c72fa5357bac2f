import { once } from 'node:events';
import { request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand, PutObjectCommand, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { testCloud } from '../testing/test-cloud.ts';
import { BODY_BYTES_MAX, createCloudServer } from './server.ts';
import type { Health } from './control.ts';

interface Context {
  server: Server;
  port: number;
  did: string[];
}
const test = suite<Context>('server');

const HEALTH: Health = {
  service: 'roundtrip-local-cloud',
  pid: 1,
  version: '0.0.0',
  speed: 60,
  dataDirectory: '/data',
  root: '/root',
  cloudTime: '2026-01-01T00:00:00.000Z',
};

test.before.each(async (context) => {
  const did: string[] = [];
  const { cloud } = testCloud();
  const control = {
    health: () => HEALTH,
    reset: () => did.push('reset'),
    stop: () => did.push('stop'),
    faults: () => cloud.faults(),
    setFaults: (plan: FaultPlan) => cloud.setFaults(plan),
  };
  const server = createCloudServer({ cloud, control, speed: 60, report: (defect) => did.push(String(defect)) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(context, { server, did, port: (server.address() as AddressInfo).port });
});
test.after.each(async ({ server }) => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const { body, ...rest } = options;
    const asked = request({ host: '127.0.0.1', port, path, agent: false, ...rest }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const config = (port: number) => ({
  region: 'eu-west-1',
  endpoint: `http://127.0.0.1:${port}`,
  credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
});

test('SDK clients of several protocols work over HTTP', async ({ port }) => {
  const sts = new STSClient(config(port));
  assert.is((await sts.send(new GetCallerIdentityCommand({}))).Account, '111111111111');
  const s3 = new S3Client(config(port));
  const where = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
  await s3.send(new CreateBucketCommand({ Bucket: 'templates', ...where }));
  const body = 'Resources: {}\n'.repeat(10_000);
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'a/b.yaml', Body: body, ContentType: 'text/yaml' }));
  const read = await s3.send(new GetObjectCommand({ Bucket: 'templates', Key: 'a/b.yaml' }));
  assert.is(await read.Body?.transformToString(), body);
  assert.is(read.ContentType, 'text/yaml');
  sts.destroy();
  s3.destroy();
});

test('control requests are answered without a signature', async ({ port, did }) => {
  assert.equal(JSON.parse((await ask(port, '/_roundtrip/health')).text), HEALTH);
  assert.is((await ask(port, '/_roundtrip/reset', { method: 'POST' })).status, 200);
  assert.is((await ask(port, '/_roundtrip/stop', { method: 'POST' })).status, 200);
  assert.equal(did, ['reset', 'stop']);
  assert.equal(await ask(port, '/_roundtrip/stop'), {
    status: 404,
    text: '{"error":"GET /_roundtrip/stop is none of GET health, POST reset, POST stop, GET faults, PUT faults, DELETE faults"}\n',
  });
});

test('faults are switched on, listed and switched off', async ({ port }) => {
  const put = (body: string) => ask(port, '/_roundtrip/faults', { method: 'PUT', body: Buffer.from(body) });
  const on = await put('faults: [{ fault: throttle, times: 1 }]');
  assert.equal([on.status, JSON.parse(on.text).faults[0].fired], [200, 0]);
  const sts = new STSClient({ ...config(port), maxAttempts: 1 });
  assert.is(await sts.send(new GetCallerIdentityCommand({})).catch(({ name }: Error) => name), 'Throttling');
  const listed = JSON.parse((await ask(port, '/_roundtrip/faults')).text);
  assert.equal([listed.faults[0].fault, listed.faults[0].seen, listed.faults[0].fired], ['throttle', 1, 1]);
  assert.equal(await put('faults: [{ fault: snow }]').then(({ status, text }) => [status, JSON.parse(text).error]), [
    400,
    'the request:1:19: faults[0].fault is "snow", not one of throttle, error, reset-before, reset-after, slow, stale, ' +
      'expired-credentials, denied, fail-create, fail-update, fail-delete, capacity, task-exits and task-unhealthy\n  next: did you mean slow?',
  ]);
  assert.equal(JSON.parse((await ask(port, '/_roundtrip/faults', { method: 'DELETE' })).text), { faults: [] });
  sts.destroy();
});

test('a connection is reset, and the SDK tries again', async ({ port }) => {
  const body = Buffer.from('faults: [{ fault: reset-after, times: 1 }, { fault: slow, seconds: 0.6 }]');
  await ask(port, '/_roundtrip/faults', { method: 'PUT', body });
  const sts = new STSClient(config(port));
  const { $metadata } = await sts.send(new GetCallerIdentityCommand({}));
  assert.is($metadata.attempts, 2);
  sts.destroy();
});

test('a foreign host is refused, so that no name can be rebound to this machine', async ({ port }) => {
  assert.equal(await ask(port, '/_roundtrip/health', { headers: { host: 'evil.example:4566' } }), {
    status: 403,
    text: 'The local cloud answers to localhost and 127.0.0.1 only, not to the host "evil.example:4566".\n',
  });
  for (const host of ['localhost', `localhost:${port}`, '[::1]:4566', 'bucket.localhost:4566']) {
    assert.is((await ask(port, '/_roundtrip/health', { headers: { host } })).status, 200, host);
  }
});

test('a web page is refused', async ({ port }) => {
  assert.equal(await ask(port, '/_roundtrip/reset', { method: 'POST', headers: { origin: 'https://evil.example' } }), {
    status: 403,
    text: 'The local cloud does not answer web pages; this one came from "https://evil.example".\n',
  });
  assert.is((await ask(port, '/_roundtrip/health', { headers: { origin: 'null' } })).status, 403);
});

test('a body beyond the limit is refused, whether its length is told or not', async ({ port }) => {
  const body = Buffer.alloc(BODY_BYTES_MAX + 1);
  const text = `The local cloud takes requests of up to ${BODY_BYTES_MAX} bytes`;
  const told = await ask(port, '/', { method: 'POST', headers: { 'content-length': String(body.length) } }).catch(
    () => undefined,
  );
  assert.is(told?.status, 413);
  assert.match(told?.text ?? '', text);
  // Whoever goes on sending may see the connection closed before the answer.
  const streamed = await ask(port, '/', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body }).catch(
    () => undefined,
  );
  assert.ok(streamed === undefined || streamed.status === 413);
  assert.is((await ask(port, '/_roundtrip/health')).status, 200);
});

test.run();
