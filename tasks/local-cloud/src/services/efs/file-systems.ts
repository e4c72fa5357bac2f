import type * as EFS from '@aws-sdk/client-efs';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { zoneId } from '../../catalog/ec2/subnet.ts';
import { EFS_KEY, FILE_SYSTEM, fileSystemStates, throughputOf } from '../../catalog/efs/file-system.ts';
import { stateOf } from '../../catalog/efs/life-cycle.ts';
import { MOUNT_TARGET } from '../../catalog/efs/mount-target.ts';
import { efsRefusal } from '../../catalog/efs/refusal.ts';
import { findKey } from '../../catalog/kms-key.ts';
import { serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { create, removeLater, textOf } from '../ec2/own-records.ts';
import { tagList } from '../tag-list.ts';
import { markerPage } from './efs-page.ts';
import { badRequest, fileSystemOf } from './find.ts';
import { checkedTags } from './tags.ts';

export function createFileSystem(
  world: World,
  input: EFS.CreateFileSystemRequest,
  { realm }: Call,
): EFS.FileSystemDescription {
  const { CreationToken: token = world.uuid(), Backup, Tags, ...given } = input;
  const other = withToken(world, realm, token);
  if (other !== undefined) {
    const text = `File system '${other.id}' already exists with creation token '${token}'`;
    throw serviceError(efsRefusal('FileSystemAlreadyExists', text, { FileSystemId: other.id }));
  }
  const properties = {
    ...given,
    PerformanceMode: given.PerformanceMode ?? 'generalPurpose',
    ThroughputMode: given.ThroughputMode ?? 'bursting',
    Encrypted: given.Encrypted ?? false,
    ...(Backup === undefined ? {} : { BackupPolicy: { Status: Backup ? 'ENABLED' : 'DISABLED' } }),
  };
  const record = create(world, realm, FILE_SYSTEM, properties, checkedTags(Tags));
  fileSystemStates(world, realm).put(record.id, { creationToken: token });
  return fileSystemView(world, realm, record);
}

export function describeFileSystems(
  world: World,
  input: EFS.DescribeFileSystemsRequest,
  { realm }: Call,
): EFS.DescribeFileSystemsResponse {
  const { CreationToken, FileSystemId } = input;
  if (CreationToken !== undefined && FileSystemId !== undefined) {
    throw badRequest('Request cannot contain both a file system ID and a creation token.');
  }
  const { items, markers } = markerPage(chosen(world, realm, input), input);
  return { ...markers, FileSystems: items.map((record) => fileSystemView(world, realm, record)) };
}

export function deleteFileSystem(world: World, input: EFS.DeleteFileSystemRequest, { realm }: Call): object {
  const { id } = fileSystemOf(world, realm, input.FileSystemId);
  if (stateOf(world, realm, id) !== 'deleting') removeLater(world, realm, FILE_SYSTEM, id);
  return {};
}

export function fileSystemView(world: World, realm: Realm, record: Resource): EFS.FileSystemDescription {
  const { id, arn, properties, tags } = record;
  const { mode, mibps } = throughputOf(record);
  const isEncrypted = isTrue(properties['Encrypted']);
  const zone = textOf(record, 'AvailabilityZoneName');
  const targets = [...resourcesOf(world, realm, MOUNT_TARGET)].filter((one) => one.properties['FileSystemId'] === id);
  return {
    OwnerId: realm.account,
    CreationToken: fileSystemStates(world, realm).get(id)?.creationToken ?? id,
    FileSystemId: id,
    FileSystemArn: arn,
    CreationTime: new Date(record.createdAt),
    LifeCycleState: stateOf(world, realm, id) as EFS.LifeCycleState,
    Name: tags['Name'],
    NumberOfMountTargets: targets.length,
    // Nothing can be mounted: what an empty file system takes on AWS.
    SizeInBytes: { Value: 6144, ValueInIA: 0, ValueInStandard: 6144, ValueInArchive: 0 },
    PerformanceMode: (textOf(record, 'PerformanceMode') ?? 'generalPurpose') as EFS.PerformanceMode,
    Encrypted: isEncrypted,
    KmsKeyId: isEncrypted ? findKey(world, realm, textOf(record, 'KmsKeyId') ?? EFS_KEY)?.arn : undefined,
    ThroughputMode: mode as EFS.ThroughputMode,
    ProvisionedThroughputInMibps: mode === 'provisioned' ? mibps : undefined,
    ...(zone === undefined ? {} : { AvailabilityZoneName: zone, AvailabilityZoneId: zoneId(zone) }),
    Tags: tagList(tags),
    FileSystemProtection: protectionOf(record),
  };
}

function chosen(
  world: World,
  realm: Realm,
  { FileSystemId, CreationToken }: EFS.DescribeFileSystemsRequest,
): readonly Resource[] {
  if (FileSystemId !== undefined) return [fileSystemOf(world, realm, FileSystemId)];
  if (CreationToken === undefined) return [...resourcesOf(world, realm, FILE_SYSTEM)];
  const one = withToken(world, realm, CreationToken);
  return one === undefined ? [] : [one];
}

function withToken(world: World, realm: Realm, token: string): Resource | undefined {
  const states = fileSystemStates(world, realm);
  for (const record of resourcesOf(world, realm, FILE_SYSTEM)) {
    if (states.get(record.id)?.creationToken === token) return record;
  }
  return undefined;
}

function protectionOf({ properties }: Resource): EFS.FileSystemProtectionDescription {
  const { ReplicationOverwriteProtection: given = 'ENABLED' } = (properties['FileSystemProtection'] ??
    {}) as EFS.FileSystemProtectionDescription;
  return { ReplicationOverwriteProtection: given };
}
