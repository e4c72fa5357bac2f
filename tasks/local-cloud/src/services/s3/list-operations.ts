import type * as S3 from '@aws-sdk/client-s3';
import type { Call, World } from '../../world.ts';
import { bucketOf } from './bucket.ts';
import { listObjects } from './object-store.ts';
import type { StoredObject } from './object-store.ts';

export const KEYS_MAX = 1_000;

export interface Asked {
  readonly Bucket: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: S3.EncodingType | undefined;
}

/** One line of a listing: an object, or a prefix that stands for all of its objects. */
export type Line = { readonly name: string; readonly object?: StoredObject };

export function listObjectsV2(world: World, input: S3.ListObjectsV2Request, call: Call): S3.ListObjectsV2Output {
  // A token is the last name of the page before, which nobody needs to hide here.
  const after = input.ContinuationToken === undefined ? input.StartAfter : fromToken(input.ContinuationToken);
  const { page, isTruncated, last } = pageOf(world, input, call, after);
  const shared = describePage(input, page, isTruncated);
  return {
    ...shared,
    KeyCount: page.length,
    ...(isTruncated ? { NextContinuationToken: Buffer.from(last).toString('base64') } : {}),
    ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
    ...(input.StartAfter === undefined ? {} : { StartAfter: input.StartAfter }),
  };
}

export function listObjectsV1(world: World, input: S3.ListObjectsRequest, call: Call): S3.ListObjectsOutput {
  const { page, isTruncated, last } = pageOf(world, input, call, input.Marker);
  return {
    ...describePage(input, page, isTruncated),
    Marker: input.Marker ?? '',
    ...(isTruncated && input.Delimiter !== undefined ? { NextMarker: last } : {}),
  };
}

function pageOf(world: World, asked: Asked, call: Call, after: string | undefined) {
  const bucket = bucketOf(world, asked.Bucket, call.realm);
  const objects = listObjects(world, bucket).filter(
    ({ key, versions }) => key.startsWith(asked.Prefix ?? '') && versions[0]?.isDeleteMarker !== true,
  );
  const lines = linesOf(objects, asked).filter(({ name }) => after === undefined || name > after);
  const page = lines.slice(0, Math.min(asked.MaxKeys ?? KEYS_MAX, KEYS_MAX));
  return { page, isTruncated: page.length < lines.length, last: page.at(-1)?.name ?? '' };
}

export function linesOf(objects: readonly StoredObject[], { Prefix = '', Delimiter }: Asked): Line[] {
  if (Delimiter === undefined || Delimiter === '') return objects.map((object) => ({ name: object.key, object }));
  const lines = new Map<string, Line>();
  for (const object of objects) {
    const end = object.key.indexOf(Delimiter, Prefix.length);
    const name = end < 0 ? object.key : object.key.slice(0, end + Delimiter.length);
    lines.set(name, end < 0 ? { name, object } : { name });
  }
  return [...lines.values()];
}

function describePage(asked: Asked, page: readonly Line[], isTruncated: boolean) {
  const { EncodingType } = asked;
  return {
    Name: asked.Bucket ?? '',
    Prefix: encode(asked.Prefix ?? '', EncodingType),
    MaxKeys: asked.MaxKeys ?? KEYS_MAX,
    IsTruncated: isTruncated,
    ...(asked.Delimiter === undefined ? {} : { Delimiter: asked.Delimiter }),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    CommonPrefixes: prefixesOf(page, EncodingType),
    Contents: page.flatMap(({ object }) => (object === undefined ? [] : [contentOf(object, EncodingType)])),
  };
}

export function prefixesOf(page: readonly Line[], encoding: S3.EncodingType | undefined): S3.CommonPrefix[] {
  return page.flatMap(({ name, object }) => (object === undefined ? [{ Prefix: encode(name, encoding) }] : []));
}

function contentOf({ key, versions }: StoredObject, encoding: S3.EncodingType | undefined): S3._Object {
  const [version] = versions;
  return {
    Key: encode(key, encoding),
    ETag: version?.etag,
    Size: version?.bytes,
    LastModified: new Date(version?.lastModified ?? 0),
    StorageClass: 'STANDARD',
  };
}

/** Keys may hold characters that XML cannot; clients ask for them percent-encoded. */
export function encode(key: string, encoding: S3.EncodingType | undefined): string {
  return encoding === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : key;
}

function fromToken(token: string): string {
  return Buffer.from(token, 'base64').toString('utf8');
}
