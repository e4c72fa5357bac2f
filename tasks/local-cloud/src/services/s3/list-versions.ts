import type * as S3 from '@aws-sdk/client-s3';
import type { Call, World } from '../../world.ts';
import { bucketOf } from './bucket.ts';
import { encode, KEYS_MAX, linesOf, prefixesOf } from './list-operations.ts';
import type { Line } from './list-operations.ts';
import { listObjects } from './object-store.ts';
import type { Version } from './object-store.ts';

/** A version of an object, or a prefix that stands for all of its objects. */
interface VersionLine extends Line {
  readonly version?: Version;
  readonly isLatest: boolean;
}

/** By key, each with its newest version first; versions, markers and prefixes count alike. */
export function listObjectVersions(
  world: World,
  input: S3.ListObjectVersionsRequest,
  call: Call,
): S3.ListObjectVersionsOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const objects = listObjects(world, bucket).filter(({ key }) => key.startsWith(input.Prefix ?? ''));
  const lines = linesOf(objects, { Bucket: input.Bucket, Prefix: input.Prefix, Delimiter: input.Delimiter });
  const all = afterMarker(lines.flatMap(versionLines), input);
  const page = all.slice(0, Math.min(input.MaxKeys ?? KEYS_MAX, KEYS_MAX));
  const isTruncated = page.length < all.length;
  const last = page.at(-1);
  return {
    Name: input.Bucket ?? '',
    Prefix: encode(input.Prefix ?? '', input.EncodingType),
    MaxKeys: input.MaxKeys ?? KEYS_MAX,
    IsTruncated: isTruncated,
    KeyMarker: input.KeyMarker ?? '',
    VersionIdMarker: input.VersionIdMarker ?? '',
    ...(isTruncated ? { NextKeyMarker: last?.name, NextVersionIdMarker: last?.version?.versionId } : {}),
    ...(input.Delimiter === undefined ? {} : { Delimiter: input.Delimiter }),
    ...describeLines(page, input.EncodingType),
    CommonPrefixes: prefixesOf(page, input.EncodingType),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
  } as S3.ListObjectVersionsOutput;
}

function versionLines(line: Line): VersionLine[] {
  if (line.object === undefined) return [{ ...line, isLatest: false }];
  return line.object.versions.map((version, index) => ({ ...line, version, isLatest: index === 0 }));
}

/** A marker without a version goes past all of its key's versions. */
function afterMarker(
  lines: readonly VersionLine[],
  { KeyMarker, VersionIdMarker }: S3.ListObjectVersionsRequest,
): readonly VersionLine[] {
  if (KeyMarker === undefined) return lines;
  const place = lines.findIndex(({ name, version }) => name === KeyMarker && version?.versionId === VersionIdMarker);
  if (VersionIdMarker !== undefined && place >= 0) return lines.slice(place + 1);
  return lines.filter(({ name }) => name > KeyMarker);
}

function describeLines(page: readonly VersionLine[], encoding: S3.EncodingType | undefined) {
  const all = page.flatMap(({ name, version, isLatest }) =>
    version === undefined
      ? []
      : [
          {
            version,
            shared: {
              Key: encode(name, encoding),
              VersionId: version.versionId,
              IsLatest: isLatest,
              LastModified: new Date(version.lastModified),
            },
          },
        ],
  );
  return {
    Versions: all
      .filter(({ version }) => version.isDeleteMarker !== true)
      .map(({ version: { etag, bytes }, shared }) => ({
        ...shared,
        ETag: etag,
        Size: bytes,
        StorageClass: 'STANDARD',
      })),
    DeleteMarkers: all.filter(({ version }) => version.isDeleteMarker).map(({ shared }) => shared),
  };
}
