import type * as EFS from '@aws-sdk/client-efs';
import { behaviourOf } from '../../catalog/catalog.ts';
import {
  FILE_SYSTEM,
  fileSystemStates,
  isRestricted,
  throughputOf,
  throughputRefusal,
} from '../../catalog/efs/file-system.ts';
import { serviceError } from '../../catalog/record.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { fileSystemView } from './file-systems.ts';
import { availableFileSystem, fileSystemOf } from './find.ts';

const DAY_MS = 86_400_000;

/** What is left out stays as it is. */
export function updateFileSystem(
  world: World,
  input: EFS.UpdateFileSystemRequest,
  { realm }: Call,
): EFS.FileSystemDescription {
  const before = availableFileSystem(world, realm, input.FileSystemId);
  const old = throughputOf(before);
  const mode = input.ThroughputMode ?? old.mode;
  const kept = mode === 'provisioned' ? before.properties['ProvisionedThroughputInMibps'] : undefined;
  const ProvisionedThroughputInMibps = input.ProvisionedThroughputInMibps ?? kept;
  const properties = { ThroughputMode: mode, ProvisionedThroughputInMibps };
  const refused = throughputRefusal({ ...before.properties, ...properties });
  if (refused !== undefined) throw serviceError(refused);
  if (isRestricted(old, throughputOf({ properties }))) checkDay(world, realm, before.id);
  return fileSystemView(world, realm, changeFileSystem(world, realm, before, properties));
}

export function updateFileSystemProtection(
  world: World,
  input: EFS.UpdateFileSystemProtectionRequest,
  { realm }: Call,
): EFS.FileSystemProtectionDescription {
  const record = availableFileSystem(world, realm, input.FileSystemId);
  const { ReplicationOverwriteProtection = 'ENABLED' } = input;
  setProperties(world, realm, record, { FileSystemProtection: { ReplicationOverwriteProtection } });
  return { ReplicationOverwriteProtection };
}

/** Sets properties as CloudFormation would, so that the type's behaviour hears of it. */
export function changeFileSystem(
  world: World,
  realm: Realm,
  before: Resource,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  const after = setProperties(world, realm, before, properties);
  behaviourOf(FILE_SYSTEM).changed?.(world, realm, before, after);
  return fileSystemOf(world, realm, after.id);
}

/** @throws ServiceError TooManyRequests within a day of the change before */
function checkDay(world: World, realm: Realm, id: string): void {
  const changedAt = fileSystemStates(world, realm).get(id)?.throughputChangedAt;
  if (changedAt === undefined || world.now >= changedAt + DAY_MS) return;
  const until = new Date(changedAt + DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  throw new ServiceError(
    'TooManyRequests',
    'You have reached the maximum number of throughput mode changes or provisioned throughput value decreases. ' +
      `Wait until ${until} UTC and try again.`,
    429,
  );
}
