import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { SERVICE, findNamespace } from '../../catalog/servicediscovery/types.ts';
import { changeTags, findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';

const TAGS_MAX = 50;

export function tagResource(world: World, input: CloudMap.TagResourceRequest, call: Call): object {
  const record = tagged(world, call, input.ResourceARN);
  const add = tagMap(input.Tags);
  checkTags(tagList({ ...record.tags, ...add }));
  changeTags(world, call.realm, record, { add });
  return {};
}

export function untagResource(world: World, input: CloudMap.UntagResourceRequest, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input.ResourceARN), { without: input.TagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: CloudMap.ListTagsForResourceRequest,
  call: Call,
): CloudMap.ListTagsForResourceResponse {
  return { Tags: tagList(tagged(world, call, input.ResourceARN).tags) };
}

/** @throws ServiceError TooManyTagsException */
export function checkTags(tags: readonly object[] | undefined): void {
  if ((tags ?? []).length <= TAGS_MAX) return;
  throw new ServiceError('TooManyTagsException', `A resource can have at most ${TAGS_MAX} tags.`);
}

/** Namespaces and services have tags, instances have none. */
function tagged(world: World, { realm }: Call, arn = ''): Resource {
  const found = arn.includes(':service/')
    ? findRecord(world, realm, SERVICE, arn.split('/').at(-1) ?? '')
    : findNamespace(world, realm, arn);
  if (found !== undefined && found.arn === arn) return found;
  throw new ServiceError('ResourceNotFoundException', `Resource not found for ARN: ${arn}`);
}
