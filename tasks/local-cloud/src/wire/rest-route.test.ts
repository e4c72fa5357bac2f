import * as s3 from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { WireRequest } from './http.ts';
import { modelOf } from './model.ts';
import { matchRest } from './rest-route.ts';

const model = modelOf(s3);

function request(method: string, url: string, headers: Record<string, string> = {}): WireRequest {
  const [path = '/', query = ''] = url.split('?');
  return { method, path, query, headers, body: new Uint8Array() };
}

function routed(method: string, url: string, headers?: Record<string, string>): [string?, object?] {
  const match = matchRest(model, request(method, url, headers));
  return match === undefined ? [] : [match.operation.name, match.labels];
}

test('the same path means what method, query and headers make of it', () => {
  assert.equal(routed('GET', '/'), ['ListBuckets', {}]);
  assert.equal(routed('PUT', '/b'), ['CreateBucket', { Bucket: 'b' }]);
  assert.equal(routed('HEAD', '/b/'), ['HeadBucket', { Bucket: 'b' }]);
  assert.equal(routed('GET', '/b'), ['ListObjects', { Bucket: 'b' }]);
  assert.equal(routed('GET', '/b?list-type=2&prefix=x'), ['ListObjectsV2', { Bucket: 'b' }]);
  assert.equal(routed('GET', '/b?location'), ['GetBucketLocation', { Bucket: 'b' }]);
  assert.equal(routed('GET', '/b?versioning='), ['GetBucketVersioning', { Bucket: 'b' }]);
  assert.equal(routed('POST', '/b?delete'), ['DeleteObjects', { Bucket: 'b' }]);
  assert.equal(routed('PUT', '/b/k'), ['PutObject', { Bucket: 'b', Key: 'k' }]);
  assert.equal(routed('PUT', '/b/k?x-id=PutObject'), ['PutObject', { Bucket: 'b', Key: 'k' }]);
  assert.equal(routed('PUT', '/b/k', { 'x-amz-copy-source': 'a/b' }), ['CopyObject', { Bucket: 'b', Key: 'k' }]);
  assert.equal(routed('PUT', '/b/k?partNumber=1&uploadId=u'), ['UploadPart', { Bucket: 'b', Key: 'k' }]);
  assert.equal(routed('GET', '/b/k?tagging'), ['GetObjectTagging', { Bucket: 'b', Key: 'k' }]);
  assert.equal(routed('PATCH', '/b/k'), []);
});

test('keys keep their slashes and lose their encoding', () => {
  assert.equal(routed('GET', '/b/a/b%20c/%C3%BC'), ['GetObject', { Bucket: 'b', Key: 'a/b c/ü' }]);
  assert.equal(routed('GET', '/b/100%'), ['GetObject', { Bucket: 'b', Key: '100%' }]);
});

test('a bucket in the name of the host is the first part of the path', () => {
  const key = ['GetObject', { Bucket: 'my.bucket', Key: 'k' }];
  assert.equal(routed('GET', '/k', { host: 'my.bucket.s3.eu-west-1.amazonaws.com' }), key);
  assert.equal(routed('GET', '/k', { host: 'my.bucket.localhost:4566' }), key);
  assert.equal(routed('GET', '/', { host: 's3.eu-west-1.amazonaws.com' }), ['ListBuckets', {}]);
});

test.run();
