import { putRecord } from '../stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** No type of CloudFormation's, but named like one: what DeletionPolicy Snapshot leaves of a volume. */
export const VOLUME_SNAPSHOT = 'AWS::EC2::Snapshot';

export interface VolumeSnapshotWanted {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Takes a snapshot of a volume; it is whole at once. */
export function snapshotVolume(world: World, realm: Realm, volume: Resource, wanted: VolumeSnapshotWanted): Resource {
  const id = `snap-${world.hex(17)}`;
  const { Size = 8, Encrypted = false, KmsKeyId } = volume.properties;
  const snapshot: Resource = {
    type: VOLUME_SNAPSHOT,
    // An ARN of a snapshot has no account.
    ...{ id, ref: id, arn: `arn:aws:ec2:${realm.region}::snapshot/${id}`, createdAt: world.now, tags: wanted.tags },
    properties: { VolumeId: volume.id, VolumeSize: Size, Encrypted, Description: wanted.description },
    attributes: KmsKeyId === undefined ? {} : { KmsKeyId: String(KmsKeyId) },
  };
  putRecord(world, realm, snapshot);
  return snapshot;
}
