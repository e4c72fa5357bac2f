import type { WireRequest, WireResponse } from './http.ts';
import type { WireError } from './protocol.ts';

/**
 * An error for a caller whose service is not simulated: in JSON where the request looks like it, else in the XML of
 * the query protocol, which REST-XML clients read as well.
 */
export function fallbackError(request: WireRequest, requestId: string, error: WireError): WireResponse {
  const headers = { 'x-amzn-requestid': requestId };
  if (isJson(request)) {
    const body = JSON.stringify({ __type: error.code, message: error.message });
    return {
      status: error.status,
      headers: { ...headers, 'content-type': 'application/json', 'x-amzn-errortype': error.code },
      body,
    };
  }
  const [code, message] = [escapeXml(error.code), escapeXml(error.message)];
  const body =
    `<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code>` +
    `<Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: { ...headers, 'content-type': 'text/xml' }, body };
}

/** Forms are the query protocol's; REST calls have a path, and all but two old services speak JSON there. */
function isJson(request: WireRequest): boolean {
  if ('x-amz-target' in request.headers || (request.headers['content-type'] ?? '').includes('json')) return true;
  return (
    request.path !== '/' && !/\/(?:s3|route53|cloudfront)\/aws4_request/.test(request.headers['authorization'] ?? '')
  );
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
