import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { findOne, invalid, typeOfArn } from './find.ts';

const ARNS_MAX = 20;
const TAGS_MAX = 50;

export function describeTags(world: World, input: ELB.DescribeTagsInput, { realm }: Call): ELB.DescribeTagsOutput {
  return {
    TagDescriptions: resourcesAt(world, realm, input.ResourceArns).map(({ id, tags }) => ({
      ResourceArn: id,
      Tags: tagList(tags),
    })),
  };
}

export function addTags(world: World, input: ELB.AddTagsInput, { realm }: Call): ELB.AddTagsOutput {
  const keys = (input.Tags ?? []).map(({ Key }) => Key ?? '');
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) {
    throw new ServiceError('DuplicateTagKeys', `Tag key was specified more than once: ${twice}`);
  }
  const add = tagMap(input.Tags);
  const records = resourcesAt(world, realm, input.ResourceArns);
  if (records.some(({ tags }) => Object.keys({ ...tags, ...add }).length > TAGS_MAX)) {
    throw new ServiceError('TooManyTags', `The maximum number of tags per resource is ${TAGS_MAX}`);
  }
  for (const record of records) changeTags(world, realm, record, { add });
  return {};
}

export function removeTags(world: World, input: ELB.RemoveTagsInput, { realm }: Call): ELB.RemoveTagsOutput {
  const without = input.TagKeys ?? [];
  for (const record of resourcesAt(world, realm, input.ResourceArns)) changeTags(world, realm, record, { without });
  return {};
}

function resourcesAt(world: World, realm: Realm, arns: readonly string[] = []): Resource[] {
  if (arns.length > ARNS_MAX) throw invalid(`At most ${ARNS_MAX} resource ARNs can be specified`);
  return arns.map((arn) => findOne(world, realm, typeOfArn(arn), arn));
}
