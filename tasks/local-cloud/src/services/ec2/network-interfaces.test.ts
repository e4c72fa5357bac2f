import * as EC2 from '@aws-sdk/client-ec2';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

const INTERFACE = {
  type: 'AWS::EC2::NetworkInterface',
  id: 'eni-0123456789abcdef0',
  attributes: { PrimaryPrivateIpAddress: '10.0.1.7', VpcId: 'vpc-1' },
  properties: { SubnetId: 'subnet-1', GroupSet: ['sg-1'], Description: 'ELB app/web/0123456789abcdef' },
  tags: { Name: 'web' },
};

test('interfaces are described with their groups, and found by filters with wildcards', async () => {
  const { as } = testCloud({ planted: [INTERFACE] });
  const ec2 = new EC2.EC2Client(as('111111111111'));
  const found = async (...Filters: EC2.Filter[]) =>
    (await ec2.send(new EC2.DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
  const [described] = await found({ Name: 'description', Values: ['ELB app/*'] });
  assert.ok(described);
  assert.is(described.NetworkInterfaceId, INTERFACE.id);
  assert.equal(described.Groups, [{ GroupId: 'sg-1' }]);
  assert.equal(described.TagSet, [{ Key: 'Name', Value: 'web' }]);
  assert.is(described.RequesterManaged, false);
  assert.is((await found({ Name: 'tag:Name', Values: ['x', 'web'] }, { Name: 'vpc-id', Values: ['vpc-1'] })).length, 1);
  assert.is((await found({ Name: 'group-id', Values: ['sg-2'] })).length, 0);
});

test('what is not there, and what is no filter, is answered as AWS words it', async () => {
  const ec2 = new EC2.EC2Client(testCloud().as('111111111111'));
  const refused = (input: EC2.DescribeNetworkInterfacesRequest) =>
    failureOf(ec2.send(new EC2.DescribeNetworkInterfacesCommand(input)));
  assert.equal(await refused({ NetworkInterfaceIds: ['eni-1'] }), {
    name: 'InvalidNetworkInterfaceID.NotFound',
    message: "The networkInterface ID 'eni-1' does not exist",
    status: 400,
  });
  assert.is((await refused({ NetworkInterfaceIds: ['x'] })).message, 'Invalid id: "x" (expecting "eni-...")');
  assert.is(
    (await refused({ Filters: [{ Name: 'colour', Values: ['x'] }] })).message,
    "The filter 'colour' is invalid",
  );
});

test('an address is one of the subnet, and nobody else has it', async () => {
  const { ec2, subnet } = await testNetwork();
  const create = (PrivateIpAddress: string) => ec2.createNetworkInterface({ SubnetId: subnet, PrivateIpAddress });
  const { NetworkInterface } = await create('10.0.0.9');
  assert.is(NetworkInterface?.Status, 'available');
  assert.is(NetworkInterface?.Groups?.[0]?.GroupName, 'default');
  assert.is(await saidBy(create('10.0.0.9')), 'InvalidIPAddress.InUse: Address 10.0.0.9 is in use.');
  assert.is(
    await saidBy(create('10.0.1.9')),
    "InvalidParameterValue: Address does not fall within the subnet's address range",
  );
  assert.is(await saidBy(create('10.0.0.3')), "InvalidParameterValue: Address is in subnet's reserved address range");
});

test('a subnet that is full takes no more', async () => {
  const { ec2, vpc } = await testNetwork();
  const { Subnet } = await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.1.0/28' });
  for (let i = 0; i < 11; i++) await ec2.createNetworkInterface({ SubnetId: Subnet?.SubnetId });
  assert.is(
    await saidBy(ec2.createNetworkInterface({ SubnetId: Subnet?.SubnetId })),
    'InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses to satisfy the request.',
  );
});

test('what a service has attached, it alone detaches and deletes', async () => {
  const { ec2, subnet } = await testNetwork();
  await ec2.createNatGateway({ SubnetId: subnet, ConnectivityType: 'private' });
  const [own] = (await ec2.describeNetworkInterfaces()).NetworkInterfaces ?? [];
  assert.is(own?.RequesterManaged, true);
  const NetworkInterfaceId = own?.NetworkInterfaceId;
  const denied = 'AuthFailure: You do not have permission to access the specified resource.';
  assert.is(await saidBy(ec2.detachNetworkInterface({ AttachmentId: own?.Attachment?.AttachmentId })), denied);
  assert.is(
    await saidBy(ec2.deleteNetworkInterface({ NetworkInterfaceId })),
    `InvalidParameterValue: Network interface '${NetworkInterfaceId}' is currently in use.`,
  );
});

test('groups are those of the VPC', async () => {
  const { ec2, subnet } = await testNetwork();
  const other = (await ec2.createVpc({ CidrBlock: '10.1.0.0/16' })).Vpc?.VpcId;
  const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId: other, GroupName: 'a', Description: 'a' });
  const elsewhere = `InvalidParameter: Security group ${GroupId} and subnet ${subnet} belong to different networks.`;
  assert.is(await saidBy(ec2.createNetworkInterface({ SubnetId: subnet, Groups: [GroupId] })), elsewhere);
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet });
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
  assert.is(await saidBy(ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups: [GroupId] })), elsewhere);
});

test.run();
