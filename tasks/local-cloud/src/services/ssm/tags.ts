import type * as SSM from '@aws-sdk/client-ssm';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { findParameter } from './parameter.ts';

export function addTagsToResource(world: World, input: SSM.AddTagsToResourceRequest, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input), { add: tagMap(input.Tags) });
  return {};
}

export function removeTagsFromResource(world: World, input: SSM.RemoveTagsFromResourceRequest, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input), { without: input.TagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: SSM.ListTagsForResourceRequest,
  call: Call,
): SSM.ListTagsForResourceResult {
  return { TagList: tagList(tagged(world, call, input).tags) };
}

function tagged(
  world: World,
  call: Call,
  { ResourceType, ResourceId = '' }: Pick<SSM.ListTagsForResourceRequest, 'ResourceType' | 'ResourceId'>,
): Resource {
  if (ResourceType !== 'Parameter') {
    throw new ServiceError('NotImplemented', `The local cloud does not simulate tags of ssm:${ResourceType}`, 501);
  }
  const record = findParameter(world, call.realm, ResourceId);
  if (record !== undefined) return record;
  throw new ServiceError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  );
}
