import * as S3 from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { noLog } from '../../store/log.ts';
import { Store } from '../../store/store.ts';
import { failureOf, START, testCloud } from '../../testing/test-cloud.ts';
import { makeBucket } from './bucket.ts';
import { isBucketEmpty } from './is-bucket-empty.ts';
import { writeObject } from './object-store.ts';
import { objectText } from './object-text.ts';

const Bucket = 'stage-templates';
const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };

async function withBucket(account = '111111111111') {
  const tested = testCloud();
  const s3 = new S3.S3Client(tested.as(account));
  await s3.send(new S3.CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  return { ...tested, s3 };
}

const put = (Key: string, Body = Key, more: Partial<S3.PutObjectCommandInput> = {}) =>
  new S3.PutObjectCommand({ Bucket, Key, Body, ...more });

async function textOf(s3: S3.S3Client, Key: string, VersionId?: string): Promise<string | undefined> {
  const { Body } = await s3.send(new S3.GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }));
  return Body?.transformToString();
}

test('what is put is read back, with its type and metadata', async () => {
  const { s3 } = await withBucket();
  const { ETag } = await s3.send(
    put('a/b c.yaml', 'Resources: {}', { ContentType: 'text/yaml', Metadata: { run: 'r1' } }),
  );
  const read = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'a/b c.yaml' }));
  assert.is(await read.Body?.transformToString(), 'Resources: {}');
  assert.equal(
    [read.ETag, read.ContentType, read.ContentLength, read.Metadata, read.LastModified],
    [ETag, 'text/yaml', 13, { run: 'r1' }, new Date(START)],
  );
  const { ContentLength } = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'a/b c.yaml' }));
  assert.is(ContentLength, 13);
});

test('bytes come back as they are', async () => {
  const { s3 } = await withBucket();
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'bytes', Body: bytes }));
  const { Body } = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'bytes' }));
  assert.equal([...((await Body?.transformToByteArray()) ?? [])], [...bytes]);
});

test('a lease is taken by one only, renewed by its holder, and stolen by none who did not look', async () => {
  const { s3 } = await withBucket();
  const { ETag: first } = await s3.send(put('lease', 'one', { IfNoneMatch: '*' }));
  const refused = {
    name: 'PreconditionFailed',
    message: 'At least one of the pre-conditions you specified did not hold',
    status: 412,
  };
  assert.equal(await failureOf(s3.send(put('lease', 'two', { IfNoneMatch: '*' }))), refused);
  const { ETag: second } = await s3.send(put('lease', 'one again', { IfMatch: first }));
  assert.equal(await failureOf(s3.send(put('lease', 'two', { IfMatch: first }))), refused);
  assert.equal(await failureOf(s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'lease', IfMatch: first }))), refused);
  await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'lease', IfMatch: second }));
  const gone = await failureOf(s3.send(put('lease', 'two', { IfMatch: second })));
  assert.equal(gone, { name: 'NoSuchKey', message: 'The specified key does not exist.', status: 404 });
});

test('reads may be conditional', async () => {
  const { s3 } = await withBucket();
  const { ETag } = await s3.send(put('a'));
  const asked = await failureOf(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'a', IfNoneMatch: ETag })));
  assert.is(asked.status, 304);
  assert.is((await failureOf(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'a', IfMatch: '"0"' })))).status, 412);
});

test('listings have pages, prefixes and folders', async () => {
  const { s3 } = await withBucket();
  for (const key of ['b/2', 'a', 'b/1', 'c d', 'b/c/3']) await s3.send(put(key));
  const list = async (input: Partial<S3.ListObjectsV2CommandInput>) => {
    const {
      Contents = [],
      CommonPrefixes = [],
      NextContinuationToken: token,
    } = await s3.send(new S3.ListObjectsV2Command({ Bucket, ...input }));
    return { keys: Contents.map(({ Key }) => Key), prefixes: CommonPrefixes.map(({ Prefix }) => Prefix), token };
  };
  assert.equal((await list({})).keys, ['a', 'b/1', 'b/2', 'b/c/3', 'c d']);
  assert.equal((await list({ Prefix: 'b/' })).keys, ['b/1', 'b/2', 'b/c/3']);
  const { keys, prefixes } = await list({ Delimiter: '/' });
  assert.equal([keys, prefixes], [['a', 'c d'], ['b/']]);
  assert.equal((await list({ EncodingType: 'url' })).keys.at(-1), 'c%20d');
  const page = await list({ MaxKeys: 2 });
  assert.equal(page.keys, ['a', 'b/1']);
  assert.equal((await list({ MaxKeys: 9, ContinuationToken: page.token })).keys, ['b/2', 'b/c/3', 'c d']);
});

test('a versioned bucket keeps what is overwritten and marks what is deleted', async () => {
  const { s3 } = await withBucket();
  await s3.send(put('a', 'before'));
  await s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  assert.is((await s3.send(new S3.GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
  const { VersionId = '' } = await s3.send(put('a', 'after'));
  const { VersionId: marker, DeleteMarker } = await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'a' }));
  assert.ok(DeleteMarker);
  assert.is((await failureOf(textOf(s3, 'a'))).name, 'NoSuchKey');
  assert.equal([await textOf(s3, 'a', VersionId), await textOf(s3, 'a', 'null')], ['after', 'before']);
  assert.is((await failureOf(s3.send(new S3.DeleteBucketCommand({ Bucket })))).name, 'BucketNotEmpty');
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new S3.ListObjectVersionsCommand({ Bucket }));
  assert.equal(
    [Versions.map((each) => each.VersionId), DeleteMarkers.map((each) => each.VersionId)],
    [[VersionId, 'null'], [marker]],
  );
  const Objects = [...Versions, ...DeleteMarkers].map((each) => ({ Key: each.Key ?? '', VersionId: each.VersionId }));
  const { Deleted } = await s3.send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.is(Deleted?.length, 3);
  await s3.send(new S3.DeleteBucketCommand({ Bucket }));
});

test('objects are copied', async () => {
  const { s3 } = await withBucket();
  await s3.send(put('a', 'text'));
  await s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
  assert.is(await textOf(s3, 'b'), 'text');
});

test('a bucket is known by its place and its tags', async () => {
  const { s3, as } = await withBucket();
  assert.is((await s3.send(new S3.GetBucketLocationCommand({ Bucket }))).LocationConstraint, 'eu-west-1');
  assert.is((await s3.send(new S3.HeadBucketCommand({ Bucket }))).BucketRegion, 'eu-west-1');
  assert.equal(await failureOf(s3.send(new S3.GetBucketTaggingCommand({ Bucket }))), {
    name: 'NoSuchTagSet',
    message: 'The TagSet does not exist',
    status: 404,
  });
  const TagSet = [{ Key: 'environment', Value: 'stage' }];
  await s3.send(new S3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  assert.equal((await s3.send(new S3.GetBucketTaggingCommand({ Bucket }))).TagSet, TagSet);
  const elsewhere = new S3.S3Client(as('111111111111', 'us-east-1'));
  await elsewhere.send(new S3.CreateBucketCommand({ Bucket: 'another' }));
  const { Buckets = [] } = await elsewhere.send(new S3.ListBucketsCommand({}));
  assert.equal(
    Buckets.map(({ Name, BucketRegion }) => [Name, BucketRegion]),
    [
      ['another', 'us-east-1'],
      [Bucket, 'eu-west-1'],
    ],
  );
});

test('what is refused is refused in the words of S3', async () => {
  const { s3, as } = await withBucket();
  const other = new S3.S3Client(as('222222222222'));
  await s3.send(put('a'));
  const create = (Name: string) => new S3.CreateBucketCommand({ Bucket: Name, CreateBucketConfiguration });
  const failures = [
    await failureOf(s3.send(create(Bucket))),
    await failureOf(other.send(create(Bucket))),
    await failureOf(s3.send(create('No_Name'))),
    await failureOf(s3.send(new S3.DeleteBucketCommand({ Bucket }))),
    await failureOf(s3.send(new S3.ListObjectsV2Command({ Bucket: 'nowhere' }))),
    await failureOf(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'b' }))),
    await failureOf(other.send(new S3.GetObjectCommand({ Bucket, Key: 'a' }))),
  ];
  assert.equal(
    failures.map(({ name, message, status }) => `${status} ${name}: ${message}`),
    [
      '409 BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.',
      '409 BucketAlreadyExists: The requested bucket name is not available. The bucket namespace is shared by all users ' +
        'of the system. Please select a different name and try again.',
      '400 InvalidBucketName: The specified bucket is not valid.',
      '409 BucketNotEmpty: The bucket you tried to delete is not empty',
      '404 NoSuchBucket: The specified bucket does not exist',
      '404 NoSuchKey: The specified key does not exist.',
      '403 AccessDenied: Access Denied',
    ],
  );
  assert.is((await failureOf(s3.send(new S3.HeadBucketCommand({ Bucket: 'nowhere' })))).status, 404);
});

test('a bucket outside us-east-1 must name its region, which the JavaScript SDK does by itself', async () => {
  const scope = '111111111111/20260101/eu-west-1/s3/aws4_request';
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
  const request = { method: 'PUT', path: '/x-y-z', query: '', headers, body: new Uint8Array() };
  const { status, body } = await testCloud().cloud.handle(request);
  assert.is(status, 400);
  assert.match(
    String(body),
    '<Error><Code>IllegalLocationConstraintException</Code><Message>The unspecified location constraint is ' +
      'incompatible for the region specific endpoint this request was sent to.</Message>',
  );
});

test('other services read an object by any of its URLs', () => {
  const store = new Store({ log: noLog, seed: 'test' });
  store.transact(START, (world) => {
    const realm = { account: '111111111111', region: 'eu-west-1' };
    const bucket = makeBucket(world, Bucket, realm);
    assert.ok(isBucketEmpty(world, realm, Bucket));
    writeObject(world, bucket, 'a b/t.yaml', Buffer.from('Resources: ü'), {});
    assert.not(isBucketEmpty(world, realm, Bucket));
    for (const url of [
      `https://${Bucket}.s3.eu-west-1.amazonaws.com/a%20b/t.yaml`,
      `https://${Bucket}.s3.amazonaws.com/a%20b/t.yaml`,
      `https://s3.amazonaws.com/${Bucket}/a%20b/t.yaml`,
      `https://s3.eu-west-1.amazonaws.com/${Bucket}/a%20b/t.yaml`,
      `http://127.0.0.1:4566/${Bucket}/a%20b/t.yaml`,
      `s3://${Bucket}/a%20b/t.yaml`,
    ]) {
      assert.is(objectText(world, url), 'Resources: ü', url);
    }
    for (const url of [
      'nonsense',
      'https://example.com/a/b',
      `https://s3.amazonaws.com/${Bucket}`,
      `s3://${Bucket}/c`,
    ]) {
      assert.is(objectText(world, url), undefined, url);
    }
  });
});

test.run();
