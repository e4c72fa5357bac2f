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

test('a part of an object is read by range', async () => {
  const { s3 } = await withBucket();
  await s3.send(put('a', '0123456789'));
  const part = async (Range: string) => {
    const { Body, ContentRange, ContentLength, $metadata } = await s3.send(
      new S3.GetObjectCommand({ Bucket, Key: 'a', Range }),
    );
    return [await Body?.transformToString(), ContentRange, ContentLength, $metadata.httpStatusCode];
  };
  assert.equal(await part('bytes=2-4'), ['234', 'bytes 2-4/10', 3, 206]);
  assert.equal(await part('bytes=7-'), ['789', 'bytes 7-9/10', 3, 206]);
  assert.equal(await part('bytes=-2'), ['89', 'bytes 8-9/10', 2, 206]);
  assert.equal(await failureOf(part('bytes=10-')), {
    name: 'InvalidRange',
    message: 'The requested range is not satisfiable',
    status: 416,
  });
});

test('an object is uploaded in parts', async () => {
  const { s3 } = await withBucket();
  const Key = 'large';
  const { UploadId } = await s3.send(new S3.CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain' }));
  const upload = async (PartNumber: number, Body: string) => {
    const { ETag } = await s3.send(new S3.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const small = await upload(1, 'small');
  const last = await upload(2, 'end');
  const complete = (Parts: S3.CompletedPart[], IfNoneMatch?: string) =>
    s3.send(new S3.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, IfNoneMatch }));
  const names = [];
  for (const parts of [[last, small], [small, last], [{ ...last, ETag: '"0"' }]]) {
    names.push((await failureOf(complete(parts))).name);
  }
  assert.equal(names, ['InvalidPartOrder', 'EntityTooSmall', 'InvalidPart']);
  const first = await upload(1, 'x'.repeat(5 * 1024 * 1024));
  const { Parts } = await s3.send(new S3.ListPartsCommand({ Bucket, Key, UploadId }));
  assert.equal(
    Parts?.map(({ Size }) => Size),
    [5 * 1024 * 1024, 3],
  );
  await s3.send(put(Key, 'in the way'));
  assert.is((await failureOf(complete([first, last], '*'))).name, 'PreconditionFailed');
  const { ETag } = await complete([first, last]);
  assert.match(ETag ?? '', /^"[0-9a-f]{32}-2"$/);
  const head = await s3.send(new S3.HeadObjectCommand({ Bucket, Key }));
  assert.equal([head.ContentLength, head.ContentType, head.ETag], [5 * 1024 * 1024 + 3, 'text/plain', ETag]);
  assert.is((await failureOf(complete([first, last]))).name, 'NoSuchUpload');
});

test('an upload that nobody completes does not keep its bucket', async () => {
  const { s3 } = await withBucket();
  const { UploadId } = await s3.send(new S3.CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
  await s3.send(new S3.CreateMultipartUploadCommand({ Bucket, Key: 'b' }));
  const { Uploads } = await s3.send(new S3.ListMultipartUploadsCommand({ Bucket }));
  assert.equal(
    Uploads?.map(({ Key }) => Key),
    ['a', 'b'],
  );
  await s3.send(new S3.AbortMultipartUploadCommand({ Bucket, Key: 'a', UploadId }));
  await s3.send(new S3.DeleteBucketCommand({ Bucket }));
});

test("a deleted bucket's name is its owner's at once, and another's after a while", async () => {
  const { as, pass, s3 } = await withBucket();
  const create = new S3.CreateBucketCommand({ Bucket, CreateBucketConfiguration });
  await s3.send(new S3.DeleteBucketCommand({ Bucket }));
  const other = new S3.S3Client(as('222222222222'));
  assert.equal(await failureOf(other.send(create)), {
    name: 'OperationAborted',
    message: 'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    status: 409,
  });
  await s3.send(create);
  await s3.send(new S3.DeleteBucketCommand({ Bucket }));
  const elsewhere = new S3.S3Client(as('111111111111', 'eu-central-1'));
  const there = new S3.CreateBucketCommand({
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
  });
  assert.is((await failureOf(elsewhere.send(there))).name, 'OperationAborted');
  pass(90_000);
  await other.send(create);
});

test('versions and markers are listed page by page', async () => {
  const { s3 } = await withBucket();
  await s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const body of ['1', '2', '3']) await s3.send(put('a', body));
  await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'a' }));
  await s3.send(put('b'));
  const seen: string[] = [];
  let markers: Pick<S3.ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> = {};
  for (;;) {
    const page = await s3.send(new S3.ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
    seen.push(
      ...(page.DeleteMarkers ?? []).map(({ Key, IsLatest }) => `${Key} marker ${IsLatest}`),
      ...(page.Versions ?? []).map(({ Key, IsLatest }) => `${Key} ${IsLatest}`),
    );
    if (page.IsTruncated !== true) break;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  assert.equal(seen, ['a marker true', 'a false', 'a false', 'a false', 'b true']);
});

test('settings are given back, as templates and as the API say them', async () => {
  const { s3 } = await withBucket();
  const { ServerSideEncryptionConfiguration } = await s3.send(new S3.GetBucketEncryptionCommand({ Bucket }));
  assert.is(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'AES256');
  const access = async () =>
    (await s3.send(new S3.GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration;
  assert.is((await access())?.BlockPublicAcls, true);
  await s3.send(new S3.DeletePublicAccessBlockCommand({ Bucket }));
  assert.equal(await failureOf(access()), {
    name: 'NoSuchPublicAccessBlockConfiguration',
    message: 'The public access block configuration was not found',
    status: 404,
  });
  const Rules: S3.LifecycleRule[] = [
    { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'journal/' }, Expiration: { Days: 30 } },
    {
      ID: 'parts',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    },
  ];
  await s3.send(new S3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  assert.equal((await s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules, Rules);
  assert.is(
    (await failureOf(s3.send(new S3.GetBucketPolicyCommand({ Bucket })))).message,
    'The bucket policy does not exist',
  );
  const Policy = '{"Version":"2012-10-17","Statement":[]}';
  await s3.send(new S3.PutBucketPolicyCommand({ Bucket, Policy }));
  assert.is((await s3.send(new S3.GetBucketPolicyCommand({ Bucket }))).Policy, Policy);
});

test('presigned addresses of both kinds are understood', async () => {
  const { cloud, s3 } = await withBucket();
  await s3.send(put('a', 'hello'));
  for (const query of [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=111111111111%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0',
    'AWSAccessKeyId=111111111111&Signature=a%3D&Expires=1795256136',
  ]) {
    const host = `${Bucket}.s3.eu-west-1.amazonaws.com`;
    const found = await cloud.handle({ method: 'GET', path: '/a', query, headers: { host }, body: new Uint8Array() });
    assert.equal([found.status, String(found.body)], [200, 'hello']);
  }
});

test('objects have tags, and a delete of many may be conditional', async () => {
  const { s3 } = await withBucket();
  const { ETag } = await s3.send(put('a', 'a', { Tagging: 'owner=me&x=1' }));
  const tags = async () => (await s3.send(new S3.GetObjectTaggingCommand({ Bucket, Key: 'a' }))).TagSet;
  assert.equal(await tags(), [
    { Key: 'owner', Value: 'me' },
    { Key: 'x', Value: '1' },
  ]);
  await s3.send(new S3.PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'y', Value: '2' }] } }));
  assert.equal(await tags(), [{ Key: 'y', Value: '2' }]);
  await s3.send(put('b'));
  const { Deleted, Errors } = await s3.send(
    new S3.DeleteObjectsCommand({
      Bucket,
      Delete: {
        Objects: [
          { Key: 'a', ETag },
          { Key: 'b', ETag: '"0"' },
        ],
      },
    }),
  );
  assert.equal(
    [Deleted?.map(({ Key }) => Key), Errors?.map(({ Key, Code }) => [Key, Code])],
    [['a'], [['b', 'PreconditionFailed']]],
  );
});

test.run();
