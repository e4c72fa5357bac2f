import { createHash } from 'node:crypto';
import type { World } from '../../world.ts';
import { bufferOf } from '../../wire/http.ts';
import { versioningOf } from './bucket.ts';
import type { Bucket } from './bucket.ts';

/** One version of an object, or the marker that a delete leaves in a versioned bucket. */
export interface Version {
  /** `null` in buckets that never were versioned. */
  readonly versionId: string;
  readonly lastModified: number;
  readonly isDeleteMarker?: true;
  readonly etag: string;
  readonly bytes: number;
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly cacheControl?: string;
  readonly contentEncoding?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface StoredObject {
  readonly key: string;
  /** Newest first; never empty. */
  readonly versions: readonly Version[];
}

/** What is written besides the bytes; an object that was uploaded in parts brings its tag along. */
export type Written = Partial<
  Pick<Version, 'contentType' | 'metadata' | 'cacheControl' | 'contentEncoding' | 'tags' | 'etag'>
>;

// A table per bucket: listing and asking for emptiness look at nothing else. Bytes are apart from what is listed.
const objects = (world: World, { realm, record }: Bucket) => world.table<StoredObject>(`s3-object/${record.id}`, realm);
const bodies = (world: World, { realm, record }: Bucket) => world.table<string>(`s3-body/${record.id}`, realm);
const bodyKey = (key: string, versionId: string) => `${versionId} ${key}`;

/** Versions and delete markers count, as they do in S3. */
export function isEmpty(world: World, bucket: Bucket): boolean {
  return objects(world, bucket).size === 0;
}

export function getObject(world: World, bucket: Bucket, key: string): StoredObject | undefined {
  return objects(world, bucket).get(key);
}

/** By key, in the order of their UTF-16 units, which is S3's order for all of the basic plane. */
export function listObjects(world: World, bucket: Bucket): StoredObject[] {
  return [...objects(world, bucket).values()].sort((left, right) => (left.key < right.key ? -1 : 1));
}

export function bytesOf(world: World, bucket: Bucket, key: string, version: Version): Buffer {
  return Buffer.from(bodies(world, bucket).get(bodyKey(key, version.versionId)) ?? '', 'base64');
}

export function writeObject(world: World, bucket: Bucket, key: string, bytes: Uint8Array, written: Written): Version {
  const version: Version = {
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    ...written,
    versionId: newVersionId(world, bucket),
    lastModified: world.now,
    bytes: bytes.length,
  };
  addVersion(world, bucket, key, version);
  bodies(world, bucket).put(bodyKey(key, version.versionId), bufferOf(bytes).toString('base64'));
  return version;
}

/** Deletes without naming a version: for good, or in a versioned bucket by a marker, which is returned. */
export function deleteObject(world: World, bucket: Bucket, key: string): Version | undefined {
  if (versioningOf(bucket) === undefined) {
    deleteVersion(world, bucket, key, 'null');
    return undefined;
  }
  const versionId = newVersionId(world, bucket);
  const marker: Version = { versionId, lastModified: world.now, isDeleteMarker: true, etag: '', bytes: 0 };
  addVersion(world, bucket, key, marker);
  return marker;
}

/** Deletes one version for good; returns it where there was one. */
export function deleteVersion(world: World, bucket: Bucket, key: string, versionId: string): Version | undefined {
  const found = objects(world, bucket).get(key);
  const version = found?.versions.find((candidate) => candidate.versionId === versionId);
  if (found === undefined || version === undefined) return undefined;
  const versions = found.versions.filter((candidate) => candidate !== version);
  if (versions.length === 0) objects(world, bucket).delete(key);
  else objects(world, bucket).put(key, { key, versions });
  bodies(world, bucket).delete(bodyKey(key, versionId));
  return version;
}

/** Puts what is said of a version in the place of what was said of it before. */
export function replaceVersion(world: World, bucket: Bucket, key: string, version: Version): void {
  const found = objects(world, bucket).get(key);
  if (found === undefined) return;
  const versions = found.versions.map((each) => (each.versionId === version.versionId ? version : each));
  objects(world, bucket).put(key, { key, versions });
}

function newVersionId(world: World, bucket: Bucket): string {
  return versioningOf(bucket) === 'Enabled' ? world.hex(32) : 'null';
}

/** The version `null` is overwritten, every other one kept. */
function addVersion(world: World, bucket: Bucket, key: string, version: Version): void {
  if (version.versionId === 'null') deleteVersion(world, bucket, key, 'null');
  const older = objects(world, bucket).get(key)?.versions ?? [];
  objects(world, bucket).put(key, { key, versions: [version, ...older] });
}
