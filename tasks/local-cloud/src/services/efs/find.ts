import type { Refusal } from '../../catalog/behaviour.ts';
import { ACCESS_POINT } from '../../catalog/efs/access-point.ts';
import { FILE_SYSTEM, missingFileSystem, unavailable } from '../../catalog/efs/file-system.ts';
import { MOUNT_TARGET } from '../../catalog/efs/mount-target.ts';
import { efsRefusal } from '../../catalog/efs/refusal.ts';
import { serviceError } from '../../catalog/record.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, ServiceError, World } from '../../world.ts';

/**
 * In: an id, or an ARN, which EFS takes wherever it takes an id.
 *
 * @throws ServiceError FileSystemNotFound
 */
export function fileSystemOf(world: World, realm: Realm, asked: string | undefined): Resource {
  const id = bareId(asked);
  return findRecord(world, realm, FILE_SYSTEM, id) ?? fail(missingFileSystem(id));
}

/** @throws ServiceError FileSystemNotFound, or IncorrectFileSystemLifeCycleState where it is on its way */
export function availableFileSystem(world: World, realm: Realm, asked: string | undefined): Resource {
  const record = fileSystemOf(world, realm, asked);
  const refused = unavailable(world, realm, record.id);
  if (refused !== undefined) throw serviceError(refused);
  return record;
}

/** @throws ServiceError MountTargetNotFound */
export function mountTargetOf(world: World, realm: Realm, id = ''): Resource {
  return (
    findRecord(world, realm, MOUNT_TARGET, id) ??
    fail(efsRefusal('MountTargetNotFound', 'Mount target does not exist.'))
  );
}

/** @throws ServiceError AccessPointNotFound */
export function accessPointOf(world: World, realm: Realm, asked: string | undefined): Resource {
  const id = bareId(asked);
  const missing = efsRefusal('AccessPointNotFound', `Access point '${id}' does not exist.`);
  return findRecord(world, realm, ACCESS_POINT, id) ?? fail(missing);
}

export function bareId(asked = ''): string {
  return asked.slice(asked.lastIndexOf('/') + 1);
}

export function badRequest(text: string): ServiceError {
  return serviceError(efsRefusal('BadRequest', text));
}

function fail(refusal: Refusal): never {
  throw serviceError(refusal);
}
