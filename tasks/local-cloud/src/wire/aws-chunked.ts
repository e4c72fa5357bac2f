import { ServiceError } from '../world.ts';
import { bufferOf } from './http.ts';
import type { WireRequest } from './http.ts';

/**
 * The body without the framing that signed or checksummed streams have: `<size in hexadecimal>[;…]\r\n<bytes>\r\n`,
 * ended by a chunk of size 0 and trailing headers.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function bodyOf(request: WireRequest): Uint8Array {
  if (!(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')) return request.body;
  const framed = bufferOf(request.body);
  const chunks: Buffer[] = [];
  for (let start = 0; ;) {
    const lineEnd = framed.indexOf('\r\n', start);
    const size = Number.parseInt(framed.toString('latin1', start, lineEnd), 16);
    const chunk = framed.subarray(lineEnd + 2, lineEnd + 2 + size);
    if (lineEnd < 0 || Number.isNaN(size) || chunk.length < size) throw incomplete();
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(chunk);
    start = lineEnd + 2 + size + 2;
  }
}

function incomplete(): ServiceError {
  return new ServiceError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
