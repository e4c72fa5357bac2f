import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { behaviourOf } from './catalog.ts';
import { handlerText } from './handler-text.ts';
import { realmOf } from './realm-of.ts';

export interface RemoveInput {
  readonly world: World;
  readonly realm: Realm;
  readonly type: string;
  readonly id: string;
  /** Leaves a snapshot behind where the type knows how. */
  readonly snapshot?: boolean;
  /** Only S3 can say whether a bucket is empty. */
  readonly isBucketEmpty?: (world: World, realm: Realm, bucket: string) => boolean;
}

/** Deletes a resource. Out: what AWS refuses with, or undefined; what is gone already counts as deleted. */
export function removeResource(input: RemoveInput): string | undefined {
  const { world, realm } = input;
  const table = resources(world, realmOf(input.type, realm));
  const key = resourceKey(input.type, input.id);
  const resource = table.get(key);
  if (resource === undefined) return undefined;
  const behaviour = behaviourOf(input.type);
  if (input.type === 'AWS::S3::Bucket' && input.isBucketEmpty?.(world, realm, input.id) === false) {
    const text = 'The bucket you tried to delete is not empty';
    return handlerText(world, { text, handlerErrorCode: 'GeneralServiceException' });
  }
  const refused = behaviour.refuseDelete?.(world, realm, resource);
  if (refused) return handlerText(world, refused);
  if (input.snapshot) behaviour.snapshot?.(world, realm, resource);
  table.delete(key);
  behaviour.gone?.(world, realm, resource);
  return undefined;
}

/** Takes a resource out of its stack and leaves it where it is. */
export function releaseResource(world: World, realm: Realm, type: string, id: string): void {
  const table = resources(world, realmOf(type, realm));
  const key = resourceKey(type, id);
  const resource = table.get(key);
  if (resource === undefined) return;
  const { stackId: _stackId, logicalId: _logicalId, ...rest } = resource;
  table.put(key, rest satisfies Resource);
}

/** Whether DeletionPolicy Snapshot leaves anything behind for a type. */
export function hasSnapshots(type: string): boolean {
  return behaviourOf(type).snapshot !== undefined;
}
