import type * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import { resources } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, Service, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { stacksWithTags } from './stacks-with-tags.ts';

const PAGE_SIZE = 100;
/** The region in which AWS shows what belongs to no region. */
const GLOBAL_REGION = 'us-east-1';
/** AWS's own gap: the API does not know these although they have tags. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User']);

interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Finds everything by its tags, whichever service it belongs to; see SPEC.md beside this file. */
export const tagging: Service = {
  client: 'client-resource-groups-tagging-api',
  operations: { GetResources: getResources },
};

function getResources(world: World, input: Tagging.GetResourcesInput, call: Call): Tagging.GetResourcesOutput {
  const { TagFilters = [], ResourceTypeFilters = [], ResourceARNList } = input;
  const all = [...taggedIn(world, call.realm)].filter(
    ({ arn, tags }) =>
      TagFilters.every((filter) => hasTag(tags, filter)) &&
      (ResourceTypeFilters.length === 0 || ResourceTypeFilters.some((type) => isOfType(arn, type))) &&
      (ResourceARNList === undefined || ResourceARNList.includes(arn)),
  );
  const token = input.PaginationToken === '' ? undefined : input.PaginationToken;
  const { items, nextToken } = pageOf(all, input.ResourcesPerPage ?? PAGE_SIZE, token, invalidToken);
  return {
    PaginationToken: nextToken ?? '',
    ResourceTagMappingList: items.map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

function* taggedIn(world: World, realm: Realm): Iterable<Tagged> {
  const realms = realm.region === GLOBAL_REGION ? [realm, { ...realm, region: 'global' }] : [realm];
  for (const each of realms) {
    for (const { type, arn, tags } of resources(world, each).values()) {
      if (arn !== undefined && !NOT_SHOWN.has(type) && Object.keys(tags).length > 0) yield { arn, tags };
    }
  }
  yield* stacksWithTags(world, realm);
}

/** A filter without values asks for the key alone. */
function hasTag(tags: Tagged['tags'], { Key = '', Values = [] }: Tagging.TagFilter): boolean {
  const value = Object.hasOwn(tags, Key) ? tags[Key] : undefined;
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

/** `ecs` or `ecs:service`, by the ARN's service and the word that its resource begins with. */
function isOfType(arn: string, filter: string): boolean {
  const [, , service = '', , , ...rest] = arn.split(':');
  const [wantedService, wantedType] = filter.split(':');
  if (service !== wantedService) return false;
  const first = rest.join(':').split(/[:/]/)[0];
  // A bucket's ARN has no word for what it is.
  const type = service === 's3' ? 'bucket' : first;
  return wantedType === undefined || wantedType === type;
}

function invalidToken(): ServiceError {
  return new ServiceError('InvalidParameterException', 'The specified PaginationToken is invalid.');
}
