import { REPOSITORY } from '../../catalog/ecr.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Realm, World } from '../../world.ts';
import { imageBy } from './images.ts';

const ECR_URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/;

/**
 * Whether whoever pulls this image in that account and region would find it. Images of other registries than ECR's are
 * none of the cloud's business and count as there.
 *
 * @param uri `111111111111.dkr.ecr.eu-west-1.amazonaws.com/web:1`, with a digest, or with neither for `latest`
 */
export function imageExists(world: World, { region }: Realm, uri: string): boolean {
  const parts = ECR_URI.exec(uri);
  if (parts === null) return true;
  const [, account = '', home = region, name = '', tag, imageDigest] = parts;
  const realm = { account, region: home };
  const record = findRecord(world, realm, REPOSITORY, name);
  if (record === undefined) return false;
  const id = imageDigest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest };
  return imageBy(world, { realm, record }, id) !== undefined;
}
