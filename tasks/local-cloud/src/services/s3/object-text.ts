import type { World } from '../../world.ts';
import { findBucket } from './bucket.ts';
import { bytesOf, getObject } from './object-store.ts';

interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/**
 * An object's text by its URL in any of S3's forms (`https://bucket.s3.eu-west-1.amazonaws.com/key`, path style,
 * `s3://bucket/key`, or this cloud's own endpoint); undefined where the URL is none of S3's or there is no such object.
 */
export function objectText(world: World, url: string): string | undefined {
  const address = objectAddress(url);
  const bucket = address && findBucket(world, address.bucket);
  if (address === undefined || bucket === undefined) return undefined;
  const version = getObject(world, bucket, address.key)?.versions[0];
  if (version === undefined || version.isDeleteMarker) return undefined;
  return bytesOf(world, bucket, address.key, version).toString('utf8');
}

const VIRTUAL_HOST = /^(.+)\.s3(?:[.-][\w.-]+)?\.amazonaws\.com$/;
const PATH_HOST = /^(?:s3(?:[.-][\w.-]+)?\.amazonaws\.com|localhost|127\.0\.0\.1)$/;

function objectAddress(text: string): ObjectAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const path = decodeURIComponent(url.pathname).slice(1);
  if (url.protocol === 's3:') return { bucket: url.hostname, key: path };
  const bucket = VIRTUAL_HOST.exec(url.hostname)?.[1];
  if (bucket !== undefined) return { bucket, key: path };
  const slash = path.indexOf('/');
  if (!PATH_HOST.test(url.hostname) || slash < 0) return undefined;
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
