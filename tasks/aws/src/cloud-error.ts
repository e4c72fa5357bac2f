import { CloudError, type CloudErrorKind } from '@roundtrip/engine';

const BY_CODE: Readonly<Record<string, CloudErrorKind>> = {
  AlreadyExistsException: 'already-exists',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  SlowDown: 'throttled',
  // Route 53 makes changes of one zone one after the other.
  PriorRequestNotComplete: 'throttled',
  ExpiredToken: 'credentials',
  ExpiredTokenException: 'credentials',
  InvalidClientTokenId: 'credentials',
  InvalidAccessKeyId: 'credentials',
  UnrecognizedClientException: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  // A request that was on its way for too long; it is signed anew.
  RequestTimeTooSkewed: 'credentials',
  RequestExpired: 'credentials',
  InvalidSignatureException: 'credentials',
  CredentialsProviderError: 'credentials',
  TokenProviderError: 'credentials',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  ECONNREFUSED: 'network',
  ECONNRESET: 'network',
  ENOTFOUND: 'network',
  EAI_AGAIN: 'network',
  ETIMEDOUT: 'network',
  EPIPE: 'network',
  TimeoutError: 'network',
};

/** What the SDK threw, classed for the engine; AWS's code and text stay as they are. */
export function toCloudError(error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const { name, code, message } = describe(error);
  const kind = BY_CODE[name] ?? BY_CODE[code ?? ''] ?? (isServer(error) ? 'server' : byMessage(name, message));
  return new CloudError(kind, BY_CODE[name] === undefined && code !== undefined ? code : name, message, {
    cause: error,
  });
}

/** What AWS says of one thing among many, in an answer that is a success as a whole; classed like any other error. */
export function refusalOf(code: string, message: string): CloudError {
  return new CloudError(BY_CODE[code] ?? byMessage(code, message), code, message);
}

/** Lets work reject with a CloudError, whatever it was that the SDK threw. */
export async function classed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toCloudError(error);
  }
}

/** An answer with a status of 500 or more says nothing about what was done. */
function isServer(error: unknown): boolean {
  const { $metadata: metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return (metadata?.httpStatusCode ?? 0) >= 500;
}

function byMessage(name: string, message: string): CloudErrorKind {
  if (message === 'No updates are to be performed.') return 'no-updates';
  if (/^Stack (with id .+|\[.+\]) does not exist$/.test(message)) return 'not-found';
  return name === 'ValidationError' || name === 'ValidationException' ? 'invalid' : 'unknown';
}

function describe(error: unknown): { name: string; code: string | undefined; message: string } {
  if (!(error instanceof Error)) return { name: 'Unknown', code: undefined, message: String(error) };
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error.cause;
  const code = codeOf(error) ?? codeOf(inner);
  const message = error.message !== '' || !(inner instanceof Error) ? error.message : inner.message;
  return { name: error.name, code, message };
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
