import type * as EC2 from '@aws-sdk/client-ec2';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { INSTANCE } from '../../catalog/ec2/instance.ts';
import { attachmentOfVolume, VOLUME, VOLUME_ATTACHMENT } from '../../catalog/ec2/volume.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { dropRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, remove, required, tagsFor, textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.Volume> = {
  type: VOLUME,
  idOf: ({ VolumeId }) => VolumeId,
  fields: {
    'attachment.device': ({ Attachments }) => Attachments?.map(({ Device }) => Device),
    'attachment.instance-id': ({ Attachments }) => Attachments?.map(({ InstanceId }) => InstanceId),
    'attachment.status': ({ Attachments }) => Attachments?.map(({ State }) => State),
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
  const views = [...resourcesOf(world, realm, VOLUME)].map((record) => volumeView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.VolumeIds });
  return { Volumes: items, ...more };
}

export function createVolume(world: World, input: EC2.CreateVolumeRequest, { realm }: Call): EC2.Volume {
  const AvailabilityZone = required(input.AvailabilityZone, 'zone');
  if (input.Size === undefined && input.SnapshotId === undefined) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter size/snapshot');
  }
  const { Encrypted, Iops, KmsKeyId, Size, SnapshotId, Throughput, VolumeType } = input;
  const properties = { AvailabilityZone, Encrypted, Iops, KmsKeyId, Size, SnapshotId, Throughput, VolumeType };
  const tags = tagsFor(input.TagSpecifications, 'volume');
  const [record] = madeOnce(world, realm, input, () => [create(world, realm, VOLUME, properties, tags)]);
  return record === undefined ? {} : { ...volumeView(world, realm, record), State: 'creating' };
}

export function deleteVolume(world: World, { VolumeId }: EC2.DeleteVolumeRequest, { realm }: Call): object {
  remove(world, realm, VOLUME, VolumeId);
  return {};
}

export function attachVolume(world: World, input: EC2.AttachVolumeRequest, { realm }: Call): EC2.VolumeAttachment {
  const { VolumeId = '', InstanceId = '', Device } = input;
  const volume = recordOf(world, realm, VOLUME, VolumeId);
  const instance = recordOf(world, realm, INSTANCE, InstanceId);
  if (attachmentOfVolume(world, realm, VolumeId) !== undefined) {
    throw new ServiceError('VolumeInUse', `${VolumeId} is already attached to an instance`);
  }
  if (textOf(volume, 'AvailabilityZone') !== instance.attributes['AvailabilityZone']) {
    const text = `The volume '${VolumeId}' is not in the same availability zone as instance '${InstanceId}'`;
    throw new ServiceError('InvalidVolume.ZoneMismatch', text);
  }
  const record = create(world, realm, VOLUME_ATTACHMENT, { VolumeId, InstanceId, Device });
  return { ...attachmentView(record), State: 'attaching' };
}

export function detachVolume(world: World, input: EC2.DetachVolumeRequest, { realm }: Call): EC2.VolumeAttachment {
  const { id } = recordOf(world, realm, VOLUME, input.VolumeId);
  const attachment = attachmentOfVolume(world, realm, id);
  if (attachment === undefined) {
    throw new ServiceError('IncorrectState', `Volume '${id}' is in the 'available' state.`);
  }
  const { InstanceId: wanted } = input;
  if (wanted !== undefined && wanted !== textOf(attachment, 'InstanceId')) {
    const text = `The volume '${id}' is not attached to instance '${wanted}' as device ${textOf(attachment, 'Device')}`;
    throw new ServiceError('InvalidAttachment.NotFound', text);
  }
  dropRecord(world, realm, attachment);
  return { ...attachmentView(attachment), State: 'detaching' };
}

function volumeView(world: World, realm: Realm, record: Resource): EC2.Volume {
  const attachment = attachmentOfVolume(world, realm, record.id);
  const number = (name: string): number | undefined => {
    const value = textOf(record, name);
    return value === undefined ? undefined : Number(value);
  };
  return {
    VolumeId: record.id,
    AvailabilityZone: textOf(record, 'AvailabilityZone'),
    CreateTime: new Date(record.createdAt),
    Encrypted: isTrue(record.properties['Encrypted']),
    KmsKeyId: textOf(record, 'KmsKeyId'),
    Size: number('Size') ?? 8,
    Iops: number('Iops'),
    Throughput: number('Throughput'),
    SnapshotId: textOf(record, 'SnapshotId') ?? '',
    State: attachment === undefined ? 'available' : 'in-use',
    VolumeType: (textOf(record, 'VolumeType') ?? 'gp2') as EC2.VolumeType,
    Attachments: attachment === undefined ? [] : [attachmentView(attachment)],
    Tags: tagList(record.tags),
  };
}

function attachmentView(record: Resource): EC2.VolumeAttachment {
  return {
    VolumeId: textOf(record, 'VolumeId'),
    InstanceId: textOf(record, 'InstanceId'),
    Device: textOf(record, 'Device'),
    AttachTime: new Date(record.createdAt),
    DeleteOnTermination: false,
    State: 'attached',
  };
}
