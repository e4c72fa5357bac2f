import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const BUCKET = { Bucket: 'tour-of-the-cloud' };
const FIRST = { ...BUCKET, Key: 'a/first.txt' };

const PART = { ...BUCKET, Key: 'large', UploadId: '<upload>' };
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: `arn:aws:s3:::${BUCKET.Bucket}` }],
});
const ENCRYPTION = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };
const BLOCK = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const LIFECYCLE = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } }] };

/** What a bucket is told beside its objects. */
const settings = stepsOf('s3', [
  ['PutBucketPolicy', { ...BUCKET, Policy: POLICY }],
  ['GetBucketPolicy', BUCKET, { expect: { Policy: /DeleteBucket/ } }],
  ['DeleteBucketPolicy', BUCKET],
  ['GetBucketPolicy', BUCKET, { fails: 'NoSuchBucketPolicy' }],
  ['PutBucketEncryption', { ...BUCKET, ServerSideEncryptionConfiguration: ENCRYPTION }],
  ['GetBucketEncryption', BUCKET, { expect: { ServerSideEncryptionConfiguration: /AES256/ } }],
  ['DeleteBucketEncryption', BUCKET],
  ['PutPublicAccessBlock', { ...BUCKET, PublicAccessBlockConfiguration: BLOCK }],
  ['GetPublicAccessBlock', BUCKET, { expect: { 'PublicAccessBlockConfiguration.BlockPublicAcls': true } }],
  ['DeletePublicAccessBlock', BUCKET],
  [
    'PutBucketOwnershipControls',
    { ...BUCKET, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
  ],
  ['GetBucketOwnershipControls', BUCKET, { expect: { OwnershipControls: /BucketOwnerEnforced/ } }],
  ['DeleteBucketOwnershipControls', BUCKET],
  ['PutBucketLifecycleConfiguration', { ...BUCKET, LifecycleConfiguration: LIFECYCLE }],
  ['GetBucketLifecycleConfiguration', BUCKET, { expect: { 'Rules.0.ID': 'old' } }],
  ['DeleteBucketLifecycle', BUCKET],
  ['CreateMultipartUpload', { ...BUCKET, Key: 'large' }, { save: { upload: 'UploadId' } }],
  ['UploadPart', { ...PART, PartNumber: 1 }, { body: 'whole', save: { part: 'ETag' } }],
  ['ListParts', PART, { expect: { 'Parts.0.Size': 5 } }],
  ['ListMultipartUploads', BUCKET, { expect: { 'Uploads.0.Key': 'large' } }],
  [
    'CompleteMultipartUpload',
    { ...PART, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '<part>' }] } },
    { expect: { Key: 'large' } },
  ],
  ['CreateMultipartUpload', { ...BUCKET, Key: 'large' }, { save: { upload: 'UploadId' } }],
  ['AbortMultipartUpload', PART],
  ['PutObjectTagging', { ...BUCKET, Key: 'large', Tagging: { TagSet: [{ Key: 'team', Value: 'tour' }] } }],
  ['GetObjectTagging', { ...BUCKET, Key: 'large' }, { expect: { 'TagSet.0.Value': 'tour' } }],
  ['DeleteObjectTagging', { ...BUCKET, Key: 'large' }],
  ['DeleteObject', { ...BUCKET, Key: 'large' }],
]);

export const s3Route: Route = {
  name: 'S3',
  steps: [
    ...stepsOf('s3', [
      [
        'CreateBucket',
        { ...BUCKET, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } },
        { expect: { Location: /tour/ } },
      ],
      ['HeadBucket', BUCKET],
      ['HeadBucket', { Bucket: 'nobody-has-this' }, { fails: '' }],
      ['ListBuckets', {}, { expect: { 'Buckets.0.Name': BUCKET.Bucket } }],
      ['GetBucketLocation', BUCKET, { expect: { LocationConstraint: 'eu-west-1' } }],
      ['PutBucketTagging', { ...BUCKET, Tagging: { TagSet: [{ Key: 'team', Value: 'tour' }] } }],
      ['GetBucketTagging', BUCKET, { expect: { 'TagSet.0.Value': 'tour' } }],
      ['DeleteBucketTagging', BUCKET],
      ['GetBucketTagging', BUCKET, { fails: 'NoSuchTagSet' }],
    ]),
    ...settings,
    ...stepsOf('s3', [
      ['PutBucketVersioning', { ...BUCKET, VersioningConfiguration: { Status: 'Enabled' } }],
      ['GetBucketVersioning', BUCKET, { expect: { Status: 'Enabled' } }],
      [
        'PutObject',
        { ...FIRST, ContentType: 'text/plain' },
        { body: 'first', save: { etag: 'ETag', version: 'VersionId' } },
      ],
      ['PutObject', { ...FIRST, IfNoneMatch: '*' }, { body: 'again', fails: 'PreconditionFailed' }],
      ['HeadObject', FIRST, { expect: { ContentLength: 5 } }],
      ['GetObject', FIRST, { downloads: true, expect: { Body: 'first', ContentType: 'text/plain' } }],
      [
        'CopyObject',
        { ...BUCKET, Key: 'b/second.txt', CopySource: `${BUCKET.Bucket}/a/first.txt` },
        { expect: { 'CopyObjectResult.ETag': /"/ } },
      ],
      ['ListObjects', { ...BUCKET, Delimiter: '/' }, { expect: { 'CommonPrefixes.0.Prefix': 'a/' } }],
      ['ListObjectsV2', { ...BUCKET, Prefix: 'b/' }, { expect: { 'Contents.0.Key': 'b/second.txt' } }],
      ['DeleteObject', FIRST, { expect: { DeleteMarker: true }, save: { marker: 'VersionId' } }],
      [
        'ListObjectVersions',
        BUCKET,
        {
          expect: { 'DeleteMarkers.0.Key': FIRST.Key, 'Versions.1.Key': 'b/second.txt' },
          save: { copy: 'Versions.1.VersionId' },
        },
      ],
      ['DeleteBucket', BUCKET, { fails: 'BucketNotEmpty' }],
      [
        'DeleteObjects',
        {
          ...BUCKET,
          Delete: {
            Objects: [
              { Key: FIRST.Key, VersionId: '<marker>' },
              { Key: FIRST.Key, VersionId: '<version>' },
              { Key: 'b/second.txt', VersionId: '<copy>' },
            ],
          },
        },
        { expect: { 'Deleted.2.Key': 'b/second.txt' } },
      ],
      ['DeleteBucket', BUCKET],
    ]),
  ],
};
