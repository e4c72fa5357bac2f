import type * as EFS from '@aws-sdk/client-efs';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { tokenPage } from './efs-page.ts';
import { accessPointOf, badRequest, bareId, fileSystemOf } from './find.ts';

export function tagResource(world: World, { ResourceId, Tags }: EFS.TagResourceRequest, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, ResourceId), { add: checkedTags(Tags) });
  return {};
}

export function untagResource(world: World, { ResourceId, TagKeys }: EFS.UntagResourceRequest, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, ResourceId), { without: TagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: EFS.ListTagsForResourceRequest,
  call: Call,
): EFS.ListTagsForResourceResponse {
  const { items, more } = tokenPage(tagList(tagged(world, call, input.ResourceId).tags), input);
  return { ...more, Tags: items };
}

/** @throws ServiceError BadRequest for keys that AWS keeps to itself */
export function checkedTags(tags: readonly EFS.Tag[] | undefined): Record<string, string> {
  if (tags?.some(({ Key }) => Key?.toLowerCase().startsWith('aws:'))) {
    throw badRequest("Tag keys cannot start with 'aws:'.");
  }
  return tagMap(tags);
}

/** File systems and access points have tags, mount targets have none. */
function tagged(world: World, { realm }: Call, asked: string | undefined): Resource {
  return bareId(asked).startsWith('fsap-') ? accessPointOf(world, realm, asked) : fileSystemOf(world, realm, asked);
}
