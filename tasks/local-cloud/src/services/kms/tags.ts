import type * as KMS from '@aws-sdk/client-kms';
import { changeTags } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { customerKey } from './key-states.ts';
import { kmsPage } from './kms-page.ts';
import { ownKey, permittedKey } from './usable-key.ts';

const PAGE_SIZE = 50;

export function tagResource(world: World, input: KMS.TagResourceRequest, call: Call): object {
  const { realm, record } = customerKey(ownKey(world, call, input.KeyId, 'TagResource'));
  changeTags(world, realm, record, { add: tagMap(checkedTags(input.Tags)) });
  return {};
}

export function untagResource(world: World, input: KMS.UntagResourceRequest, call: Call): object {
  const { realm, record } = customerKey(ownKey(world, call, input.KeyId, 'UntagResource'));
  changeTags(world, realm, record, { without: input.TagKeys ?? [] });
  return {};
}

export function listResourceTags(
  world: World,
  input: KMS.ListResourceTagsRequest,
  call: Call,
): KMS.ListResourceTagsResponse {
  const { record } = permittedKey(world, call, input.KeyId, 'ListResourceTags');
  const tags = Object.entries(record.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  const { items, ...rest } = kmsPage(tags, input, PAGE_SIZE);
  return { Tags: [...items], ...rest };
}

export function tagMap(tags: readonly KMS.Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey ?? '', TagValue ?? '']));
}

/** @throws ServiceError TagException */
export function checkedTags(tags: readonly KMS.Tag[] = []): readonly KMS.Tag[] {
  const keys = tags.map(({ TagKey }) => TagKey ?? '');
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw new ServiceError('TagException', 'TagKey cannot begin with the reserved prefix aws:');
  }
  if (new Set(keys).size < keys.length) throw new ServiceError('TagException', 'Duplicate tag keys');
  return tags;
}
