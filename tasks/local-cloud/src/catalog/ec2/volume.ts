import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour } from '../behaviour.ts';
import { resourceWith } from '../resources-of.ts';
import { referenceRefusal } from './references.ts';
import { firstOf, invalid } from './refusals.ts';
import { snapshotVolume } from './volume-snapshot.ts';

export const VOLUME = 'AWS::EC2::Volume';
export const VOLUME_ATTACHMENT = 'AWS::EC2::VolumeAttachment';

export const volume: Behaviour = {
  /** With the tags that the volume has of somebody, not of CloudFormation. */
  snapshot(world, realm, record) {
    const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !key.startsWith('aws:')));
    snapshotVolume(world, realm, record, { description: `Final snapshot of ${record.id}`, tags });
  },
  refuseDelete(world, realm, { id }) {
    const instance = attachmentOfVolume(world, realm, id)?.properties['InstanceId'];
    return instance === undefined
      ? undefined
      : invalid('VolumeInUse', `Volume ${id} is currently attached to ${String(instance)}`);
  },
};

export const volumeAttachment: Behaviour = {
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'VolumeId', VOLUME),
      () => referenceRefusal(making, 'InstanceId', 'AWS::EC2::Instance'),
    ),
};

/** What a volume is attached by; it is attached to one instance at most. */
export function attachmentOfVolume(world: World, realm: Realm, volumeId: string): Resource | undefined {
  return resourceWith(world, realm, VOLUME_ATTACHMENT, ({ properties }) => properties['VolumeId'] === volumeId);
}
