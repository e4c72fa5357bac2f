import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import type { Tag } from '../tag-list.ts';
import { markedPage, policyOf, profileOf, roleOf, userOf } from './entity.ts';
import { checkedRole } from './roles.ts';

interface Input {
  readonly RoleName?: string;
  readonly UserName?: string;
  readonly PolicyArn?: string;
  readonly InstanceProfileName?: string;
  readonly Tags?: readonly Tag[];
  readonly TagKeys?: readonly string[];
  readonly Marker?: string;
  readonly MaxItems?: number;
}

type Find = (world: World, input: Input, call: Call) => Resource;

const FINDERS: Readonly<Record<string, Find>> = {
  // Tags of AWS's own roles can be read.
  Role: (world, input, call) =>
    (input.Tags ?? input.TagKeys) === undefined
      ? roleOf(world, call, input.RoleName)
      : checkedRole(world, call, input.RoleName),
  User: (world, input, call) => userOf(world, call, input.UserName),
  Policy: (world, input, call) => policyOf(world, call, input.PolicyArn),
  InstanceProfile: (world, input, call) => profileOf(world, call, input.InstanceProfileName),
};

/** `TagRole`, `UntagRole`, `ListRoleTags` and the same of users, policies and instance profiles. */
export const tagOperations = Object.fromEntries(
  Object.entries(FINDERS).flatMap(([kind, find]) => [
    [
      `Tag${kind}`,
      (world: World, input: Input, call: Call): object => {
        changeTags(world, call.realm, find(world, input, call), { add: tagMap(input.Tags) });
        return {};
      },
    ],
    [
      `Untag${kind}`,
      (world: World, input: Input, call: Call): object => {
        changeTags(world, call.realm, find(world, input, call), { without: input.TagKeys ?? [] });
        return {};
      },
    ],
    [
      `List${kind}Tags`,
      (world: World, input: Input, call: Call): object => {
        const { items, ...page } = markedPage(tagList(find(world, input, call).tags), input);
        return { Tags: [...items], ...page };
      },
    ],
  ]),
);
