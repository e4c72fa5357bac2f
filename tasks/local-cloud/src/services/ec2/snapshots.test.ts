import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

test('a snapshot outlives its volume', async () => {
  const { ec2 } = await testNetwork();
  const { VolumeId = '' } = await ec2.createVolume({ AvailabilityZone: 'eu-west-1a', Size: 20 });
  const TagSpecifications = [{ ResourceType: 'snapshot' as const, Tags: [{ Key: 'team', Value: 'us' }] }];
  const made = await ec2.createSnapshot({ VolumeId, Description: 'before the move', TagSpecifications });
  assert.is(made.State, 'pending');
  await ec2.deleteVolume({ VolumeId });
  const { Snapshots = [] } = await ec2.describeSnapshots({ OwnerIds: ['self'] });
  assert.equal(
    Snapshots.map(({ VolumeSize, Description, State, OwnerId, Tags }) => ({
      VolumeSize,
      Description,
      State,
      OwnerId,
      Tags,
    })),
    [
      {
        ...{ VolumeSize: 20, Description: 'before the move', State: 'completed', OwnerId: '111111111111' },
        Tags: [{ Key: 'team', Value: 'us' }],
      },
    ],
  );
  assert.equal((await ec2.describeSnapshots({ OwnerIds: ['amazon'] })).Snapshots, []);
  const { SnapshotId = '' } = made;
  await ec2.deleteSnapshot({ SnapshotId });
  assert.is(
    await saidBy(ec2.deleteSnapshot({ SnapshotId })),
    `InvalidSnapshot.NotFound: The snapshot '${SnapshotId}' does not exist.`,
  );
});

test('there is no snapshot of a volume that is not there', async () => {
  const { ec2 } = await testNetwork();
  assert.is(
    await saidBy(ec2.createSnapshot({ VolumeId: 'vol-0123456789abcdef0' })),
    "InvalidVolume.NotFound: The volume 'vol-0123456789abcdef0' does not exist.",
  );
});

test.run();
