import { createRecord } from '../../catalog/record.ts';
import { BUCKET } from '../../catalog/s3.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

/** A bucket is a resource record like any other, so that the ones CloudFormation made are the same. */
export interface Bucket {
  readonly realm: Realm;
  readonly record: Resource;
}

/** Bucket names are one space over all accounts and regions. */
export function findBucket(world: World, name: string): Bucket | undefined {
  for (const realm of world.realms('resource')) {
    const record = resources(world, realm).get(resourceKey(BUCKET, name));
    if (record !== undefined) return { realm, record };
  }
  return undefined;
}

/** @throws ServiceError NoSuchBucket, or AccessDenied for another account's */
export function bucketOf(world: World, name: string | undefined, caller: Realm): Bucket {
  const bucket = findBucket(world, name ?? '');
  if (bucket === undefined) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  if (bucket.realm.account !== caller.account) throw new ServiceError('AccessDenied', 'Access Denied', 403);
  return bucket;
}

export function putBucket(world: World, { realm, record }: Bucket): void {
  resources(world, realm).put(resourceKey(BUCKET, record.id), record);
}

/** @throws ServiceError where the name breaks S3's rules, is taken, or is still being released */
export function makeBucket(world: World, name: string, realm: Realm): Bucket {
  if (!isBucketName(name)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
  const taken = findBucket(world, name);
  if (taken !== undefined) throw nameTaken(taken.realm.account === realm.account);
  return { realm, record: createRecord(world, realm, { type: BUCKET, properties: { BucketName: name } }) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
}

function nameTaken(isOwn: boolean): ServiceError {
  if (isOwn) {
    const text = 'Your previous request to create the named bucket succeeded and you already own it.';
    return new ServiceError('BucketAlreadyOwnedByYou', text, 409);
  }
  const text =
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
    'Please select a different name and try again.';
  return new ServiceError('BucketAlreadyExists', text, 409);
}

export type Versioning = 'Enabled' | 'Suspended' | undefined;

export function versioningOf({ record }: Bucket): Versioning {
  const configuration = record.properties['VersioningConfiguration'] as { Status?: Versioning } | undefined;
  return configuration?.Status;
}

/** Puts properties of the bucket, in CloudFormation's words; undefined takes one away. */
export function setBucketProperties(world: World, bucket: Bucket, properties: Readonly<Record<string, unknown>>): void {
  setProperties(world, bucket.realm, bucket.record, properties);
}
