import { ProblemError } from '@roundtrip/problem';

/**
 * Another endpoint than AWS's own, from AWS_ENDPOINT_URL; undefined where it is absent or empty.
 * @throws ProblemError where it is no URL: the SDK would only say that something is unknown.
 */
export function endpointOf(env: NodeJS.ProcessEnv): string | undefined {
  const text = env['AWS_ENDPOINT_URL'];
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new ProblemError({
    code: 'bad-endpoint',
    what: `AWS_ENDPOINT_URL is "${text}", which is no address`,
    why: 'it has to begin with http:// or https://',
    next: 'AWS_ENDPOINT_URL=http://127.0.0.1:4566, or unset it to reach AWS itself',
  });
}
