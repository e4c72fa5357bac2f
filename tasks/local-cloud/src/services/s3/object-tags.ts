import type * as S3 from '@aws-sdk/client-s3';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { bucketOf } from './bucket.ts';
import { replaceVersion } from './object-store.ts';
import { existing, versionId } from './object-operations.ts';

const TAGS_MAX = 10;

export function getObjectTagging(
  world: World,
  input: S3.GetObjectTaggingRequest,
  call: Call,
): S3.GetObjectTaggingOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const version = existing(world, bucket, input.Key ?? '', input.VersionId);
  return { TagSet: tagList(version.tags ?? {}), ...versionId(bucket, version) };
}

export function putObjectTagging(
  world: World,
  input: S3.PutObjectTaggingRequest,
  call: Call,
): S3.PutObjectTaggingOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const version = existing(world, bucket, input.Key ?? '', input.VersionId);
  const set = input.Tagging?.TagSet ?? [];
  if (set.length > TAGS_MAX) throw new ServiceError('BadRequest', 'Object tags cannot be greater than 10');
  replaceVersion(world, bucket, input.Key ?? '', { ...version, tags: tagMap(set) });
  return versionId(bucket, version);
}

export function deleteObjectTagging(
  world: World,
  input: S3.DeleteObjectTaggingRequest,
  call: Call,
): S3.DeleteObjectTaggingOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const { tags: _tags, ...version } = existing(world, bucket, input.Key ?? '', input.VersionId);
  replaceVersion(world, bucket, input.Key ?? '', version);
  return versionId(bucket, version);
}
