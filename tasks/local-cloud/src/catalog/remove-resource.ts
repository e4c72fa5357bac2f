import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Readiness, Refusal } from './behaviour.ts';
import { behaviourOf } from './catalog.ts';
import { livingRecord } from './living-record.ts';
import { realmOf } from './realm-of.ts';

export interface RemoveInput {
  readonly world: World;
  readonly realm: Realm;
  readonly type: string;
  readonly id: string;
  /** Leaves a snapshot behind where the type knows how. */
  readonly snapshot?: boolean;
  /** How long the caller will wait before it removes the record. */
  readonly takesMs?: number;
  /** Only S3 can say whether a bucket is empty. */
  readonly isBucketEmpty?: (world: World, realm: Realm, bucket: string) => boolean;
}

/** Begins to delete a resource: whatever comes with that happens now, the record stays. Out: what AWS refuses with. */
export function beginRemoving(input: RemoveInput): Refusal | undefined {
  const resource = recordOf(input);
  if (resource === undefined) return undefined;
  const refused = refusalOf(input, resource);
  if (refused !== undefined) return refused;
  const behaviour = behaviourOf(input.type);
  if (input.snapshot) behaviour.snapshot?.(input.world, input.realm, resource);
  behaviour.deleting?.(input.world, input.realm, resource, input.takesMs);
  return undefined;
}

/** Whether a resource whose delete has begun can go now; what is gone already can. */
export function clearanceOf(input: RemoveInput): Readiness {
  const resource = recordOf(input);
  if (resource === undefined) return 'ready';
  return behaviourOf(input.type).clearance?.(input.world, input.realm, resource) ?? 'ready';
}

/** Deletes a resource. Out: what AWS refuses with, or undefined; what is gone already counts as deleted. */
export function removeResource(input: RemoveInput): Refusal | undefined {
  const { world, realm, type } = input;
  const resource = recordOf(input);
  if (resource === undefined) return undefined;
  const refused = refusalOf(input, resource);
  if (refused) return refused;
  const behaviour = behaviourOf(type);
  resources(world, realmOf(type, realm)).delete(resourceKey(type, input.id));
  behaviour.gone?.(world, realm, resource);
  return undefined;
}

function recordOf({ world, realm, type, id }: RemoveInput): Resource | undefined {
  return livingRecord(world, realm, type, id);
}

function refusalOf({ world, realm, type, id, isBucketEmpty }: RemoveInput, resource: Resource): Refusal | undefined {
  if (type === 'AWS::S3::Bucket' && isBucketEmpty?.(world, realm, id) === false) {
    return {
      text: 'The bucket you tried to delete is not empty',
      handlerErrorCode: 'GeneralServiceException',
      code: 'BucketNotEmpty',
      status: 409,
    };
  }
  return behaviourOf(type).refuseDelete?.(world, realm, resource);
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
