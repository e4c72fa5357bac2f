import type * as S3 from '@aws-sdk/client-s3';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { bucketOf, versioningOf } from './bucket.ts';
import type { Bucket } from './bucket.ts';
import { bytesOf, deleteObject, deleteVersion, getObject, writeObject } from './object-store.ts';
import type { Version, Written } from './object-store.ts';

export function putObject(world: World, input: S3.PutObjectRequest, call: Call): S3.PutObjectOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const key = input.Key ?? '';
  checkWriteConditions(current(world, bucket, key), input);
  const written: Written = {
    ...(input.ContentType === undefined ? {} : { contentType: input.ContentType }),
    ...(input.Metadata === undefined ? {} : { metadata: input.Metadata }),
  };
  const version = writeObject(world, bucket, key, (input.Body ?? new Uint8Array()) as Uint8Array, written);
  return { ETag: version.etag, ...versionId(bucket, version) };
}

export function copyObject(world: World, input: S3.CopyObjectRequest, call: Call): S3.CopyObjectOutput {
  const [name, ...path] = decodeURIComponent(input.CopySource ?? '')
    .replace(/^\//, '')
    .split('/');
  const source = bucketOf(world, name, call.realm);
  const key = path.join('/').replace(/\?versionId=.*$/, '');
  const original = existing(world, source, key);
  const target = bucketOf(world, input.Bucket, call.realm);
  const { contentType, metadata } = original;
  const written: Written = {
    ...(contentType === undefined ? {} : { contentType }),
    ...(metadata === undefined ? {} : { metadata }),
  };
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
  return { ...describe(bucket, version), Body: bytesOf(world, bucket, key, version) };
}

export function removeObject(world: World, input: S3.DeleteObjectRequest, call: Call): S3.DeleteObjectOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const key = input.Key ?? '';
  if (input.IfMatch !== undefined) checkWriteConditions(current(world, bucket, key), input);
  return remove(world, bucket, key, input.VersionId);
}

export function removeObjects(world: World, input: S3.DeleteObjectsRequest, call: Call): S3.DeleteObjectsOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const Deleted = (input.Delete?.Objects ?? []).map(({ Key = '', VersionId }) => {
    const { DeleteMarker, VersionId: marker } = remove(world, bucket, Key, VersionId);
    return {
      Key,
      ...(VersionId === undefined ? {} : { VersionId }),
      ...(DeleteMarker === true && marker !== undefined ? { DeleteMarker, DeleteMarkerVersionId: marker } : {}),
    };
  });
  return input.Delete?.Quiet === true ? {} : { Deleted };
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
    ...versionId(bucket, version),
  };
}

/** Buckets that never were versioned do not speak of versions. */
function versionId(bucket: Bucket, version: Version): { VersionId?: string } {
  return versioningOf(bucket) === undefined ? {} : { VersionId: version.versionId };
}

function current(world: World, bucket: Bucket, key: string): Version | undefined {
  const version = getObject(world, bucket, key)?.versions[0];
  return version?.isDeleteMarker ? undefined : version;
}

function existing(world: World, bucket: Bucket, key: string, id?: string): Version {
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
function checkWriteConditions(present: Version | undefined, { IfMatch, IfNoneMatch }: WriteConditions): void {
  if (IfNoneMatch === '*' && present !== undefined) throw preconditionFailed();
  if (IfMatch === undefined) return;
  if (present === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  if (IfMatch !== '*' && !isSameTag(IfMatch, present.etag)) throw preconditionFailed();
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
