import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { isTrue } from '../ec2/is-true.ts';
import { firstOf } from '../ec2/refusals.ts';
import { findKey } from '../kms-key.ts';
import { managedKey } from '../managed-keys.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { dropRecord, findRecord } from '../stored-record.ts';
import { zonesOf } from '../zones.ts';
import { lifeCycle, pass, stateOf } from './life-cycle.ts';
import { efsRefusal } from './refusal.ts';

export const FILE_SYSTEM = 'AWS::EFS::FileSystem';
export const EFS_KEY = 'alias/aws/elasticfilesystem';

/** What EFS keeps of a file system beside what CloudFormation has words for. */
export interface FileSystemState {
  readonly creationToken: string;
  /** When its throughput mode was changed, or its provisioned throughput lowered, last. */
  readonly throughputChangedAt?: number;
  /** Until then its backups are only being switched on or off. */
  readonly backupSettlesAt?: number;
}

export const fileSystemStates = (world: World, realm: Realm) =>
  world.table<FileSystemState>('elasticfilesystem.file-system', realm);

export const fileSystem: Behaviour = {
  ...lifeCycle,
  make,
  refuseCreate: (making) =>
    firstOf(
      () => keyRefusal(making),
      () => zoneRefusal(making),
      () => throughputRefusal(making.properties),
    ),
  changed,
  refuseDelete: inUse,
  gone,
};

/** States that end in `available`: in express mode CloudFormation tries again what was refused for one of them. */
const PASSING: readonly string[] = ['creating', 'updating'];
/** EST. */
const RETRY_SECONDS = 600;

/** Why nothing can be made in a file system or set on it now: it is not there, or not available. */
export function unavailable(world: World, realm: Realm, id: string): Refusal | undefined {
  if (findRecord(world, realm, FILE_SYSTEM, id) === undefined) return missingFileSystem(id);
  const state = stateOf(world, realm, id);
  if (state === 'available') return undefined;
  const refusal = efsRefusal(
    'IncorrectFileSystemLifeCycleState',
    `File system '${id}' is not available. It is ${state}.`,
  );
  return PASSING.includes(state) ? { ...refusal, retrySeconds: RETRY_SECONDS } : refusal;
}

/** The same for something that is being made in the file system that it names. */
export function homeRefusal({ world, realm, text }: Making): Refusal | undefined {
  const id = text('FileSystemId');
  return id === undefined ? undefined : unavailable(world, realm, id);
}

export function missingFileSystem(id: string): Refusal {
  return efsRefusal('FileSystemNotFound', `File system '${id}' does not exist.`);
}

/** Why a file system cannot have this throughput. */
export function throughputRefusal(properties: Readonly<Record<string, unknown>>): Refusal | undefined {
  const { ThroughputMode: mode, ProvisionedThroughputInMibps: amount, PerformanceMode } = properties;
  if (mode === 'provisioned' && amount === undefined) {
    return bad('Provisioned throughput must be specified when ThroughputMode is provisioned.');
  }
  if (mode !== 'provisioned' && amount !== undefined) {
    return bad('Provisioned throughput can only be specified when ThroughputMode is provisioned.');
  }
  if (PerformanceMode !== 'maxIO') return undefined;
  if (mode === 'elastic') return bad('Max I/O performance mode is not supported with Elastic throughput.');
  const isOneZone = properties['AvailabilityZoneName'] !== undefined;
  return isOneZone ? bad('Max I/O performance mode is not supported for One Zone file systems.') : undefined;
}

function make(making: Making): Made {
  const { world, realm, properties } = making;
  const id = making.id('fs');
  // AWS's own key comes to be with the first file system that wants it.
  if (isTrue(properties['Encrypted']) && making.text('KmsKeyId') === undefined) managedKey(world, realm, EFS_KEY);
  fileSystemStates(world, realm).put(id, { creationToken: world.uuid() });
  const isBackedUp = properties['AvailabilityZoneName'] !== undefined && properties['BackupPolicy'] === undefined;
  return { id, properties: isBackedUp ? { BackupPolicy: { Status: 'ENABLED' } } : {} };
}

function keyRefusal({ world, realm, properties, text }: Making): Refusal | undefined {
  const key = text('KmsKeyId');
  if (key === undefined) return undefined;
  if (!isTrue(properties['Encrypted'])) return bad('KmsKeyId can only be specified when Encrypted is true.');
  return findKey(world, realm, key) === undefined ? bad(`KMS key '${key}' does not exist.`) : undefined;
}

function zoneRefusal({ realm, text }: Making): Refusal | undefined {
  const zone = text('AvailabilityZoneName');
  if (zone === undefined || zonesOf(realm.region).includes(zone)) return undefined;
  return efsRefusal('UnsupportedAvailabilityZone', `Availability Zone '${zone}' is not supported.`);
}

/** How long EFS takes to switch backups on or off. EST. */
const BACKUP_MS = 5000;

function changed(world: World, realm: Realm, before: Resource, after: Resource, takesMs?: number): void {
  const states = fileSystemStates(world, realm);
  const state = states.get(after.id) ?? { creationToken: after.id };
  const [old, now] = [throughputOf(before), throughputOf(after)];
  const isBackupChanged = backupOf(before) !== backupOf(after);
  states.put(after.id, {
    ...state,
    ...(isRestricted(old, now) ? { throughputChangedAt: world.now } : {}),
    ...(isBackupChanged ? { backupSettlesAt: world.now + BACKUP_MS } : {}),
  });
  if (old.mode !== now.mode || old.mibps !== now.mibps) pass(world, realm, after, { through: 'updating', takesMs });
}

export interface Throughput {
  readonly mode: string;
  readonly mibps: number;
}

export function throughputOf({ properties }: Pick<Resource, 'properties'>): Throughput {
  const { ThroughputMode = 'bursting', ProvisionedThroughputInMibps = 0 } = properties;
  return { mode: String(ThroughputMode), mibps: Number(ProvisionedThroughputInMibps) };
}

/** Whether EFS allows such a change once a day only. */
export function isRestricted(before: Throughput, after: Throughput): boolean {
  return before.mode !== after.mode || after.mibps < before.mibps;
}

/** `ENABLED` or `DISABLED`; undefined where nobody has said. */
export function backupOf({ properties }: Pick<Resource, 'properties'>): string | undefined {
  return (properties['BackupPolicy'] as { Status?: string } | undefined)?.Status;
}

function inUse(world: World, realm: Realm, { id }: Resource): Refusal | undefined {
  const target = resourceWith(world, realm, 'AWS::EFS::MountTarget', (one) => one.properties['FileSystemId'] === id);
  if (target === undefined) return undefined;
  return efsRefusal(
    'FileSystemInUse',
    `The file system '${id}' cannot be deleted because it has mount targets. ` +
      'You must delete the mount targets, and then try again.',
  );
}

/** Access points go with their file system. */
function gone(world: World, realm: Realm, record: Resource): void {
  fileSystemStates(world, realm).delete(record.id);
  lifeCycle.gone(world, realm, record);
  for (const point of [...resourcesOf(world, realm, 'AWS::EFS::AccessPoint')]) {
    if (point.properties['FileSystemId'] !== record.id) continue;
    dropRecord(world, realm, point);
    lifeCycle.gone(world, realm, point);
  }
}

function bad(text: string): Refusal {
  return efsRefusal('BadRequest', text);
}
