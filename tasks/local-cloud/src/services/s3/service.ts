import type { Operation, Service } from '../../world.ts';
import * as buckets from './bucket-operations.ts';
import * as policies from './bucket-policy.ts';
import { bucketSettings } from './bucket-settings.ts';
import * as lists from './list-operations.ts';
import { listObjectVersions } from './list-versions.ts';
import * as parts from './multipart-operations.ts';
import * as objects from './object-operations.ts';
import * as tags from './object-tags.ts';

/** Buckets and objects, as far as templates, leases and journals need them; see SPEC.md beside this file. */
export const s3: Service = {
  client: 'client-s3',
  operations: {
    CreateBucket: buckets.createBucket,
    HeadBucket: buckets.headBucket,
    DeleteBucket: buckets.deleteBucket,
    ListBuckets: buckets.listBuckets,
    GetBucketLocation: buckets.getBucketLocation,
    GetBucketTagging: buckets.getBucketTagging,
    PutBucketTagging: buckets.putBucketTagging,
    DeleteBucketTagging: buckets.deleteBucketTagging,
    GetBucketVersioning: buckets.getBucketVersioning,
    PutBucketVersioning: buckets.putBucketVersioning,
    PutObject: objects.putObject,
    CopyObject: objects.copyObject,
    GetObject: objects.readObject,
    HeadObject: objects.headObject,
    DeleteObject: objects.removeObject,
    DeleteObjects: objects.removeObjects,
    ListObjects: lists.listObjectsV1,
    ListObjectsV2: lists.listObjectsV2,
    ListObjectVersions: listObjectVersions,
    GetBucketPolicy: policies.getBucketPolicy,
    PutBucketPolicy: policies.putBucketPolicy,
    DeleteBucketPolicy: policies.deleteBucketPolicy,
    GetObjectTagging: tags.getObjectTagging,
    PutObjectTagging: tags.putObjectTagging,
    DeleteObjectTagging: tags.deleteObjectTagging,
    CreateMultipartUpload: parts.createMultipartUpload,
    UploadPart: parts.uploadPart,
    CompleteMultipartUpload: parts.completeMultipartUpload,
    AbortMultipartUpload: parts.abortMultipartUpload,
    ListParts: parts.listParts,
    ListMultipartUploads: parts.listMultipartUploads,
    ...(bucketSettings as unknown as Record<string, Operation>),
  },
};
