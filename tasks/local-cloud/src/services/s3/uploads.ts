import { createHash } from 'node:crypto';
import { bufferOf } from '../../wire/http.ts';
import { ServiceError } from '../../world.ts';
import type { World } from '../../world.ts';
import type { Bucket } from './bucket.ts';
import type { Written } from './object-store.ts';

/** An upload in parts that has begun. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  readonly written: Written;
}

export interface Part {
  readonly number: number;
  readonly etag: string;
  readonly bytes: number;
  readonly at: number;
  /** In base64. */
  readonly body: string;
}

const uploads = (world: World, { realm, record }: Bucket) => world.table<Upload>(`s3-upload/${record.id}`, realm);
const parts = (world: World, { realm, record }: Bucket, id: string) =>
  world.table<Part>(`s3-part/${record.id}/${id}`, realm);

export function startUpload(world: World, bucket: Bucket, key: string, written: Written): Upload {
  const upload: Upload = { id: world.hex(96), key, startedAt: world.now, written };
  uploads(world, bucket).put(upload.id, upload);
  return upload;
}

/** By key, then by when they began. */
export function listUploads(world: World, bucket: Bucket): Upload[] {
  return [...uploads(world, bucket).values()].sort((left, right) =>
    left.key === right.key ? left.startedAt - right.startedAt : left.key < right.key ? -1 : 1,
  );
}

/** @throws ServiceError NoSuchUpload */
export function uploadOf(world: World, bucket: Bucket, key: string | undefined, id: string | undefined): Upload {
  const upload = uploads(world, bucket).get(id ?? '');
  if (upload !== undefined && upload.key === key) return upload;
  throw new ServiceError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
  );
}

/** A part with the same number is written over. */
export function putPart(world: World, bucket: Bucket, upload: Upload, number: number, bytes: Uint8Array): Part {
  const part: Part = {
    number,
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    bytes: bytes.length,
    at: world.now,
    body: bufferOf(bytes).toString('base64'),
  };
  parts(world, bucket, upload.id).put(String(number), part);
  return part;
}

export function partsOf(world: World, bucket: Bucket, upload: Upload): Part[] {
  return [...parts(world, bucket, upload.id).values()].sort((left, right) => left.number - right.number);
}

export function endUpload(world: World, bucket: Bucket, upload: Upload): void {
  const all = parts(world, bucket, upload.id);
  for (const { number } of [...all.values()]) all.delete(String(number));
  uploads(world, bucket).delete(upload.id);
}

/** An upload that nobody completed does not keep its bucket from being deleted. */
export function forgetUploads(world: World, bucket: Bucket): void {
  for (const upload of listUploads(world, bucket)) endUpload(world, bucket, upload);
}
