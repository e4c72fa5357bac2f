import type * as Route53 from '@aws-sdk/client-route-53';
import { changeTags, findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { hostedZone } from './zone.ts';

export function changeTagsForResource(
  world: World,
  input: Route53.ChangeTagsForResourceRequest,
  call: Call,
): Route53.ChangeTagsForResourceResponse {
  const record = taggedRecord(world, call, input.ResourceType, input.ResourceId);
  changeTags(world, call.realm, record, { add: tagMap(input.AddTags), without: input.RemoveTagKeys ?? [] });
  return {};
}

export function listTagsForResource(
  world: World,
  input: Route53.ListTagsForResourceRequest,
  call: Call,
): Route53.ListTagsForResourceResponse {
  return { ResourceTagSet: tagSet(world, call, input.ResourceType, input.ResourceId) };
}

export function listTagsForResources(
  world: World,
  input: Route53.ListTagsForResourcesRequest,
  call: Call,
): Route53.ListTagsForResourcesResponse {
  return { ResourceTagSets: (input.ResourceIds ?? []).map((id) => tagSet(world, call, input.ResourceType, id)) };
}

type Kind = Route53.TagResourceType | undefined;

function tagSet(world: World, call: Call, kind: Kind, id: string | undefined): Route53.ResourceTagSet {
  const record = taggedRecord(world, call, kind, id);
  return { ResourceType: kind, ResourceId: record.id, Tags: tagList(record.tags) };
}

/** @throws ServiceError where there is no such zone or health check */
function taggedRecord(world: World, call: Call, kind: Kind, id: string | undefined): Resource {
  if (kind === 'hostedzone') return hostedZone(world, call.realm, id);
  const check = findRecord(world, call.realm, 'AWS::Route53::HealthCheck', id ?? '');
  if (check !== undefined) return check;
  throw new ServiceError('NoSuchHealthCheck', `No health check exists with the specified ID: ${id ?? ''}`, 404);
}
