import type { Service } from '../../world.ts';
import * as buckets from './bucket-operations.ts';
import * as lists from './list-operations.ts';
import * as objects from './object-operations.ts';

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
    ListObjectVersions: lists.listObjectVersions,
  },
};
