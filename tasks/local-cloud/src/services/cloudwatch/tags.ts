import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { findAlarm } from './alarm.ts';

export function tagResource(world: World, input: CloudWatch.TagResourceInput, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input.ResourceARN), { add: tagMap(input.Tags) });
  return {};
}

export function untagResource(world: World, input: CloudWatch.UntagResourceInput, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input.ResourceARN), { without: input.TagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: CloudWatch.ListTagsForResourceInput,
  call: Call,
): CloudWatch.ListTagsForResourceOutput {
  return { Tags: tagList(tagged(world, call, input.ResourceARN).tags) };
}

function tagged(world: World, call: Call, arn = ''): Resource {
  const alarm = findAlarm(world, call.realm, arn.split(':alarm:')[1] ?? '');
  if (alarm !== undefined) return alarm;
  throw new ServiceError('ResourceNotFoundException', `Unknown resource: ${arn}`, 404);
}
