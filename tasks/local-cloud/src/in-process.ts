import { strict as assert } from 'node:assert';
import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { ServiceException } from '@smithy/core/client';
import { HttpRequest, HttpResponse } from '@smithy/core/transport';
import type { Cloud, Invoked } from './cloud.ts';
import { copy } from './copy.ts';
import { arrival } from './in-process-options.ts';
import type { InProcessOptions } from './in-process-options.ts';

/** The part of an operation's schema that is read here. */
interface OperationSchema {
  readonly name: string;
}

/** Shapes that every client's configuration shares. */
type Logger = NonNullable<CloudFormationClientConfig['logger']>;
type AuthScheme = NonNullable<CloudFormationClientConfig['httpAuthSchemes']>[number];

/** What a request carries in place of bytes. */
interface Asked {
  readonly operation: string;
  readonly input: object;
  /** Else the client works out a length, fails to, and makes an error of it that nobody sees. */
  readonly byteLength: 0;
}

/** Where it is noted, in place of a signature, on whose behalf a request is made: access key, region and service. */
const ON_BEHALF = 'x-roundtrip-on-behalf';

/**
 * The configuration of an SDK client of an RPC service (CloudFormation, ECS, tagging and so on; not S3, Route 53 and
 * what else binds to HTTP) that hands shapes to the cloud and takes shapes back: no XML or JSON is written or read, no
 * signature is computed. Retries, paging and everything else of the client are its own.
 *
 * `new CloudFormationClient({ region, credentials, ...inProcess(cloud) })`
 */
export function inProcess(cloud: Cloud, options: InProcessOptions = {}) {
  const requestHandler = {
    async handle({ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }) {
      const [accessKeyId = '', region = '', service = ''] = (headers[ON_BEHALF] ?? '').split(' ');
      const { operation, input } = body as Asked;
      const answer = await cloud.invoke({ operation, input, accessKeyId, region, service });
      await arrival(answer, options);
      const statusCode = 'error' in answer ? answer.error.status : 200;
      // Whoever has a client may change what it answers; what the cloud shares with others is copied too.
      const own = 'result' in answer ? { ...answer, result: copy(answer.result) } : answer;
      return { response: new HttpResponse({ statusCode, body: own }) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  return {
    ...{ requestHandler, protocol: PROTOCOL, httpAuthSchemes: [ON_BEHALF_SCHEME], logger: LOGGER },
    endpointProvider: () => ENDPOINT,
    // A client puts its layers together anew for each request unless it is told that they stay as they are.
    cacheMiddleware: true,
  };
}

/** Working out where AWS would be takes longer than most answers. */
const ENDPOINT = { url: new URL('https://localhost') };

const nothing = (): void => undefined;

/** The client's own logger does nothing either, but as it has an `info`, every input and output is prepared for it. */
const LOGGER = { debug: nothing, warn: nothing, error: nothing } as unknown as Logger;

const PROTOCOL = {
  getShapeId: () => 'roundtrip.protocols#inProcess',
  getRequestType: () => HttpRequest,
  getResponseType: () => HttpResponse,
  getPayloadCodec: (): never => assert.fail('nothing is encoded in process'),
  setSerdeContext: () => undefined,
  updateServiceEndpoint: (request: HttpRequest) => request,
  async serializeRequest({ name }: OperationSchema, input: object) {
    const body: Asked = { operation: name, input, byteLength: 0 };
    return new HttpRequest({ method: 'POST', hostname: 'localhost', path: '/', headers: {}, body });
  },
  async deserializeResponse<Output>(
    _operation: OperationSchema,
    _context: unknown,
    { statusCode, body }: HttpResponse,
  ): Promise<Output> {
    const answer = body as Invoked;
    const $metadata = { httpStatusCode: statusCode, requestId: answer.requestId };
    return outputOf(answer, $metadata) as Output;
  },
};

function outputOf(answer: Invoked, $metadata: { readonly httpStatusCode: number; readonly requestId: string }): object {
  if ('result' in answer) return { $metadata, ...answer.result };
  assert('error' in answer, 'a connection that was lost has no answer');
  const { code, message, status } = answer.error;
  throw new ServiceException({ name: code, message, $fault: status < 500 ? 'client' : 'server', $metadata });
}

/** On whose behalf calls are made: the access key says the account. */
export interface Caller extends InProcessOptions {
  readonly accessKeyId: string;
  readonly region: string;
}

/**
 * The cloud without any client: an operation's input in, its output out, errors as the SDK throws them. Nothing is tried
 * again, and what is answered is frozen where the cloud answers with it more than once. `invoke('cloudformation', 'DescribeStacks', {})`; the service is the name that requests are signed with.
 */
export function invoker(cloud: Cloud, { accessKeyId, region, ...options }: Caller) {
  return async (service: string, operation: string, input: object): Promise<object> => {
    const answer = await cloud.invoke({ operation, input, accessKeyId, region, service });
    await arrival(answer, options);
    const httpStatusCode = 'error' in answer ? answer.error.status : 200;
    return outputOf(answer, { httpStatusCode, requestId: answer.requestId });
  };
}

const ON_BEHALF_SCHEME: AuthScheme = {
  schemeId: 'aws.auth#sigv4',
  identityProvider: (config) => config.getIdentityProvider('aws.auth#sigv4'),
  signer: {
    async sign(request, identity, properties) {
      const { accessKeyId } = identity as { readonly accessKeyId?: string };
      const onBehalf = `${accessKeyId} ${String(properties['region'])} ${String(properties['name'])}`;
      const headers = { ...request.headers, [ON_BEHALF]: onBehalf };
      return Object.assign(HttpRequest.clone(request), { headers });
    },
  },
};
