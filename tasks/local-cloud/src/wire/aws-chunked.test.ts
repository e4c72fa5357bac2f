import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bodyOf } from './aws-chunked.ts';

const request = (body: string, sha = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') => ({
  method: 'PUT',
  path: '/b/k',
  query: '',
  headers: { 'x-amz-content-sha256': sha },
  body: Buffer.from(body),
});
const text = (body: string, sha?: string): string => Buffer.from(bodyOf(request(body, sha))).toString();

test('chunks are put together, signatures and trailers left out', () => {
  assert.is(
    text('5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'),
    'hello world',
  );
  assert.is(text('0\r\n\r\n'), '');
});

test('a body that is not framed stays as it is', () => {
  assert.is(text('5\r\nhello', 'UNSIGNED-PAYLOAD'), '5\r\nhello');
});

test('a body that ends too early is refused', () => {
  for (const body of ['', '5\r\nhel', 'zz\r\nhello\r\n', '5\r\nhello\r\n']) {
    assert.throws(
      () => text(body),
      /^You did not provide the number of bytes specified by the Content-Length HTTP header$/,
      body,
    );
  }
});

test.run();
