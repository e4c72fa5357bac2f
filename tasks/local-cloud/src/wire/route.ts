import { bufferOf } from './http.ts';
import type { WireRequest } from './http.ts';

/** What a request says of itself before anything of its body's meaning is known. */
export interface Route {
  /** The name that requests to the service are signed with: `cloudformation`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
}

/**
 * Reads the credential scope of a SigV4 signature, in the header or in a presigned query. The signature itself is
 * not checked: nobody who can reach the loopback interface needs to prove anything to a simulation.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function routeOf(request: WireRequest): Route | undefined {
  const scope = /Credential=([^,\s]+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? presignedScope(request);
  if (scope === undefined) return presignedLongAgo(request) ?? unsignedRoute(request);
  // <access key>/<date>/<region>/<service>/aws4_request; an access key may itself hold slashes.
  const parts = scope.split('/');
  const service = parts.at(-2);
  const region = parts.at(-3);
  if (parts.length < 5 || service === undefined || region === undefined) return undefined;
  return { service, region, accessKeyId: parts.slice(0, -4).join('/') };
}

/** S3's older presigned form, which the aws command line still writes; it names neither service nor region. */
function presignedLongAgo(request: WireRequest): Route | undefined {
  if (!request.query.includes('AWSAccessKeyId=')) return undefined;
  const query = new URLSearchParams(request.query);
  const accessKeyId = query.get('AWSAccessKeyId');
  return accessKeyId === null || !query.has('Signature')
    ? undefined
    : { service: 's3', region: 'us-east-1', accessKeyId };
}

const UNSIGNED_BYTES_MAX = 65_536;
/** Whoever comes with a token of another kind has no key to sign with yet. */
const UNSIGNED = /(?:^|&)Action=AssumeRoleWith(?:WebIdentity|SAML)(?:&|$)/;

function unsignedRoute(request: WireRequest): Route | undefined {
  if (request.path !== '/' || request.body.length > UNSIGNED_BYTES_MAX) return undefined;
  if (!UNSIGNED.test(request.query) && !UNSIGNED.test(bufferOf(request.body).toString('latin1'))) return undefined;
  const region = /\bsts\.([a-z\d-]+)\.amazonaws\.com/.exec(request.headers['host'] ?? '')?.[1];
  return { service: 'sts', region: region ?? 'us-east-1', accessKeyId: '' };
}

function presignedScope(request: WireRequest): string | undefined {
  if (!request.query.includes('X-Amz-Credential=')) return undefined;
  return new URLSearchParams(request.query).get('X-Amz-Credential') ?? undefined;
}
