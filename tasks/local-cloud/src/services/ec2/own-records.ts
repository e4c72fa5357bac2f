import type * as EC2 from '@aws-sdk/client-ec2';
import { addressOf } from '../../catalog/ec2/address.ts';
import { idRefusal, missing } from '../../catalog/ec2/references.ts';
import { behaviourOf } from '../../catalog/catalog.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { beginRemoving, clearanceOf } from '../../catalog/remove-resource.ts';
import { drawSeconds, durationOf } from '../../catalog/seconds.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Due, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';

/** @throws ServiceError where there is none, or where the id is none of that type */
export function recordOf(world: World, realm: Realm, type: string, id: string | undefined): Resource {
  const wanted = id ?? '';
  // Addresses are known by their allocation, which is half of their identifier.
  const found = type === 'AWS::EC2::EIP' ? addressOf(world, realm, wanted) : findRecord(world, realm, type, wanted);
  if (found !== undefined) return found;
  throw serviceError(idRefusal(type, wanted) ?? missing(type, wanted));
}

/** Makes a record out of what was asked for; what was left out is left out. */
export function create(
  world: World,
  realm: Realm,
  type: string,
  properties: Readonly<Record<string, unknown>>,
  tags: Readonly<Record<string, string>> = {},
): Resource {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return createRecord(world, realm, { type, properties: Object.fromEntries(given), tags });
}

/** @throws ServiceError as `recordOf` does, and where something is still in the way */
export function remove(world: World, realm: Realm, type: string, id: string | undefined): void {
  deleteRecord({ world, realm, type, id: recordOf(world, realm, type, id).id });
}

export const FINISH_DELETE = 'ec2.finish-delete';
const ASK_AGAIN_MS = 5000;

/** Begins a delete that takes EC2 a while. */
export function removeLater(world: World, realm: Realm, type: string, id: string | undefined): void {
  const record = recordOf(world, realm, type, id);
  const seconds = behaviourOf(type).seconds?.(record.properties)?.delete ?? durationOf(type).delete;
  const takesMs = Math.round(drawSeconds(seconds, world.random()) * 1000);
  const refused = beginRemoving({ world, realm, type, id: record.id, takesMs });
  if (refused !== undefined) throw serviceError(refused);
  world.later(takesMs, { kind: FINISH_DELETE, realm, payload: { type, id: record.id } });
}

/** Handles the end of a delete. */
export function finishDelete(world: World, due: Due): void {
  const { realm, payload } = due;
  const input = { world, realm, type: String(payload['type']), id: String(payload['id']) };
  if (clearanceOf(input) === 'waiting') world.later(ASK_AGAIN_MS, due);
  else deleteRecord(input);
}

/**
 * The tags that something is to be made with.
 *
 * @throws ServiceError for tags of a kind of thing that the operation does not make
 */
export function tagsFor(
  specifications: readonly EC2.TagSpecification[] | undefined,
  kind: EC2.ResourceType,
): Record<string, string> {
  const tags = (specifications ?? []).flatMap(({ ResourceType, Tags = [] }) => {
    if (ResourceType === kind) return Tags;
    const text = `'${ResourceType}' is not a valid taggable resource type for this operation.`;
    throw new ServiceError('InvalidParameterValue', text);
  });
  checkKeys(tags);
  return tagMap(tags);
}

/** @throws ServiceError for keys that AWS keeps to itself */
export function checkKeys(tags: readonly EC2.Tag[]): void {
  if (tags.some(({ Key }) => Key?.toLowerCase().startsWith('aws:'))) {
    throw new ServiceError('InvalidParameterValue', "Tag keys starting with 'aws:' are reserved for internal use");
  }
}

/** @throws ServiceError MissingParameter */
export function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined && value !== '') return value;
  throw new ServiceError('MissingParameter', `The request must contain the parameter ${name}`);
}

/** A property as text, where the record has it. */
export function textOf(record: Pick<Resource, 'properties'>, property: string): string | undefined {
  const value = record.properties[property];
  return value === undefined ? undefined : String(value);
}
