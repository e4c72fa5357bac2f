import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/transport';
import type { Cloud } from './cloud.ts';
import { arrival } from './in-process-options.ts';
import type { InProcessOptions } from './in-process-options.ts';

/** The part of an SDK request that is read here. */
interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * A `requestHandler` for any SDK client: its requests go to the cloud through the same wire code as over a socket,
 * without one. `new ECSClient({ region, credentials, requestHandler: requestHandler(cloud) })`
 */
export function requestHandler(cloud: Cloud, options: InProcessOptions = {}) {
  return {
    async handle(request: SdkRequest): Promise<{ response: HttpResponse }> {
      const answer = await cloud.handle({
        method: request.method,
        path: request.path,
        query: queryString(request.query ?? {}),
        headers: { host: request.hostname, ...lowerCase(request.headers) },
        body: await bytesOf(request.body),
      });
      await arrival(answer, options);
      const { status, headers, body } = answer;
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const response = new HttpResponse({ statusCode: status, headers: { ...headers }, body: Readable.from([bytes]) });
      return { response };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

function queryString(query: NonNullable<SdkRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly string[]) : [value as string | null]).map((item) =>
      item === null ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(item)}`,
    ),
  );
  return pairs.join('&');
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) {
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  return Buffer.concat(chunks);
}
