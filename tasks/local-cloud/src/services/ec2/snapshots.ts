import type * as EC2 from '@aws-sdk/client-ec2';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { snapshotVolume, VOLUME_SNAPSHOT } from '../../catalog/ec2/volume-snapshot.ts';
import { VOLUME } from '../../catalog/ec2/volume.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { dropRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { recordOf, tagsFor, textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.Snapshot> = {
  type: VOLUME_SNAPSHOT,
  idOf: ({ SnapshotId }) => SnapshotId,
  fields: {
    description: ({ Description }) => Description,
    encrypted: ({ Encrypted }) => Encrypted,
    'owner-id': ({ OwnerId }) => OwnerId,
    'snapshot-id': ({ SnapshotId }) => SnapshotId,
    status: ({ State }) => State,
    'volume-id': ({ VolumeId }) => VolumeId,
    'volume-size': ({ VolumeSize }) => VolumeSize,
  },
};

/** The account's own: nobody shares snapshots here, and there are no public ones. */
export function describeSnapshots(
  world: World,
  input: EC2.DescribeSnapshotsRequest,
  { realm }: Call,
): EC2.DescribeSnapshotsResult {
  const owners = input.OwnerIds ?? [];
  const isOwn = owners.length === 0 || owners.includes('self') || owners.includes(realm.account);
  const records = isOwn ? [...resourcesOf(world, realm, VOLUME_SNAPSHOT)] : [];
  const views = records.map((record) => snapshotView(realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.SnapshotIds });
  return { Snapshots: items, ...more };
}

export function createSnapshot(world: World, input: EC2.CreateSnapshotRequest, { realm }: Call): EC2.Snapshot {
  const volume = recordOf(world, realm, VOLUME, input.VolumeId);
  const tags = tagsFor(input.TagSpecifications, 'snapshot');
  const record = snapshotVolume(world, realm, volume, { description: input.Description ?? '', tags });
  return { ...snapshotView(realm, record), State: 'pending' };
}

export function deleteSnapshot(world: World, { SnapshotId }: EC2.DeleteSnapshotRequest, { realm }: Call): object {
  dropRecord(world, realm, recordOf(world, realm, VOLUME_SNAPSHOT, SnapshotId));
  return {};
}

function snapshotView({ account }: Realm, record: Resource): EC2.Snapshot {
  return {
    SnapshotId: record.id,
    VolumeId: textOf(record, 'VolumeId'),
    VolumeSize: Number(textOf(record, 'VolumeSize')),
    Description: textOf(record, 'Description') ?? '',
    Encrypted: isTrue(record.properties['Encrypted']),
    KmsKeyId: record.attributes['KmsKeyId'] as string | undefined,
    OwnerId: account,
    StartTime: new Date(record.createdAt),
    State: 'completed',
    Progress: '100%',
    StorageTier: 'standard',
    Tags: tagList(record.tags),
  };
}
