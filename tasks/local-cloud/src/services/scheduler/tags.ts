import type * as Scheduler from '@aws-sdk/client-scheduler';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { groupOf } from './groups.ts';

export function tagResource(world: World, input: Scheduler.TagResourceInput, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input.ResourceArn), { add: tagMap(input.Tags) });
  return {};
}

export function untagResource(world: World, input: Scheduler.UntagResourceInput, call: Call): object {
  changeTags(world, call.realm, tagged(world, call, input.ResourceArn), { without: input.TagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: Scheduler.ListTagsForResourceInput,
  call: Call,
): Scheduler.ListTagsForResourceOutput {
  return { Tags: tagList(tagged(world, call, input.ResourceArn).tags) };
}

/** Groups have tags, schedules have none. */
function tagged(world: World, call: Call, arn: string | undefined): Resource {
  return groupOf(world, call.realm, (arn ?? '').replace(/^.*:schedule-group\//, ''));
}
