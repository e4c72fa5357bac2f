import type * as ECR from '@aws-sdk/client-ecr';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { repositoryOf } from './repository.ts';
import type { FoundRepository } from './repository.ts';

export function tagResource(world: World, input: ECR.TagResourceRequest, call: Call): ECR.TagResourceResponse {
  const { realm, record } = repositoryAt(world, call, input.resourceArn);
  changeTags(world, realm, record, { add: tagMap(input.tags) });
  return {};
}

export function untagResource(world: World, input: ECR.UntagResourceRequest, call: Call): ECR.UntagResourceResponse {
  const { realm, record } = repositoryAt(world, call, input.resourceArn);
  changeTags(world, realm, record, { without: input.tagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: ECR.ListTagsForResourceRequest,
  call: Call,
): ECR.ListTagsForResourceResponse {
  return { tags: tagList(repositoryAt(world, call, input.resourceArn).record.tags) };
}

function repositoryAt(world: World, call: Call, arn = ''): FoundRepository {
  return repositoryOf(world, call, { repositoryName: arn.split(':repository/')[1] ?? arn }, 'TagResource');
}
