import type * as EC2 from '@aws-sdk/client-ec2';
import { typeOfId } from '../../catalog/ec2/references.ts';
import { EGRESS, INGRESS } from '../../catalog/ec2/security-group-rule.ts';
import { changeTags, findRecord } from '../../catalog/stored-record.ts';
import { resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { checkKeys, recordOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';
import { tagMap } from '../tag-list.ts';

const NOUN: Noun<EC2.TagDescription> = {
  type: 'AWS::EC2::VPC',
  idOf: ({ ResourceId }) => ResourceId,
  fields: {
    key: ({ Key }) => Key,
    value: ({ Value }) => Value,
    'resource-id': ({ ResourceId }) => ResourceId,
    'resource-type': ({ ResourceType }) => ResourceType,
  },
};

export function describeTags(world: World, input: EC2.DescribeTagsRequest, { realm }: Call): EC2.DescribeTagsResult {
  const views = [...resources(world, realm).values()]
    .filter(({ type }) => type.startsWith('AWS::EC2::'))
    .flatMap((record) => Object.entries(record.tags).map(([Key, Value]) => ({ ...subjectOf(record), Key, Value })));
  const { items, more } = select(views, NOUN, input);
  return { Tags: items, ...more };
}

export function createTags(
  world: World,
  { Resources = [], Tags = [] }: EC2.CreateTagsRequest,
  { realm }: Call,
): object {
  checkKeys(Tags);
  for (const id of Resources) {
    const record = taggedOf(world, realm, id);
    const add = tagMap(Tags);
    if (Object.keys({ ...record.tags, ...add }).length > TAGS_MAX) {
      const text = 'The maximum number of Tags for a resource has been reached.';
      throw new ServiceError('TagLimitExceeded', text);
    }
    changeTags(world, realm, record, { add });
  }
  return {};
}

/** A tag given with a value goes only where it has that value; without tags, all of the caller's own go. */
export function deleteTags(world: World, { Resources = [], Tags }: EC2.DeleteTagsRequest, { realm }: Call): object {
  checkKeys(Tags ?? []);
  for (const id of Resources) {
    const record = taggedOf(world, realm, id);
    const own = Object.keys(record.tags).filter((key) => !key.startsWith('aws:'));
    const wanted = Tags?.filter(({ Key = '', Value }) => Value === undefined || record.tags[Key] === Value);
    changeTags(world, realm, record, { without: wanted?.map(({ Key = '' }) => Key) ?? own });
  }
  return {};
}

const TAGS_MAX = 50;

/** What is tagged, by the id alone: what it begins with says what it is. */
function taggedOf(world: World, realm: Realm, id: string): Resource {
  const type = typeOfId(id);
  if (type === undefined) throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);
  // Rules of both directions have ids of one kind.
  const egress = type === INGRESS ? findRecord(world, realm, EGRESS, id) : undefined;
  return egress ?? recordOf(world, realm, type, id);
}

function subjectOf({ id, arn = '', attributes }: Resource): { ResourceId: string; ResourceType: EC2.ResourceType } {
  const ResourceType = (arn.split(':').at(-1)?.split('/')[0] ?? '') as EC2.ResourceType;
  return { ResourceId: ResourceType === 'elastic-ip' ? String(attributes['AllocationId']) : id, ResourceType };
}
