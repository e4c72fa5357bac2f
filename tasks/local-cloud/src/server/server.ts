import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Cloud } from '../cloud.ts';
import { fallbackError } from '../wire/fallback-error.ts';
import type { WireRequest, WireResponse } from '../wire/http.ts';
import { control, CONTROL_PATH } from './control.ts';
import type { ControlPort } from './control.ts';
import { foreignSource } from './foreign-source.ts';

/** The aws command line puts objects of up to 8 MiB whole and larger ones in parts of 8 MiB; more is a mistake. */
export const BODY_BYTES_MAX = 9 * 1024 * 1024;
/** Longer than any SDK keeps a connection idle, so that none is closed under a request just sent. */
const KEEP_ALIVE_MS = 120_000;

export interface ServerOptions {
  readonly cloud: Cloud;
  readonly control: ControlPort;
  /** Cloud seconds a real second. */
  readonly speed: number;
  /** Hears of failures to answer, which nobody else would. */
  readonly report: (defect: unknown) => void;
}

/** The cloud's HTTP face; the caller makes it listen, on the loopback interface only. */
export function createCloudServer(options: ServerOptions): Server {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((defect: unknown) => {
      options.report(defect);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function answer(options: ServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const foreign = foreignSource(request.headers);
  if (foreign !== undefined) return send(response, { status: 403, headers: TEXT, body: `${foreign}\n` });
  const [path, query] = splitOnce(request.url ?? '/', '?');
  if (path.startsWith(CONTROL_PATH)) {
    return send(response, await controlled(options, request, path.slice(CONTROL_PATH.length)));
  }
  const head = { method: request.method ?? 'GET', path, query, headers: singleHeaders(request) };
  const body = await readBody(request);
  if (body === undefined) return send(response, tooLarge({ ...head, body: new Uint8Array() }));
  return arrive(options, response, await options.cloud.handle({ ...head, body }));
}

async function controlled(
  { control: port }: ServerOptions,
  request: IncomingMessage,
  action: string,
): Promise<WireResponse> {
  const body = await readBody(request);
  if (body === undefined) return control(port, request.method ?? 'GET', 'too-large', '');
  return control(port, request.method ?? 'GET', action, Buffer.from(body).toString('utf8'));
}

/** A fault may lose the connection in place of the answer, or let the answer be late. */
function arrive({ speed }: ServerOptions, response: ServerResponse, answer: WireResponse): void {
  const finish = (): void => {
    if (answer.isReset) response.req.socket.resetAndDestroy();
    else send(response, answer);
  };
  if (answer.delayMs === undefined) finish();
  else setTimeout(finish, answer.delayMs / speed);
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

function tooLarge(request: WireRequest): WireResponse {
  const error = {
    code: 'RequestEntityTooLarge',
    message: `The local cloud takes requests of up to ${BODY_BYTES_MAX} bytes`,
    status: 413,
  };
  const { headers, ...rest } = fallbackError(request, 'none', error);
  return { ...rest, headers: { ...headers, connection: 'close' } };
}

/** undefined where it is too large; the rest of it is then not read. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk as Buffer);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  // HEAD and 204 carry no body, and an answer to HEAD has its own length.
  const isBodiless = response.req.method === 'HEAD' || status === 204 || status === 304;
  const length = isBodiless ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(status, { ...length, ...headers });
  response.end(isBodiless ? undefined : bytes);
}

function singleHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}
