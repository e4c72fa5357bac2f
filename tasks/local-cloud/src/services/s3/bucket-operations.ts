import type * as S3 from '@aws-sdk/client-s3';
import { deleteRecord } from '../../catalog/record.ts';
import { BUCKET } from '../../catalog/s3.ts';
import { resources } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { bucketOf, findBucket, makeBucket, putBucket, versioningOf } from './bucket.ts';
import { forgetUploads } from './uploads.ts';
import { isEmpty } from './object-store.ts';

export function createBucket(world: World, input: S3.CreateBucketRequest, call: Call): S3.CreateBucketOutput {
  const constraint = input.CreateBucketConfiguration?.LocationConstraint;
  // us-east-1 is the one region that must not be named, every other one must be.
  const region = constraint === 'EU' ? 'eu-west-1' : (constraint ?? 'us-east-1');
  if (region !== call.realm.region) {
    throw new ServiceError(
      'IllegalLocationConstraintException',
      `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint ` +
        'this request was sent to.',
    );
  }
  // The oldest region alone answers its own bucket's owner as if it had just been made.
  const own = region === 'us-east-1' ? findBucket(world, input.Bucket ?? '')?.realm : undefined;
  const isOwn = own?.account === call.realm.account && own.region === region;
  if (!isOwn) makeBucket(world, input.Bucket ?? '', call.realm);
  return { Location: `/${input.Bucket}`, BucketArn: `arn:aws:s3:::${input.Bucket}` };
}

export function headBucket(world: World, input: S3.HeadBucketRequest, call: Call): S3.HeadBucketOutput {
  const { realm, record } = bucketOf(world, input.Bucket, call.realm);
  return { BucketRegion: realm.region, BucketArn: `arn:aws:s3:::${record.id}` };
}

export function deleteBucket(world: World, input: S3.DeleteBucketRequest, call: Call): object {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  if (!isEmpty(world, bucket)) {
    throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
  }
  forgetUploads(world, bucket);
  deleteRecord({ world, realm: bucket.realm, type: BUCKET, id: bucket.record.id });
  return {};
}

export function listBuckets(world: World, input: S3.ListBucketsRequest, call: Call): S3.ListBucketsOutput {
  const buckets: S3.Bucket[] = [];
  for (const realm of world.realms('resource')) {
    if (realm.account !== call.realm.account) continue;
    if (input.BucketRegion !== undefined && input.BucketRegion !== realm.region) continue;
    for (const { type, id, createdAt } of resources(world, realm).values()) {
      if (type !== 'AWS::S3::Bucket' || !id.startsWith(input.Prefix ?? '')) continue;
      const BucketArn = `arn:aws:s3:::${id}`;
      buckets.push({ Name: id, CreationDate: new Date(createdAt), BucketRegion: realm.region, BucketArn });
    }
  }
  buckets.sort((left, right) => ((left.Name ?? '') < (right.Name ?? '') ? -1 : 1));
  return { Buckets: buckets, Owner: { ID: call.realm.account } };
}

export function getBucketLocation(
  world: World,
  input: S3.GetBucketLocationRequest,
  call: Call,
): S3.GetBucketLocationOutput {
  const { region } = bucketOf(world, input.Bucket, call.realm).realm;
  return region === 'us-east-1' ? {} : { LocationConstraint: region as S3.BucketLocationConstraint };
}

export function getBucketTagging(
  world: World,
  input: S3.GetBucketTaggingRequest,
  call: Call,
): S3.GetBucketTaggingOutput {
  const { tags } = bucketOf(world, input.Bucket, call.realm).record;
  const entries = Object.entries(tags);
  if (entries.length === 0) throw new ServiceError('NoSuchTagSet', 'The TagSet does not exist', 404);
  return { TagSet: entries.map(([Key, Value]) => ({ Key, Value })) };
}

export function putBucketTagging(world: World, input: S3.PutBucketTaggingRequest, call: Call): object {
  const set = input.Tagging?.TagSet ?? [];
  replaceTags(world, input.Bucket, call, Object.fromEntries(set.map(({ Key, Value }) => [Key ?? '', Value ?? ''])));
  return {};
}

export function deleteBucketTagging(world: World, input: S3.DeleteBucketTaggingRequest, call: Call): object {
  replaceTags(world, input.Bucket, call, {});
  return {};
}

export function getBucketVersioning(
  world: World,
  input: S3.GetBucketVersioningRequest,
  call: Call,
): S3.GetBucketVersioningOutput {
  const Status = versioningOf(bucketOf(world, input.Bucket, call.realm));
  return Status === undefined ? {} : { Status };
}

export function putBucketVersioning(world: World, input: S3.PutBucketVersioningRequest, call: Call): object {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const Status = input.VersioningConfiguration?.Status;
  if (Status !== 'Enabled' && Status !== 'Suspended') {
    throw new ServiceError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const properties = { ...bucket.record.properties, VersioningConfiguration: { Status } };
  putBucket(world, { ...bucket, record: { ...bucket.record, properties } });
  return {};
}

function replaceTags(world: World, name: string | undefined, call: Call, tags: Readonly<Record<string, string>>): void {
  const bucket = bucketOf(world, name, call.realm);
  putBucket(world, { ...bucket, record: { ...bucket.record, tags } });
}
