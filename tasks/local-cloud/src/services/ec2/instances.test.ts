import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

const IMAGE = { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' } as const;
const ONE = { MinCount: 1, MaxCount: 1 };
const MINUTE_MS = 60_000;

test('an instance runs, stops, starts and ends, and its interface goes with it', async () => {
  const { ec2, subnet, pass } = await testNetwork();
  const { Instances } = await ec2.runInstances({ ...IMAGE, ...ONE, SubnetId: subnet });
  const InstanceIds = [Instances?.[0]?.InstanceId ?? ''];
  const now = async () => (await ec2.describeInstances({ InstanceIds })).Reservations?.[0]?.Instances?.[0];
  const state = async () => `${(await now())?.State?.Name} ${(await now())?.State?.Code}`;
  assert.is(await state(), 'pending 0');
  pass(MINUTE_MS);
  assert.is(await state(), 'running 16');
  await ec2.stopInstances({ InstanceIds });
  assert.is(await state(), 'stopping 64');
  assert.is(
    await saidBy(ec2.startInstances({ InstanceIds })),
    `IncorrectInstanceState: The instance '${InstanceIds[0]}' is not in a state from which it can be started.`,
  );
  pass(MINUTE_MS);
  assert.is(await state(), 'stopped 80');
  await ec2.startInstances({ InstanceIds });
  pass(MINUTE_MS);
  const [own] = (await ec2.describeNetworkInterfaces()).NetworkInterfaces ?? [];
  assert.is(own?.PrivateIpAddress, (await now())?.PrivateIpAddress);
  assert.is(own?.RequesterManaged, false);
  assert.is(own?.Attachment?.InstanceId, InstanceIds[0]);
  assert.is(
    await saidBy(ec2.detachNetworkInterface({ AttachmentId: own?.Attachment?.AttachmentId })),
    'OperationNotPermitted: The network interface at device index 0 cannot be detached.',
  );
  const { TerminatingInstances } = await ec2.terminateInstances({ InstanceIds });
  assert.is(TerminatingInstances?.[0]?.PreviousState?.Name, 'running');
  assert.is(TerminatingInstances?.[0]?.CurrentState?.Name, 'shutting-down');
  assert.match(await saidBy(ec2.deleteSubnet({ SubnetId: subnet })), /^DependencyViolation/);
  pass(2 * MINUTE_MS);
  assert.is(await state(), 'terminated 48');
  await ec2.deleteSubnet({ SubnetId: subnet });
  pass(60 * MINUTE_MS);
  assert.is(await saidBy(now()), `InvalidInstanceID.NotFound: The instance ID '${InstanceIds[0]}' does not exist`);
});

test('what is run together is one reservation', async () => {
  const { ec2, subnet } = await testNetwork();
  const two = await ec2.runInstances({ ...IMAGE, MinCount: 2, MaxCount: 2, SubnetId: subnet });
  await ec2.runInstances({ ...IMAGE, ...ONE, SubnetId: subnet });
  const { Reservations = [] } = await ec2.describeInstances();
  assert.equal(
    Reservations.map(({ Instances }) => Instances?.length),
    [2, 1],
  );
  assert.is(Reservations[0]?.ReservationId, two.ReservationId);
});

test('a protected instance ends only when it is no longer', async () => {
  const { ec2, subnet } = await testNetwork();
  const { Instances } = await ec2.runInstances({ ...IMAGE, ...ONE, SubnetId: subnet, DisableApiTermination: true });
  const InstanceId = Instances?.[0]?.InstanceId ?? '';
  assert.is(
    await saidBy(ec2.terminateInstances({ InstanceIds: [InstanceId] })),
    `OperationNotPermitted: The instance '${InstanceId}' may not be terminated. Modify its 'disableApiTermination' ` +
      'instance attribute and try again.',
  );
  await ec2.modifyInstanceAttribute({ InstanceId, DisableApiTermination: { Value: false } });
  await ec2.terminateInstances({ InstanceIds: [InstanceId] });
});

test('the size of an instance is changed while it is stopped, its groups at any time', async () => {
  const { ec2, vpc, subnet } = await testNetwork();
  const { Instances } = await ec2.runInstances({ ...IMAGE, ...ONE, SubnetId: subnet });
  const InstanceId = Instances?.[0]?.InstanceId ?? '';
  assert.is(
    await saidBy(ec2.modifyInstanceAttribute({ InstanceId, InstanceType: { Value: 't3.large' } })),
    `IncorrectInstanceState: The instance '${InstanceId}' is not in the 'stopped' state.`,
  );
  const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId: vpc, GroupName: 'a', Description: 'a' });
  await ec2.modifyInstanceAttribute({ InstanceId, Groups: [GroupId] });
  const Filters = [{ Name: 'instance.group-id', Values: [GroupId] }];
  assert.is((await ec2.describeInstances({ Filters })).Reservations?.length, 1);
});

test('a launch template says what was left out', async () => {
  const { ec2, subnet } = await testNetwork();
  const NetworkInterfaces = [{ DeviceIndex: 0, SubnetId: subnet, AssociatePublicIpAddress: true }];
  const LaunchTemplateData = { ...IMAGE, NetworkInterfaces };
  const { LaunchTemplate } = await ec2.createLaunchTemplate({ LaunchTemplateName: 'web', LaunchTemplateData });
  const named = { LaunchTemplate: { LaunchTemplateName: 'web' }, InstanceType: 't3.large' } as const;
  const [made] = (await ec2.runInstances({ ...ONE, ...named })).Instances ?? [];
  assert.is(made?.ImageId, IMAGE.ImageId);
  assert.is(made?.InstanceType, 't3.large');
  assert.is(made?.SubnetId, subnet);
  assert.ok(made?.PublicIpAddress);
  assert.is(
    await saidBy(ec2.createLaunchTemplate({ LaunchTemplateName: 'web', LaunchTemplateData })),
    'InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.',
  );
  await ec2.deleteLaunchTemplate({ LaunchTemplateId: LaunchTemplate?.LaunchTemplateId });
  assert.is(
    await saidBy(ec2.runInstances({ ...ONE, ...named })),
    'InvalidLaunchTemplateName.NotFoundException: The specified launch template, with template name web, does not exist.',
  );
});

test('what is not there, or not simulated, is not run', async () => {
  const { ec2, subnet } = await testNetwork();
  const refused = (more: object) => saidBy(ec2.runInstances({ ...ONE, ...IMAGE, SubnetId: subnet, ...more }));
  assert.is(
    await refused({ IamInstanceProfile: { Name: 'nobody' } }),
    'InvalidParameterValue: Value (nobody) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance ' +
      'Profile name',
  );
  assert.is(
    await refused({ InstanceMarketOptions: { MarketType: 'spot' } }),
    'NotImplemented: The local cloud does not simulate InstanceMarketOptions in ec2:RunInstances',
  );
  assert.is(
    await saidBy(ec2.runInstances({ ...ONE })),
    'MissingParameter: The request must contain the parameter ImageId',
  );
  assert.is(
    await saidBy(ec2.describeInstances({ InstanceIds: ['i-1', 'i-2'] })),
    "InvalidInstanceID.NotFound: The instance IDs 'i-1, i-2' do not exist",
  );
});

test('only instances that run have a status, unless all are asked for', async () => {
  const { ec2, subnet, pass } = await testNetwork();
  await ec2.runInstances({ ...IMAGE, ...ONE, SubnetId: subnet });
  assert.equal((await ec2.describeInstanceStatus()).InstanceStatuses, []);
  const [early] = (await ec2.describeInstanceStatus({ IncludeAllInstances: true })).InstanceStatuses ?? [];
  assert.is(early?.SystemStatus?.Status, 'not-applicable');
  pass(MINUTE_MS);
  assert.is((await ec2.describeInstanceStatus()).InstanceStatuses?.[0]?.SystemStatus?.Status, 'ok');
});

test.run();
