import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as EC2 from '@aws-sdk/client-ec2';
import * as EFS from '@aws-sdk/client-efs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function open() {
  const tested = testCloud();
  const config = tested.as('111111111111');
  const [client, ec2] = [new EFS.EFSClient(config), new EC2.EC2Client(config)];
  const create = (input: Partial<EFS.CreateFileSystemCommandInput> = {}) =>
    client.send(new EFS.CreateFileSystemCommand({ CreationToken: 'files', ...input }));
  const stateOf = async (FileSystemId: string | undefined) => {
    const { FileSystems = [] } = await client.send(new EFS.DescribeFileSystemsCommand({ FileSystemId }));
    return FileSystems[0]?.LifeCycleState;
  };
  const mount = (FileSystemId: string | undefined, SubnetId: string, more: object = {}) =>
    client.send(new EFS.CreateMountTargetCommand({ FileSystemId, SubnetId, ...more }));
  const mountTargets = async (FileSystemId: string | undefined) => {
    const { MountTargets = [] } = await client.send(new EFS.DescribeMountTargetsCommand({ FileSystemId }));
    return MountTargets;
  };
  return { ...tested, config, client, ec2, create, stateOf, mount, mountTargets };
}

/** A file system that is there, and a network with two zones. */
async function withNetwork() {
  const opened = open();
  const { ec2, create, pass } = opened;
  const { Vpc } = await ec2.send(new EC2.CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const subnet = async (CidrBlock: string, zone: string, vpcId = VpcId) => {
    const AvailabilityZone = `eu-west-1${zone}`;
    const { Subnet } = await ec2.send(new EC2.CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone }));
    return Subnet?.SubnetId ?? '';
  };
  const group = async (GroupName: string) => {
    const input = { GroupName, Description: GroupName, VpcId };
    const { GroupId = '' } = await ec2.send(new EC2.CreateSecurityGroupCommand(input));
    return GroupId;
  };
  const { FileSystemId = '' } = await create();
  pass(MINUTE_MS);
  const [a, b] = [await subnet('10.0.0.0/24', 'a'), await subnet('10.0.1.0/24', 'b')];
  return { ...opened, VpcId, subnet, group, FileSystemId, a, b };
}

const words = async (promise: Promise<unknown>) => {
  const { name, message, status } = await failureOf(promise);
  return `${status} ${name}: ${message}`;
};

test('a file system is creating, available, deleting and gone', async () => {
  const { client, create, stateOf, pass } = open();
  const made = await create({ Tags: [{ Key: 'Name', Value: 'shared' }] });
  const id = made.FileSystemId ?? '';
  assert.match(id, /^fs-[0-9a-f]{17}$/);
  assert.is(made.FileSystemArn, `arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/${id}`);
  assert.equal(
    [made.LifeCycleState, made.Name, made.PerformanceMode, made.ThroughputMode, made.Encrypted, made.CreationToken],
    ['creating', 'shared', 'generalPurpose', 'bursting', false, 'files'],
  );
  assert.is(
    await words(client.send(new EFS.UpdateFileSystemCommand({ FileSystemId: id, ThroughputMode: 'elastic' }))),
    `409 IncorrectFileSystemLifeCycleState: File system '${id}' is not available. It is creating.`,
  );
  pass(MINUTE_MS);
  assert.is(await stateOf(id), 'available');
  assert.is(await stateOf(made.FileSystemArn), 'available');
  await client.send(new EFS.DeleteFileSystemCommand({ FileSystemId: id }));
  assert.is(await stateOf(id), 'deleting');
  pass(MINUTE_MS);
  assert.is(await words(stateOf(id)), `404 FileSystemNotFound: File system '${id}' does not exist.`);
});

test('a creation token makes one file system', async () => {
  const { client, create, pass } = open();
  const { FileSystemId } = await create();
  const find = (CreationToken: string) => client.send(new EFS.DescribeFileSystemsCommand({ CreationToken }));
  assert.is(
    await words(create({ PerformanceMode: 'maxIO' })),
    `409 FileSystemAlreadyExists: File system '${FileSystemId}' already exists with creation token 'files'`,
  );
  const again = await create().catch((error: unknown) => error);
  assert.ok(again instanceof EFS.FileSystemAlreadyExists);
  assert.equal([again.FileSystemId, again.ErrorCode], [FileSystemId, 'FileSystemAlreadyExists']);
  assert.is((await find('files')).FileSystems?.[0]?.FileSystemId, FileSystemId);
  assert.equal((await find('others')).FileSystems, []);
  await client.send(new EFS.DeleteFileSystemCommand({ FileSystemId }));
  pass(MINUTE_MS);
  assert.is.not((await create()).FileSystemId, FileSystemId);
});

test('file systems are listed in pages', async () => {
  const { client, create } = open();
  for (const CreationToken of ['a', 'b', 'c']) await create({ CreationToken });
  const first = await client.send(new EFS.DescribeFileSystemsCommand({ MaxItems: 2 }));
  const second = await client.send(new EFS.DescribeFileSystemsCommand({ MaxItems: 2, Marker: first.NextMarker }));
  const tokens = [first, second].map(({ FileSystems = [] }) => FileSystems.map((one) => one.CreationToken));
  assert.equal(tokens, [['a', 'b'], ['c']]);
  assert.equal([second.Marker, second.NextMarker], [first.NextMarker, undefined]);
  assert.is(
    await words(client.send(new EFS.DescribeFileSystemsCommand({ Marker: 'mine' }))),
    '400 BadRequest: Invalid Marker.',
  );
});

test('what does not go together is refused', async () => {
  const { create } = open();
  const cases: [Partial<EFS.CreateFileSystemCommandInput>, string][] = [
    [{ KmsKeyId: 'alias/aws/rds' }, 'BadRequest: KmsKeyId can only be specified when Encrypted is true.'],
    [{ KmsKeyId: 'alias/none', Encrypted: true }, "BadRequest: KMS key 'alias/none' does not exist."],
    [
      { ThroughputMode: 'provisioned' },
      'BadRequest: Provisioned throughput must be specified when ThroughputMode is provisioned.',
    ],
    [
      { PerformanceMode: 'maxIO', ThroughputMode: 'elastic' },
      'BadRequest: Max I/O performance mode is not supported with Elastic throughput.',
    ],
    [
      { AvailabilityZoneName: 'eu-west-1z' },
      "UnsupportedAvailabilityZone: Availability Zone 'eu-west-1z' is not supported.",
    ],
    [{ Tags: [{ Key: 'aws:team', Value: 'x' }] }, "BadRequest: Tag keys cannot start with 'aws:'."],
  ];
  for (const [input, text] of cases) assert.is(await words(create(input)), `400 ${text}`);
});

test('an encrypted file system has the key of AWS or the one that is given', async () => {
  const { create } = open();
  const { KmsKeyId, Encrypted } = await create({ Encrypted: true });
  assert.match(KmsKeyId ?? '', /^arn:aws:kms:eu-west-1:111111111111:key\/[0-9a-f-]{36}$/);
  assert.is(Encrypted, true);
  assert.is((await create({ CreationToken: 'second', Encrypted: true, KmsKeyId })).KmsKeyId, KmsKeyId);
});

test('throughput is changed once a day', async () => {
  const { client, create, stateOf, pass } = open();
  const { FileSystemId } = await create();
  const update = (input: object) => client.send(new EFS.UpdateFileSystemCommand({ FileSystemId, ...input }));
  pass(MINUTE_MS);
  const changed = await update({ ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 10 });
  assert.equal(
    [changed.LifeCycleState, changed.ThroughputMode, changed.ProvisionedThroughputInMibps],
    ['updating', 'provisioned', 10],
  );
  pass(MINUTE_MS);
  assert.is(await stateOf(FileSystemId), 'available');
  await update({ ProvisionedThroughputInMibps: 20 });
  pass(MINUTE_MS);
  assert.is(
    await words(update({ ThroughputMode: 'bursting' })),
    '429 TooManyRequests: You have reached the maximum number of throughput mode changes or provisioned throughput ' +
      'value decreases. Wait until 2026-01-02T00:01:00Z UTC and try again.',
  );
  pass(DAY_MS);
  const back = await update({ ThroughputMode: 'bursting' });
  assert.equal([back.ThroughputMode, back.ProvisionedThroughputInMibps], ['bursting', undefined]);
});

test('a mount target has an interface in its subnet, and keeps subnet and file system from being deleted', async () => {
  const { client, ec2, FileSystemId, a, mount, mountTargets, VpcId, stateOf, pass } = await withNetwork();
  const target = await mount(FileSystemId, a);
  const { MountTargetId = '', NetworkInterfaceId = '', ...rest } = target;
  assert.match(MountTargetId, /^fsmt-[0-9a-f]{17}$/);
  assert.equal(
    [rest.LifeCycleState, rest.VpcId, rest.AvailabilityZoneName, rest.AvailabilityZoneId, rest.SubnetId],
    ['creating', VpcId, 'eu-west-1a', 'euw1-az1', a],
  );
  const { NetworkInterfaces: [own] = [] } = await ec2.send(
    new EC2.DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [NetworkInterfaceId] }),
  );
  assert.equal(
    [own?.Description, own?.PrivateIpAddress, own?.RequesterManaged],
    [`EFS mount target for ${FileSystemId} (${MountTargetId})`, rest.IpAddress, true],
  );
  pass(2 * MINUTE_MS);
  assert.equal(
    (await mountTargets(FileSystemId)).map(({ LifeCycleState }) => LifeCycleState),
    ['available'],
  );
  const inUse =
    `409 FileSystemInUse: The file system '${FileSystemId}' cannot be deleted because it has mount targets. ` +
    'You must delete the mount targets, and then try again.';
  const remove = () => client.send(new EFS.DeleteFileSystemCommand({ FileSystemId }));
  const removeSubnet = () => ec2.send(new EC2.DeleteSubnetCommand({ SubnetId: a }));
  const dependencies = `400 DependencyViolation: The subnet '${a}' has dependencies and cannot be deleted.`;
  assert.is(await words(remove()), inUse);
  assert.is(await words(removeSubnet()), dependencies);
  await client.send(new EFS.DeleteMountTargetCommand({ MountTargetId }));
  assert.is((await mountTargets(FileSystemId))[0]?.LifeCycleState, 'deleting');
  assert.is(await words(remove()), inUse);
  assert.is(await words(removeSubnet()), dependencies);
  pass(2 * MINUTE_MS);
  assert.is(
    await words(client.send(new EFS.DescribeMountTargetsCommand({ MountTargetId }))),
    '404 MountTargetNotFound: Mount target does not exist.',
  );
  await removeSubnet();
  await remove();
  assert.is(await stateOf(FileSystemId), 'deleting');
});

test('there is one mount target in each zone of one network', async () => {
  const { ec2, FileSystemId, a, b, mount, subnet, mountTargets } = await withNetwork();
  await mount(FileSystemId, a);
  await mount(FileSystemId, b);
  assert.is((await mountTargets(FileSystemId)).length, 2);
  assert.is(
    await words(mount(FileSystemId, await subnet('10.0.2.0/24', 'a'))),
    '409 MountTargetConflict: mount target already exists in this AZ',
  );
  const { Vpc } = await ec2.send(new EC2.CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
  assert.is(
    await words(mount(FileSystemId, await subnet('10.1.0.0/24', 'c', Vpc?.VpcId))),
    '409 MountTargetConflict: requested subnet for new mount target is not in the same VPC as existing mount targets',
  );
});

test('a mount target is refused where it cannot be', async () => {
  const { create, FileSystemId, a, b, mount, group, subnet, pass } = await withNetwork();
  const none = 'subnet-00000000000000000';
  assert.is(await words(mount(FileSystemId, none)), `400 SubnetNotFound: The subnet ID '${none}' does not exist`);
  assert.is(
    await words(mount('fs-00000000000000000', a)),
    "404 FileSystemNotFound: File system 'fs-00000000000000000' does not exist.",
  );
  assert.is(
    await words(mount(FileSystemId, a, { SecurityGroups: ['sg-0'] })),
    "400 SecurityGroupNotFound: The security group 'sg-0' does not exist",
  );
  const six = await Promise.all(['1', '2', '3', '4', '5', '6'].map(group));
  assert.is(
    await words(mount(FileSystemId, a, { SecurityGroups: six })),
    '400 SecurityGroupLimitExceeded: The maximum number of security groups per interface has been reached.',
  );
  assert.is(
    await words(mount(FileSystemId, a, { IpAddress: '10.0.7.9' })),
    "400 BadRequest: Address does not fall within the subnet's address range",
  );
  assert.is((await mount(FileSystemId, a, { IpAddress: '10.0.0.9' })).IpAddress, '10.0.0.9');
  const zonal = await create({ CreationToken: 'zonal', AvailabilityZoneName: 'eu-west-1a' });
  assert.is(
    await words(mount(zonal.FileSystemId, a)),
    `409 IncorrectFileSystemLifeCycleState: File system '${zonal.FileSystemId}' is not available. It is creating.`,
  );
  pass(MINUTE_MS);
  assert.is(
    await words(mount(zonal.FileSystemId, b)),
    `400 AvailabilityZonesMismatch: The subnet '${b}' is not in the Availability Zone 'eu-west-1a' of the file system.`,
  );
  assert.is(
    await words(mount(zonal.FileSystemId, a, { IpAddress: '10.0.0.9' })),
    "409 IpAddressInUse: The IP address '10.0.0.9' is already in use.",
  );
  await mount(zonal.FileSystemId, await subnet('10.0.3.0/24', 'a'));
});

test('the security groups of a mount target are those of its interface', async () => {
  const { client, ec2, FileSystemId, a, mount, group, pass } = await withNetwork();
  const { MountTargetId, NetworkInterfaceId = '' } = await mount(FileSystemId, a);
  const [first, second] = [await group('first'), await group('second')];
  const modify = () =>
    client.send(new EFS.ModifyMountTargetSecurityGroupsCommand({ MountTargetId, SecurityGroups: [first, second] }));
  assert.is(await words(modify()), '409 IncorrectMountTargetState: Mount target is not available. It is creating.');
  pass(2 * MINUTE_MS);
  const groups = async () =>
    (await client.send(new EFS.DescribeMountTargetSecurityGroupsCommand({ MountTargetId }))).SecurityGroups;
  assert.is((await groups())?.length, 1);
  await modify();
  assert.equal(await groups(), [first, second]);
  const { NetworkInterfaces: [own] = [] } = await ec2.send(
    new EC2.DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [NetworkInterfaceId] }),
  );
  assert.equal(
    own?.Groups?.map(({ GroupId }) => GroupId),
    [first, second],
  );
  assert.match(
    await words(ec2.send(new EC2.DeleteSecurityGroupCommand({ GroupId: first }))),
    /^400 DependencyViolation: /,
  );
});

test('an access point belongs to its file system, and goes with it', async () => {
  const { client, FileSystemId, pass, mount, a } = await withNetwork();
  const input = {
    FileSystemId,
    ClientToken: 'point',
    PosixUser: { Uid: 1000, Gid: 1001, SecondaryGids: [5] },
    RootDirectory: { Path: '/data', CreationInfo: { OwnerUid: 1000, OwnerGid: 1001, Permissions: '0755' } },
    Tags: [{ Key: 'Name', Value: 'data' }],
  };
  const make = () => client.send(new EFS.CreateAccessPointCommand(input));
  const { AccessPointId = '', ...made } = await make();
  assert.match(AccessPointId, /^fsap-[0-9a-f]{17}$/);
  assert.is(made.AccessPointArn, `arn:aws:elasticfilesystem:eu-west-1:111111111111:access-point/${AccessPointId}`);
  assert.equal(
    [made.LifeCycleState, made.Name, made.PosixUser, made.RootDirectory],
    ['creating', 'data', input.PosixUser, input.RootDirectory],
  );
  assert.is(
    await words(make()),
    `409 AccessPointAlreadyExists: Access point '${AccessPointId}' already exists with client token 'point'`,
  );
  pass(MINUTE_MS);
  const list = async (more: object) => {
    const { AccessPoints = [] } = await client.send(new EFS.DescribeAccessPointsCommand(more));
    return AccessPoints.map((one) => `${one.AccessPointId} ${one.LifeCycleState}`);
  };
  assert.equal(await list({ FileSystemId }), [`${AccessPointId} available`]);
  await mount(FileSystemId, a);
  const { MountTargets: [target] = [] } = await client.send(new EFS.DescribeMountTargetsCommand({ AccessPointId }));
  assert.is(target?.FileSystemId, FileSystemId);
  const plain = await client.send(new EFS.CreateAccessPointCommand({ FileSystemId }));
  assert.equal([plain.RootDirectory, plain.PosixUser], [{ Path: '/' }, undefined]);
  await client.send(new EFS.DeleteAccessPointCommand({ AccessPointId }));
  assert.equal(await list({ AccessPointId }), [`${AccessPointId} deleting`]);
  pass(MINUTE_MS);
  assert.is(
    await words(list({ AccessPointId })),
    `404 AccessPointNotFound: Access point '${AccessPointId}' does not exist.`,
  );
  await client.send(new EFS.DeleteMountTargetCommand({ MountTargetId: target?.MountTargetId }));
  pass(2 * MINUTE_MS);
  await client.send(new EFS.DeleteFileSystemCommand({ FileSystemId }));
  pass(MINUTE_MS);
  assert.equal(await list({}), []);
});

test('the settings of a file system are kept and given back', async () => {
  const { client, create, pass } = open();
  const { FileSystemId } = await create();
  pass(MINUTE_MS);
  const rules = (LifecyclePolicies: EFS.LifecyclePolicy[]) =>
    client.send(new EFS.PutLifecycleConfigurationCommand({ FileSystemId, LifecyclePolicies }));
  assert.is(
    await words(rules([{ TransitionToIA: 'AFTER_7_DAYS', TransitionToArchive: 'AFTER_90_DAYS' }])),
    '400 BadRequest: One or more LifecyclePolicy objects specified are malformed.',
  );
  await rules([{ TransitionToIA: 'AFTER_7_DAYS' }, { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }]);
  const read = await client.send(new EFS.DescribeLifecycleConfigurationCommand({ FileSystemId }));
  assert.equal(read.LifecyclePolicies, [
    { TransitionToIA: 'AFTER_7_DAYS' },
    { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' },
  ]);

  const policy = () => client.send(new EFS.DescribeFileSystemPolicyCommand({ FileSystemId }));
  const put = (Policy: string) => client.send(new EFS.PutFileSystemPolicyCommand({ FileSystemId, Policy }));
  const noPolicy = `404 PolicyNotFound: File system '${FileSystemId}' has no policy.`;
  assert.is(await words(policy()), noPolicy);
  assert.is(await words(put('{}')), '400 InvalidPolicyException: Policy document is malformed or contains an error.');
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*"}]}';
  await put(text);
  assert.is((await policy()).Policy, text);
  await client.send(new EFS.DeleteFileSystemPolicyCommand({ FileSystemId }));
  assert.is(await words(policy()), noPolicy);

  const backup = async () =>
    (await client.send(new EFS.DescribeBackupPolicyCommand({ FileSystemId }))).BackupPolicy?.Status;
  assert.is(await words(backup()), `404 PolicyNotFound: File system '${FileSystemId}' has no backup policy.`);
  await client.send(new EFS.PutBackupPolicyCommand({ FileSystemId, BackupPolicy: { Status: 'ENABLED' } }));
  assert.is(await backup(), 'ENABLING');
  pass(MINUTE_MS);
  assert.is(await backup(), 'ENABLED');
  const protect = new EFS.UpdateFileSystemProtectionCommand({
    FileSystemId,
    ReplicationOverwriteProtection: 'DISABLED',
  });
  assert.is((await client.send(protect)).ReplicationOverwriteProtection, 'DISABLED');
});

test('file systems and access points have tags', async () => {
  const { client, FileSystemId } = await withNetwork();
  const { AccessPointId = '' } = await client.send(new EFS.CreateAccessPointCommand({ FileSystemId }));
  for (const ResourceId of [FileSystemId, AccessPointId]) {
    const tags = async () => (await client.send(new EFS.ListTagsForResourceCommand({ ResourceId }))).Tags;
    await client.send(
      new EFS.TagResourceCommand({
        ResourceId,
        Tags: [
          { Key: 'team', Value: 'a' },
          { Key: 'stage', Value: 'b' },
        ],
      }),
    );
    await client.send(new EFS.UntagResourceCommand({ ResourceId, TagKeys: ['stage'] }));
    assert.equal(await tags(), [{ Key: 'team', Value: 'a' }]);
  }
});

test('a stack makes the same things, and cannot delete a file system that somebody else has mounted', async () => {
  const { config, client, a, b, mount, pass, mountTargets, stateOf } = await withNetwork();
  const stacks = new CloudFormation.CloudFormationClient(config);
  const TemplateBody = JSON.stringify({
    Resources: {
      Files: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true, BackupPolicy: { Status: 'ENABLED' } } },
      Mount: {
        Type: 'AWS::EFS::MountTarget',
        Properties: { FileSystemId: { Ref: 'Files' }, SubnetId: a, SecurityGroups: [] },
      },
    },
    Outputs: { Files: { Value: { Ref: 'Files' } }, Address: { Value: { 'Fn::GetAtt': ['Mount', 'IpAddress'] } } },
  });
  const status = async () => {
    const { Stacks: [stack] = [] } = await stacks.send(new CloudFormation.DescribeStacksCommand({ StackName: 's' }));
    return stack;
  };
  await stacks.send(new CloudFormation.CreateStackCommand({ StackName: 's', TemplateBody }));
  pass(5 * MINUTE_MS);
  const made = await status();
  assert.is(made?.StackStatus, 'CREATE_COMPLETE');
  const id = made?.Outputs?.find(({ OutputKey }) => OutputKey === 'Files')?.OutputValue ?? '';
  const address = made?.Outputs?.find(({ OutputKey }) => OutputKey === 'Address')?.OutputValue;
  assert.equal([await stateOf(id), (await mountTargets(id))[0]?.IpAddress], ['available', address]);
  const { BackupPolicy } = await client.send(new EFS.DescribeBackupPolicyCommand({ FileSystemId: id }));
  assert.is(BackupPolicy?.Status, 'ENABLED');
  const { MountTargetId } = await mount(id, b);
  const remove = () => stacks.send(new CloudFormation.DeleteStackCommand({ StackName: 's' }));
  await remove();
  pass(5 * MINUTE_MS);
  assert.is((await status())?.StackStatus, 'DELETE_FAILED');
  const { StackEvents = [] } = await stacks.send(new CloudFormation.DescribeStackEventsCommand({ StackName: 's' }));
  const failed = StackEvents.find(({ ResourceStatus, LogicalResourceId }) => {
    return ResourceStatus === 'DELETE_FAILED' && LogicalResourceId === 'Files';
  });
  assert.match(
    failed?.ResourceStatusReason ?? '',
    `Resource handler returned message: "The file system '${id}' cannot be deleted because it has mount targets. `,
  );
  await client.send(new EFS.DeleteMountTargetCommand({ MountTargetId }));
  pass(2 * MINUTE_MS);
  await remove();
  pass(5 * MINUTE_MS);
  assert.is(await words(stateOf(id)), `404 FileSystemNotFound: File system '${id}' does not exist.`);
});

test.run();
