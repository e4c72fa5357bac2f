import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestEndpoint {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Waits for what uses an endpoint, and closes it however that ends. */
export async function closeAfter(endpoint: TestEndpoint, use: Promise<void>): Promise<void> {
  try {
    await use;
  } finally {
    await endpoint.close();
  }
}

/** An endpoint that answers whatever it is asked with one error of the query protocol, as STS and CloudFormation do. */
export async function openErrorEndpoint(code: string, message: string): Promise<TestEndpoint> {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return await openEndpoint(403, `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
}

/** Something that is no cloud at all. */
export async function openStranger(): Promise<TestEndpoint> {
  return await openEndpoint(200, '<html>It works!</html>');
}

/** What an endpoint answers in place of the one behind it. */
export interface Meddled {
  readonly status: number;
  readonly body: string;
}

/**
 * Passes everything on to another endpoint and keeps the names of the operations that were asked for.
 * @param meddle hears of each operation before it is passed on, and may answer it
 */
export async function openRecorder(
  target: string,
  meddle?: (operation: string) => Promise<Meddled | undefined> | Meddled | undefined,
): Promise<TestEndpoint & { readonly operations: string[] }> {
  const operations: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const operation = operationOf(request, body);
    operations.push(operation);
    const meddled = await meddle?.(operation);
    if (meddled !== undefined) return void response.writeHead(meddled.status).end(meddled.body);
    const { method = 'GET', headers } = request;
    const passed = ask(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    passed.end(body);
  };
  const endpoint = await listen((request, response) => void serve(request, response));
  return { ...endpoint, operations };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** `CreateStack`, or `GET /bucket/key` for S3. */
function operationOf({ method, url, headers }: IncomingMessage, body: Buffer): string {
  const [, target] = String(headers['x-amz-target'] ?? '').split('.');
  return target ?? new URLSearchParams(body.toString()).get('Action') ?? `${method} ${url}`;
}

async function openEndpoint(status: number, body: string): Promise<TestEndpoint> {
  return await listen((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'content-type': 'text/xml', connection: 'close' }).end(body));
  });
}

async function listen(listener: RequestListener): Promise<TestEndpoint> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
