import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

test('a volume that is attached stays, until it is detached or its instance has ended', async () => {
  const { ec2, subnet, pass } = await testNetwork();
  const run = { ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, SubnetId: subnet };
  const InstanceId = (await ec2.runInstances(run)).Instances?.[0]?.InstanceId ?? '';
  const { VolumeId = '', State } = await ec2.createVolume({ AvailabilityZone: 'eu-west-1a', Size: 20 });
  assert.is(State, 'creating');
  await ec2.attachVolume({ VolumeId, InstanceId, Device: '/dev/sdf' });
  const state = async () => (await ec2.describeVolumes({ VolumeIds: [VolumeId] })).Volumes?.[0]?.State;
  assert.is(await state(), 'in-use');
  assert.is(
    await saidBy(ec2.deleteVolume({ VolumeId })),
    `VolumeInUse: Volume ${VolumeId} is currently attached to ${InstanceId}`,
  );
  assert.is(
    await saidBy(ec2.attachVolume({ VolumeId, InstanceId, Device: '/dev/sdg' })),
    `VolumeInUse: ${VolumeId} is already attached to an instance`,
  );
  await ec2.detachVolume({ VolumeId });
  assert.is(
    await saidBy(ec2.detachVolume({ VolumeId })),
    `IncorrectState: Volume '${VolumeId}' is in the 'available' state.`,
  );
  await ec2.attachVolume({ VolumeId, InstanceId, Device: '/dev/sdf' });
  await ec2.terminateInstances({ InstanceIds: [InstanceId] });
  pass(120_000);
  assert.is(await state(), 'available');
  await ec2.deleteVolume({ VolumeId });
  assert.is(await saidBy(state()), `InvalidVolume.NotFound: The volume '${VolumeId}' does not exist.`);
});

test('a volume and its instance are in one zone', async () => {
  const { ec2, subnet } = await testNetwork();
  const run = { ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, SubnetId: subnet };
  const InstanceId = (await ec2.runInstances(run)).Instances?.[0]?.InstanceId ?? '';
  const { VolumeId } = await ec2.createVolume({ AvailabilityZone: 'eu-west-1b', Size: 20 });
  assert.is(
    await saidBy(ec2.attachVolume({ VolumeId, InstanceId, Device: '/dev/sdf' })),
    `InvalidVolume.ZoneMismatch: The volume '${VolumeId}' is not in the same availability zone as instance '${InstanceId}'`,
  );
  assert.is(
    await saidBy(ec2.createVolume({ AvailabilityZone: 'eu-west-1b' })),
    'MissingParameter: The request must contain the parameter size/snapshot',
  );
});

test('flow logs are of things that are there', async () => {
  const { ec2, vpc } = await testNetwork();
  const request = { ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: 'flow' } as const;
  const { FlowLogIds = [] } = await ec2.createFlowLogs({ ...request, ResourceIds: [vpc] });
  assert.is((await ec2.describeFlowLogs({ FlowLogIds })).FlowLogs?.[0]?.ResourceId, vpc);
  assert.is(
    await saidBy(ec2.createFlowLogs({ ...request, ResourceIds: ['vpc-1'] })),
    "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
  );
  await ec2.deleteFlowLogs({ FlowLogIds });
  assert.is(
    (await ec2.deleteFlowLogs({ FlowLogIds })).Unsuccessful?.[0]?.Error?.Message,
    `These flow log ids in the input list are not found: [TotalCount: 1] ${FlowLogIds[0]}`,
  );
});

test.run();
