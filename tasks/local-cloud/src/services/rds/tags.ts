import type * as RDS from '@aws-sdk/client-rds';
import { CLUSTER_PARAMETER_GROUP, OPTION_GROUP, PARAMETER_GROUP, SUBNET_GROUP } from '../../catalog/rds/groups.ts';
import { CLUSTER, INSTANCE } from '../../catalog/rds/kind.ts';
import { changeTags, findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';

/** The type behind the word in an ARN, and what AWS calls it where it is not there. */
const TYPES: Readonly<Record<string, { type: string; noun: string; code: string }>> = {
  db: { type: INSTANCE.type, noun: 'DBInstance', code: INSTANCE.faults.notFound },
  cluster: { type: CLUSTER.type, noun: 'DBCluster', code: CLUSTER.faults.notFound },
  snapshot: { type: INSTANCE.snapshotType, noun: 'DBSnapshot', code: INSTANCE.faults.snapshotNotFound },
  'cluster-snapshot': {
    type: CLUSTER.snapshotType,
    noun: 'DBClusterSnapshot',
    code: CLUSTER.faults.snapshotNotFound,
  },
  subgrp: { type: SUBNET_GROUP, noun: 'DB subnet group', code: 'DBSubnetGroupNotFoundFault' },
  pg: { type: PARAMETER_GROUP, noun: 'DBParameterGroup', code: 'DBParameterGroupNotFoundFault' },
  'cluster-pg': { type: CLUSTER_PARAMETER_GROUP, noun: 'DBParameterGroup', code: 'DBParameterGroupNotFoundFault' },
  og: { type: OPTION_GROUP, noun: 'OptionGroup', code: 'OptionGroupNotFoundFault' },
};

export function listTagsForResource(
  world: World,
  input: RDS.ListTagsForResourceMessage,
  call: Call,
): RDS.TagListMessage {
  return { TagList: tagList(resourceAt(world, call.realm, input.ResourceName).tags) };
}

export function addTags(world: World, input: RDS.AddTagsToResourceMessage, call: Call): object {
  const record = resourceAt(world, call.realm, input.ResourceName);
  changeTags(world, call.realm, record, { add: tagMap(input.Tags) });
  return {};
}

export function removeTags(world: World, input: RDS.RemoveTagsFromResourceMessage, call: Call): object {
  const record = resourceAt(world, call.realm, input.ResourceName);
  changeTags(world, call.realm, record, { without: input.TagKeys ?? [] });
  return {};
}

function resourceAt(world: World, realm: Realm, arn = ''): Resource {
  const [, , service, , , word = '', ...rest] = arn.split(':');
  const known = service === 'rds' && Object.hasOwn(TYPES, word) ? TYPES[word] : undefined;
  if (known === undefined) throw new ServiceError('InvalidParameterValue', `Invalid resource name: ${arn}`);
  const { type, noun, code } = known;
  const name = rest.join(':');
  const record = findRecord(world, realm, type, word.endsWith('snapshot') ? arn : name);
  if (record === undefined) throw new ServiceError(code, `${noun} ${name} not found.`, 404);
  return record;
}
