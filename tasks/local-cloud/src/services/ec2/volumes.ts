import type * as EC2 from '@aws-sdk/client-ec2';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { remove, textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const VOLUME = 'AWS::EC2::Volume';

const NOUN: Noun<EC2.Volume> = {
  type: VOLUME,
  idOf: ({ VolumeId }) => VolumeId,
  fields: {
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    encrypted: ({ Encrypted }) => Encrypted,
    size: ({ Size }) => Size,
    status: ({ State }) => State,
    'volume-id': ({ VolumeId }) => VolumeId,
    'volume-type': ({ VolumeType }) => VolumeType,
  },
};

export function describeVolumes(
  world: World,
  input: EC2.DescribeVolumesRequest,
  { realm }: Call,
): EC2.DescribeVolumesResult {
  const views = [...resourcesOf(world, realm, VOLUME)].map(volumeView);
  const { items, more } = select(views, NOUN, { ...input, ids: input.VolumeIds });
  return { Volumes: items, ...more };
}

export function deleteVolume(world: World, { VolumeId }: EC2.DeleteVolumeRequest, { realm }: Call): object {
  remove(world, realm, VOLUME, VolumeId);
  return {};
}

function volumeView(record: Resource): EC2.Volume {
  return {
    VolumeId: record.id,
    AvailabilityZone: textOf(record, 'AvailabilityZone'),
    CreateTime: new Date(record.createdAt),
    Encrypted: isTrue(record.properties['Encrypted']),
    KmsKeyId: textOf(record, 'KmsKeyId'),
    Size: Number(record.properties['Size'] ?? 8),
    SnapshotId: textOf(record, 'SnapshotId') ?? '',
    State: 'available',
    VolumeType: (textOf(record, 'VolumeType') ?? 'gp2') as EC2.VolumeType,
    Attachments: [],
    Tags: tagList(record.tags),
  };
}
