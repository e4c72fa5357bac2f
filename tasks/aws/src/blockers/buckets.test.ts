import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage, may } from './test-stage.ts';

const Bucket = 'stage-data-files';
const FILES = `Resources: { Files: { Type: AWS::S3::Bucket, Properties: { BucketName: ${Bucket} } } }`;

test('a bucket with objects is emptied, and its stack goes', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', FILES);
  const s3 = new S3Client(stage.config);
  assert.equal(await stage.lines(stack), []);
  for (let index = 0; index < 12; index += 1) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `file-${index}`, Body: 'x' }));
  }
  assert.equal(await stage.lines(stack), ['Files: bucket stage-data-files holds 12 objects; EmptyBucket']);
  await stage.clear(stack);
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
});

test('versions, delete markers and unfinished uploads are counted and go as well', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', FILES);
  const s3 = new S3Client(stage.config);
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  for (const Body of ['1', '2', '3']) await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'gone', Body: '1' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'half' }));
  assert.equal(await stage.lines(stack), [
    'Files: bucket stage-data-files holds 1 object, 3 older versions, 1 delete marker and 1 unfinished upload; EmptyBucket',
  ]);
  await stage.clear(stack);
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
});

test('more objects than a page holds go in batches of a thousand', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', FILES);
  const s3 = new S3Client(stage.config);
  const keys = Array.from({ length: 1_001 }, (_key, index) => `file-${index}`);
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))));
  const [blocker] = await stage.blockers.find(stack);
  assert.is(blocker?.what, 'bucket stage-data-files holds 1,001 objects');
  await stage.blockers.clear(blocker!, may);
  assert.is(stage.counter.calls['DeleteObjects'], 2);
  assert.is(await stage.down(stack), undefined);
});

test('an object that S3 does not let go is named in S3’s own words', async () => {
  const refusals = `<DeleteResult>
    <Error><Key>gone</Key><Code>NoSuchVersion</Code><Message>it is gone</Message></Error>
    <Error><Key>held</Key><Code>AccessDenied</Code><Message>Access Denied because of a legal hold.</Message></Error>
    <Error><Key>too</Key><Code>AccessDenied</Code><Message>Access Denied because of a legal hold.</Message></Error>
  </DeleteResult>`;
  const stage = createTestStage({
    answer: (operation) => (operation === 'DeleteObjects' ? refusals : undefined),
  });
  const stack = await stage.up('stage-data', FILES);
  await new S3Client(stage.config).send(new PutObjectCommand({ Bucket, Key: 'held', Body: 'x' }));
  assert.is(
    await stage.codeOf(stage.clear(stack)),
    'denied AccessDenied: Access Denied because of a legal hold. (held of bucket stage-data-files, and 1 more)',
  );
});

test('a bucket that the stack leaves in the account is left as it is', async () => {
  const stage = createTestStage();
  for (const policy of ['Retain', 'RetainExceptOnCreate']) {
    const template = FILES.replace('AWS::S3::Bucket,', `AWS::S3::Bucket, DeletionPolicy: ${policy},`);
    const name = policy.toLowerCase();
    const stack = await stage.up(`stage-${name}`, template.replace(Bucket, name));
    const s3 = new S3Client(stage.config);
    await s3.send(new PutObjectCommand({ Bucket: name, Key: 'precious', Body: 'x' }));
    assert.equal(await stage.lines(stack), []);
    assert.is(await stage.down(stack), undefined);
    assert.is((await s3.send(new ListObjectVersionsCommand({ Bucket: name }))).Versions?.length, 1);
  }
});

test('a bucket that somebody has deleted is in nobody’s way', async () => {
  const stage = createTestStage();
  const gone = { stack: 'stage-data', resourceType: 'AWS::S3::Bucket', physicalId: 'gone', logicalId: 'Files' };
  await stage.blockers.clear({ ...gone, what: '', remedy: { clear: 'EmptyBucket' } }, may);
  const stack = await stage.up('stage-data', FILES);
  assert.equal(await stage.lines(stack, [{ ...gone, reason: 'not empty' }]), []);
});

test.run();
