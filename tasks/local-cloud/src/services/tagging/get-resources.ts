import type * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { tagList } from '../tag-list.ts';
import { invalidToken, taggedIn, tokenOf } from './tagged.ts';
import type { Tagged } from './tagged.ts';

const PAGE_SIZE = 100;
const FILTERS_MAX = 50;

export function getResources(world: World, input: Tagging.GetResourcesInput, call: Call): Tagging.GetResourcesOutput {
  checkInput(input);
  const { TagFilters = [], ResourceTypeFilters = [], ResourceARNList, ResourcesPerPage, TagsPerPage } = input;
  const all = [...taggedIn(world, call.realm)].filter(
    ({ arn, tags }) =>
      TagFilters.every((filter) => hasTag(tags, filter)) &&
      (ResourceTypeFilters.length === 0 || ResourceTypeFilters.some((type) => isOfType(arn, type))) &&
      (ResourceARNList === undefined || ResourceARNList.includes(arn)),
  );
  // A page by tags ends before the resource whose tags would not all fit; by resources is simpler and comes to the same.
  const size = ResourcesPerPage ?? (TagsPerPage === undefined ? PAGE_SIZE : Math.max(1, Math.floor(TagsPerPage / 50)));
  const { items, nextToken } = pageOf(all, size, tokenOf(input.PaginationToken), invalidToken);
  return {
    PaginationToken: nextToken ?? '',
    ResourceTagMappingList: items.map(({ arn, tags }) => ({ ResourceARN: arn, Tags: tagList(tags) })),
  };
}

function checkInput({ TagFilters = [], ResourceTypeFilters, ResourceARNList, ...input }: Tagging.GetResourcesInput) {
  const isFiltered = TagFilters.length > 0 || (ResourceTypeFilters ?? []).length > 0;
  if (ResourceARNList !== undefined && (isFiltered || input.ResourcesPerPage !== undefined)) {
    throw invalid('ResourceARNList cannot be combined with TagFilters, ResourceTypeFilters or ResourcesPerPage.');
  }
  if (TagFilters.length > FILTERS_MAX) throw invalid(`TagFilters can have at most ${FILTERS_MAX} filters.`);
  const size = input.ResourcesPerPage;
  if (size !== undefined && (size < 1 || size > PAGE_SIZE)) {
    throw invalid(`ResourcesPerPage must be between 1 and ${PAGE_SIZE}, but is ${size}.`);
  }
}

function invalid(text: string): ServiceError {
  return new ServiceError('InvalidParameterException', text);
}

/** A filter without values asks for the key alone. */
function hasTag(tags: Tagged['tags'], { Key = '', Values = [] }: Tagging.TagFilter): boolean {
  const value = Object.hasOwn(tags, Key) ? tags[Key] : undefined;
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

/** What an ARN is of that has no word for it. */
const WORDLESS: Readonly<Record<string, string>> = { s3: 'bucket', sns: 'topic', sqs: 'queue' };

/** `ecs` or `ecs:service`, by the ARN's service and the word that its resource begins with. */
function isOfType(arn: string, filter: string): boolean {
  const [, , service = '', , , ...rest] = arn.split(':');
  const [wantedService, wantedType] = filter.split(':');
  if (service !== wantedService) return false;
  const type = WORDLESS[service] ?? rest.join(':').split(/[:/]/)[0];
  return wantedType === undefined || wantedType === type;
}
