import type * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken, taggedIn, tokenOf } from './tagged.ts';

const PAGE_SIZE = 100;

export function getTagKeys(world: World, input: Tagging.GetTagKeysInput, call: Call): Tagging.GetTagKeysOutput {
  const keys = [...taggedIn(world, call.realm)].flatMap(({ tags }) => Object.keys(tags));
  const { items, nextToken } = pageOf(sorted(keys), PAGE_SIZE, tokenOf(input.PaginationToken), invalidToken);
  return { PaginationToken: nextToken ?? '', TagKeys: [...items] };
}

export function getTagValues(
  world: World,
  { Key = '', PaginationToken }: Tagging.GetTagValuesInput,
  call: Call,
): Tagging.GetTagValuesOutput {
  const values = [...taggedIn(world, call.realm)].flatMap(({ tags }) =>
    Object.hasOwn(tags, Key) ? [tags[Key] ?? ''] : [],
  );
  const { items, nextToken } = pageOf(sorted(values), PAGE_SIZE, tokenOf(PaginationToken), invalidToken);
  return { PaginationToken: nextToken ?? '', TagValues: [...items] };
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}
