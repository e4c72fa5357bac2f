import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Call, World } from '../../world.ts';
import { logGroupOf } from './group.ts';

export function listTagsForResource(
  world: World,
  input: Logs.ListTagsForResourceRequest,
  call: Call,
): Logs.ListTagsForResourceResponse {
  return { tags: { ...logGroupOf(world, call.realm, input.resourceArn).tags } };
}

export function tagResource(world: World, input: Logs.TagResourceRequest, call: Call): object {
  changeTags(world, call.realm, logGroupOf(world, call.realm, input.resourceArn), { add: input.tags ?? {} });
  return {};
}

export function untagResource(world: World, input: Logs.UntagResourceRequest, call: Call): object {
  changeTags(world, call.realm, logGroupOf(world, call.realm, input.resourceArn), { without: input.tagKeys ?? [] });
  return {};
}

export function listTagsLogGroup(
  world: World,
  input: Logs.ListTagsLogGroupRequest,
  call: Call,
): Logs.ListTagsLogGroupResponse {
  return { tags: { ...logGroupOf(world, call.realm, input.logGroupName).tags } };
}

export function tagLogGroup(world: World, input: Logs.TagLogGroupRequest, call: Call): object {
  changeTags(world, call.realm, logGroupOf(world, call.realm, input.logGroupName), { add: input.tags ?? {} });
  return {};
}

export function untagLogGroup(world: World, input: Logs.UntagLogGroupRequest, call: Call): object {
  changeTags(world, call.realm, logGroupOf(world, call.realm, input.logGroupName), { without: input.tags ?? [] });
  return {};
}
