import type * as ECS from '@aws-sdk/client-ecs';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from './shapes.ts';

export function tagResource(world: World, input: ECS.TagResourceRequest, call: Call): ECS.TagResourceResponse {
  const record = recordOf(world, call, input.resourceArn);
  put(world, call, { ...record, tags: { ...record.tags, ...tagMap(input.tags) } });
  return {};
}

export function untagResource(world: World, input: ECS.UntagResourceRequest, call: Call): ECS.UntagResourceResponse {
  const record = recordOf(world, call, input.resourceArn);
  const kept = Object.entries(record.tags).filter(([key]) => !input.tagKeys?.includes(key));
  put(world, call, { ...record, tags: Object.fromEntries(kept) });
  return {};
}

export function listTagsForResource(
  world: World,
  input: ECS.ListTagsForResourceRequest,
  call: Call,
): ECS.ListTagsForResourceResponse {
  return { tags: tagList(recordOf(world, call, input.resourceArn).tags) };
}

function put(world: World, { realm }: Call, record: Resource): void {
  resources(world, realm).put(resourceKey(record.type, record.id), record);
}

/** @throws ServiceError InvalidParameterException */
function recordOf(world: World, { realm }: Call, arn = ''): Resource {
  for (const record of resources(world, realm).values()) {
    const isOurs = record.type.startsWith('AWS::ECS::');
    if (isOurs && (record.arn === arn || record.id === arn || arn.endsWith(`:cluster/${record.id}`))) return record;
  }
  throw new ServiceError('InvalidParameterException', 'The specified resource was not found.');
}
