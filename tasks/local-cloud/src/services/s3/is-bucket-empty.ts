import type { Realm, World } from '../../world.ts';
import { findBucket } from './bucket.ts';
import { isEmpty } from './object-store.ts';

/** For whoever deletes buckets past S3's own API; a bucket that is not there counts as empty. */
export function isBucketEmpty(world: World, _realm: Realm, name: string): boolean {
  const bucket = findBucket(world, name);
  return bucket === undefined || isEmpty(world, bucket);
}
