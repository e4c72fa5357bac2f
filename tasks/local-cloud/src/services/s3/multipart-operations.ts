import { createHash } from 'node:crypto';
import type * as S3 from '@aws-sdk/client-s3';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { bucketOf } from './bucket.ts';
import { checkWriteConditions, current, versionId, writtenOf } from './object-operations.ts';
import { writeObject } from './object-store.ts';
import { endUpload, listUploads, partsOf, putPart, startUpload, uploadOf } from './uploads.ts';
import type { Part } from './uploads.ts';

const PARTS_MAX = 10_000;
const PAGE_SIZE = 1000;
/** Every part but the last. */
const PART_BYTES_MIN = 5 * 1024 * 1024;

export function createMultipartUpload(
  world: World,
  input: S3.CreateMultipartUploadRequest,
  call: Call,
): S3.CreateMultipartUploadOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const { id, key } = startUpload(world, bucket, input.Key ?? '', writtenOf(input));
  return { Bucket: bucket.record.id, Key: key, UploadId: id };
}

export function uploadPart(world: World, input: S3.UploadPartRequest, call: Call): S3.UploadPartOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const upload = uploadOf(world, bucket, input.Key, input.UploadId);
  const number = input.PartNumber ?? 0;
  if (number < 1 || number > PARTS_MAX) {
    const text = `Part number must be an integer between 1 and ${PARTS_MAX}, inclusive`;
    throw new ServiceError('InvalidArgument', text);
  }
  const { etag } = putPart(world, bucket, upload, number, (input.Body ?? new Uint8Array()) as Uint8Array);
  return { ETag: etag };
}

export function completeMultipartUpload(
  world: World,
  input: S3.CompleteMultipartUploadRequest,
  call: Call,
): S3.CompleteMultipartUploadOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const upload = uploadOf(world, bucket, input.Key, input.UploadId);
  const chosen = chosenParts(partsOf(world, bucket, upload), input.MultipartUpload?.Parts ?? []);
  checkWriteConditions(current(world, bucket, upload.key), input);
  const digests = chosen.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'));
  const digest = createHash('md5').update(Buffer.concat(digests)).digest('hex');
  const bytes = Buffer.concat(chosen.map(({ body }) => Buffer.from(body, 'base64')));
  const etag = `"${digest}-${chosen.length}"`;
  const version = writeObject(world, bucket, upload.key, bytes, { ...upload.written, etag });
  endUpload(world, bucket, upload);
  return {
    Bucket: bucket.record.id,
    Key: upload.key,
    ETag: etag,
    Location: `https://${bucket.record.id}.s3.${bucket.realm.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
    ...versionId(bucket, version),
  };
}

export function abortMultipartUpload(world: World, input: S3.AbortMultipartUploadRequest, call: Call): object {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  endUpload(world, bucket, uploadOf(world, bucket, input.Key, input.UploadId));
  return {};
}

export function listParts(world: World, input: S3.ListPartsRequest, call: Call): S3.ListPartsOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const upload = uploadOf(world, bucket, input.Key, input.UploadId);
  const after = Number(input.PartNumberMarker ?? 0);
  const rest = partsOf(world, bucket, upload).filter(({ number }) => number > after);
  const page = rest.slice(0, Math.min(input.MaxParts ?? PAGE_SIZE, PAGE_SIZE));
  const isTruncated = page.length < rest.length;
  return {
    ...{ Bucket: bucket.record.id, Key: upload.key, UploadId: upload.id },
    PartNumberMarker: String(after),
    MaxParts: input.MaxParts ?? PAGE_SIZE,
    IsTruncated: isTruncated,
    ...(isTruncated ? { NextPartNumberMarker: String(page.at(-1)?.number) } : {}),
    Parts: page.map(({ number, etag, bytes, at }) => ({
      PartNumber: number,
      ETag: etag,
      Size: bytes,
      LastModified: new Date(at),
    })),
    StorageClass: 'STANDARD',
  };
}

export function listMultipartUploads(
  world: World,
  input: S3.ListMultipartUploadsRequest,
  call: Call,
): S3.ListMultipartUploadsOutput {
  const bucket = bucketOf(world, input.Bucket, call.realm);
  const all = listUploads(world, bucket).filter(({ key }) => key.startsWith(input.Prefix ?? ''));
  const place = all.findIndex(({ key, id }) => key === input.KeyMarker && id === input.UploadIdMarker);
  const rest = place < 0 ? all.filter(({ key }) => key > (input.KeyMarker ?? '')) : all.slice(place + 1);
  const page = rest.slice(0, Math.min(input.MaxUploads ?? PAGE_SIZE, PAGE_SIZE));
  const isTruncated = page.length < rest.length;
  const last = page.at(-1);
  return {
    Bucket: bucket.record.id,
    Prefix: input.Prefix ?? '',
    MaxUploads: input.MaxUploads ?? PAGE_SIZE,
    IsTruncated: isTruncated,
    ...(isTruncated ? { NextKeyMarker: last?.key, NextUploadIdMarker: last?.id } : {}),
    Uploads: page.map(({ id, key, startedAt }) => ({
      UploadId: id,
      Key: key,
      Initiated: new Date(startedAt),
      StorageClass: 'STANDARD',
    })),
  };
}

/** The parts that the caller names, which must be in order, as they were uploaded, and large enough but for the last. */
function chosenParts(all: readonly Part[], named: readonly S3.CompletedPart[]): Part[] {
  if (named.length === 0) {
    throw new ServiceError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const isOrdered = named.every(({ PartNumber = 0 }, index) => PartNumber > (named[index - 1]?.PartNumber ?? 0));
  if (!isOrdered) {
    const text = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
    throw new ServiceError('InvalidPartOrder', text);
  }
  const chosen = named.map(({ PartNumber, ETag = '' }) => {
    const part = all.find(({ number }) => number === PartNumber);
    if (part !== undefined && part.etag.replaceAll('"', '') === ETag.replaceAll('"', '')) return part;
    throw new ServiceError(
      'InvalidPart',
      'One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified ' +
        "entity tag may not match the part's entity tag.",
    );
  });
  if (chosen.slice(0, -1).some(({ bytes }) => bytes < PART_BYTES_MIN)) {
    const text = 'Your proposed upload is smaller than the minimum allowed size';
    throw new ServiceError('EntityTooSmall', text);
  }
  return chosen;
}
