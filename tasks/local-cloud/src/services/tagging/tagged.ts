import { resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';
import { stacksWithTags } from './stacks-with-tags.ts';

/** The region in which AWS shows what belongs to no region. */
const GLOBAL_REGION = 'us-east-1';
/** AWS's own gap: the API does not know these although they have tags. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User']);

export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Everything of a realm that has tags. */
export function* taggedIn(world: World, realm: Realm): Iterable<Tagged> {
  for (const { arn, tags } of recordsIn(world, realm)) if (Object.keys(tags).length > 0) yield { arn, tags };
  yield* stacksWithTags(world, realm);
}

/** Everything that can be tagged by its ARN, with or without tags; stacks only by CloudFormation. */
export function* recordsIn(world: World, realm: Realm): Iterable<Resource & { readonly arn: string }> {
  const realms = realm.region === GLOBAL_REGION ? [realm, { ...realm, region: 'global' }] : [realm];
  for (const each of realms) {
    for (const record of resources(world, each).values()) {
      if (record.arn !== undefined && !NOT_SHOWN.has(record.type)) yield { ...record, arn: record.arn };
    }
  }
}

export function invalidToken(): ServiceError {
  return new ServiceError('PaginationTokenExpiredException', 'The specified PaginationToken is invalid.');
}

/** The API's way to say that there is no token, and no further page. */
export function tokenOf(given: string | undefined): string | undefined {
  return given === '' ? undefined : given;
}
