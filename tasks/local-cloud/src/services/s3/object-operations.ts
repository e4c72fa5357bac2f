import { createHash } from 'node:crypto';
import type * as S3 from '@aws-sdk/client-s3';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { bucketOf, versioningOf } from './bucket.ts';
import type { Bucket } from './bucket.ts';
import { byteRange } from './byte-range.ts';
import { bytesOf, deleteObject, deleteVersion, getObject, writeObject } from './object-store.ts';
import type { Version, Written } from './object-store.ts';

export function putObject(world: World, input: S3.PutObjectRequest, call: Call): S3.PutObjectOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const key = input.Key ?? '';
  const bytes = (input.Body ?? new Uint8Array()) as Uint8Array;
  checkDigest(input.ContentMD5, bytes);
  checkWriteConditions(current(world, bucket, key), input);
  const version = writeObject(world, bucket, key, bytes, writtenOf(input));
  return { ETag: version.etag, ...versionId(bucket, version) };
}

export function copyObject(world: World, input: S3.CopyObjectRequest, call: Call): S3.CopyObjectOutput {
  const [, path = '', id] = /^\/?(.*?)(?:\?versionId=(.+))?$/s.exec(input.CopySource ?? '') ?? [];
  const [name, ...rest] = decodeURIComponent(path).split('/');
  const source = bucketOf(world, name, call.realm);
  const key = rest.join('/');
  const original = existing(world, source, key, id);
  const target = bucketOf(world, input.Bucket, call.realm);
  checkReadConditions(original, { IfMatch: input.CopySourceIfMatch, IfNoneMatch: input.CopySourceIfNoneMatch });
  const { contentType, metadata, cacheControl, contentEncoding, tags } = original;
  const kept = Object.entries({ contentType, metadata, cacheControl, contentEncoding, tags });
  const same = Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as Written;
  const written = input.MetadataDirective === 'REPLACE' ? writtenOf(input) : same;
  checkWriteConditions(current(world, target, input.Key ?? ''), input);
  const version = writeObject(world, target, input.Key ?? '', bytesOf(world, source, key, original), written);
  return {
    CopyObjectResult: { ETag: version.etag, LastModified: new Date(version.lastModified) },
    ...versionId(target, version),
  };
}

export function headObject(world: World, input: S3.HeadObjectRequest, call: Call): S3.HeadObjectOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const version = existing(world, bucket, input.Key ?? '', input.VersionId);
  checkReadConditions(version, input);
  return describe(bucket, version);
}

export function readObject(world: World, input: S3.GetObjectRequest, call: Call): object {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const key = input.Key ?? '';
  const version = existing(world, bucket, key, input.VersionId);
  checkReadConditions(version, input);
  const bytes = bytesOf(world, bucket, key, version);
  const range = byteRange(input.Range, bytes.length);
  if (range === undefined) return { ...describe(bucket, version), Body: bytes };
  const Body = bytes.subarray(range.first, range.last + 1);
  return {
    ...describe(bucket, version),
    ContentLength: Body.length,
    ContentRange: `bytes ${range.first}-${range.last}/${bytes.length}`,
    Body,
  };
}

export function removeObject(world: World, input: S3.DeleteObjectRequest, call: Call): S3.DeleteObjectOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const key = input.Key ?? '';
  if (input.IfMatch !== undefined) checkWriteConditions(current(world, bucket, key), input);
  return remove(world, bucket, key, input.VersionId);
}

export function removeObjects(world: World, input: S3.DeleteObjectsRequest, call: Call): S3.DeleteObjectsOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const Deleted: S3.DeletedObject[] = [];
  const Errors: S3._Error[] = [];
  for (const { Key = '', VersionId, ETag } of input.Delete?.Objects ?? []) {
    const problem = conditionProblem(current(world, bucket, Key), ETag);
    if (problem !== undefined) {
      Errors.push({ Key, Code: problem.code, Message: problem.message });
      continue;
    }
    const { DeleteMarker, VersionId: marker } = remove(world, bucket, Key, VersionId);
    Deleted.push({
      Key,
      ...(VersionId === undefined ? {} : { VersionId }),
      ...(DeleteMarker === true && marker !== undefined ? { DeleteMarker, DeleteMarkerVersionId: marker } : {}),
    });
  }
  const failed = Errors.length === 0 ? {} : { Errors };
  return input.Delete?.Quiet === true ? failed : { Deleted, ...failed };
}

/** What is said of an object beside its bytes, by whichever operation writes it. */
export function writtenOf(
  input: Pick<S3.PutObjectRequest, 'ContentType' | 'Metadata' | 'CacheControl' | 'ContentEncoding' | 'Tagging'>,
): Written {
  return {
    ...(input.ContentType === undefined ? {} : { contentType: input.ContentType }),
    ...(input.Metadata === undefined ? {} : { metadata: input.Metadata }),
    ...(input.CacheControl === undefined ? {} : { cacheControl: input.CacheControl }),
    ...(input.ContentEncoding === undefined ? {} : { contentEncoding: input.ContentEncoding }),
    ...(input.Tagging === undefined ? {} : { tags: Object.fromEntries(new URLSearchParams(input.Tagging)) }),
  };
}

function remove(world: World, bucket: Bucket, key: string, id: string | undefined): S3.DeleteObjectOutput {
  if (id !== undefined) {
    const gone = deleteVersion(world, bucket, key, id);
    return { VersionId: id, ...(gone?.isDeleteMarker ? { DeleteMarker: true } : {}) };
  }
  const marker = deleteObject(world, bucket, key);
  return marker === undefined ? {} : { DeleteMarker: true, VersionId: marker.versionId };
}

function describe(bucket: Bucket, version: Version): S3.HeadObjectOutput {
  return {
    ETag: version.etag,
    ContentLength: version.bytes,
    ContentType: version.contentType ?? 'binary/octet-stream',
    LastModified: new Date(version.lastModified),
    AcceptRanges: 'bytes',
    ...(version.metadata === undefined ? {} : { Metadata: { ...version.metadata } }),
    ...(version.cacheControl === undefined ? {} : { CacheControl: version.cacheControl }),
    ...(version.contentEncoding === undefined ? {} : { ContentEncoding: version.contentEncoding }),
    ...(version.tags === undefined ? {} : { TagCount: Object.keys(version.tags).length }),
    ...versionId(bucket, version),
  };
}

/** Buckets that never were versioned do not speak of versions. */
export function versionId(bucket: Bucket, version: Version): { VersionId?: string } {
  return versioningOf(bucket) === undefined ? {} : { VersionId: version.versionId };
}

export function current(world: World, bucket: Bucket, key: string): Version | undefined {
  const version = getObject(world, bucket, key)?.versions[0];
  return version?.isDeleteMarker ? undefined : version;
}

export function existing(world: World, bucket: Bucket, key: string, id?: string): Version {
  if (id === undefined) {
    const version = current(world, bucket, key);
    if (version === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    return version;
  }
  const version = getObject(world, bucket, key)?.versions.find((candidate) => candidate.versionId === id);
  if (version === undefined) throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404);
  if (version.isDeleteMarker) {
    throw new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  }
  return version;
}

interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
export function checkWriteConditions(present: Version | undefined, { IfMatch, IfNoneMatch }: WriteConditions): void {
  if (IfNoneMatch === '*' && present !== undefined) throw preconditionFailed();
  const problem = conditionProblem(present, IfMatch);
  if (problem !== undefined) throw problem;
}

function conditionProblem(present: Version | undefined, tag: string | undefined): ServiceError | undefined {
  if (tag === undefined) return undefined;
  if (present === undefined) return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  return tag === '*' || isSameTag(tag, present.etag) ? undefined : preconditionFailed();
}

function checkDigest(given: string | undefined, bytes: Uint8Array): void {
  if (given === undefined || createHash('md5').update(bytes).digest('base64') === given) return;
  throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
}

function checkReadConditions(version: Version, { IfMatch, IfNoneMatch }: WriteConditions): void {
  if (IfMatch !== undefined && !isSameTag(IfMatch, version.etag)) throw preconditionFailed();
  if (IfNoneMatch !== undefined && isSameTag(IfNoneMatch, version.etag)) {
    throw new ServiceError('NotModified', 'Not Modified', 304);
  }
}

function isSameTag(left: string, right: string): boolean {
  return left.replaceAll('"', '') === right.replaceAll('"', '');
}

function preconditionFailed(): ServiceError {
  return new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}
