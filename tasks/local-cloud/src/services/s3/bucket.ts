import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

const TYPE = 'AWS::S3::Bucket';

/** A bucket is a resource record like any other, so that the ones CloudFormation made are the same. */
export interface Bucket {
  readonly realm: Realm;
  readonly record: Resource;
}

/** Bucket names are one space over all accounts and regions. */
export function findBucket(world: World, name: string): Bucket | undefined {
  for (const realm of world.realms('resource')) {
    const record = resources(world, realm).get(resourceKey(TYPE, name));
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
  resources(world, realm).put(resourceKey(TYPE, record.id), record);
}

export function removeBucket(world: World, { realm, record }: Bucket): void {
  resources(world, realm).delete(resourceKey(TYPE, record.id));
}

/** @throws ServiceError where the name breaks S3's rules or is taken */
export function makeBucket(world: World, name: string, realm: Realm): Bucket {
  if (!isBucketName(name)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
  const taken = findBucket(world, name);
  if (taken !== undefined) throw nameTaken(taken.realm.account === realm.account);
  const bucket: Bucket = {
    realm,
    record: {
      type: TYPE,
      id: name,
      arn: `arn:aws:s3:::${name}`,
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${realm.region}.amazonaws.com`,
      },
      properties: { BucketName: name },
      tags: {},
      createdAt: world.now,
    },
  };
  putBucket(world, bucket);
  return bucket;
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
