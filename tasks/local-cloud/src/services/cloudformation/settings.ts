import type { Realm, World } from '../../world.ts';

/** What CloudFormation needs of its neighbours; each may be missing. */
export interface CloudFormationSettings {
  /** Reads a template from S3; undefined where there is no such object. */
  readonly objectText?: (world: World, url: string) => string | undefined;
  readonly isBucketEmpty?: (world: World, realm: Realm, bucket: string) => boolean;
  /** Overrides how long a resource takes, in seconds; a template's own metadata still wins. */
  readonly secondsOf?: (type: string, action: 'create' | 'update' | 'delete') => number | undefined;
}
