import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(?:(?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * A web page open in the same machine's browser can reach the loopback interface, by its own name rebound to
 * 127.0.0.1 or by a cross-origin request. Neither is let in.
 *
 * @returns why a request is refused; undefined where it may pass
 */
export function foreignSource(headers: IncomingHttpHeaders): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !LOOPBACK.test(host)) {
    return `The local cloud answers to localhost and 127.0.0.1 only, not to the host "${host ?? ''}".`;
  }
  if (origin !== undefined && !LOOPBACK.test(origin.replace(/^https?:\/\//, ''))) {
    return `The local cloud does not answer web pages; this one came from "${origin}".`;
  }
  return undefined;
}
