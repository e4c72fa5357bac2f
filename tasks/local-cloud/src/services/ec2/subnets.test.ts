import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

test('a subnet is inside its VPC and beside its neighbours', async () => {
  const { ec2, vpc } = await testNetwork();
  const refused = (CidrBlock: string) => saidBy(ec2.createSubnet({ VpcId: vpc, CidrBlock }));
  assert.is(await refused('10.1.0.0/24'), "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.");
  assert.is(await refused('10.0.1.0/29'), "InvalidSubnet.Range: The CIDR '10.0.1.0/29' is invalid.");
  assert.is(
    await refused('10.0.0.128/25'),
    "InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts with another subnet",
  );
  assert.is(
    await refused('10.0.1.0'),
    'InvalidParameterValue: Value (10.0.1.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
  );
  assert.is(
    await saidBy(ec2.createSubnet({ VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24' })),
    "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
  );
  assert.is(
    await saidBy(ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-west-1z' })),
    'InvalidParameterValue: Value (eu-west-1z) for parameter availabilityZone is invalid. Subnets can currently only ' +
      'be created in the following availability zones: eu-west-1a, eu-west-1b, eu-west-1c.',
  );
});

test('zones are named by name or by id, and addresses that are taken are counted', async () => {
  const { ec2, vpc, subnet } = await testNetwork();
  const { Subnet } = await ec2.createSubnet({
    ...{ VpcId: vpc, CidrBlock: '10.0.1.0/24', AvailabilityZoneId: 'euw1-az2' },
  });
  assert.is(Subnet?.AvailabilityZone, 'eu-west-1b');
  const free = async () => (await ec2.describeSubnets({ SubnetIds: [subnet] })).Subnets?.[0]?.AvailableIpAddressCount;
  assert.is(await free(), 251);
  await ec2.createNetworkInterface({ SubnetId: subnet });
  assert.is(await free(), 250);
});

test('what a subnet is to do with instances can be changed', async () => {
  const { ec2, subnet } = await testNetwork();
  await ec2.modifySubnetAttribute({ SubnetId: subnet, MapPublicIpOnLaunch: { Value: true } });
  await ec2.modifySubnetAttribute({ SubnetId: subnet, PrivateDnsHostnameTypeOnLaunch: 'resource-name' });
  const Filters = [{ Name: 'map-public-ip-on-launch', Values: ['true'] }];
  const [only] = (await ec2.describeSubnets({ Filters })).Subnets ?? [];
  assert.is(only?.SubnetId, subnet);
  assert.equal(only?.PrivateDnsNameOptionsOnLaunch, {
    ...{ HostnameType: 'resource-name', EnableResourceNameDnsARecord: false, EnableResourceNameDnsAAAARecord: false },
  });
});

test('a subnet with an interface stays', async () => {
  const { ec2, subnet } = await testNetwork();
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet });
  assert.is(
    await saidBy(ec2.deleteSubnet({ SubnetId: subnet })),
    `DependencyViolation: The subnet '${subnet}' has dependencies and cannot be deleted.`,
  );
  await ec2.deleteNetworkInterface({ NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId });
  await ec2.deleteSubnet({ SubnetId: subnet });
  assert.is(
    await saidBy(ec2.describeSubnets({ SubnetIds: [subnet] })),
    `InvalidSubnetID.NotFound: The subnet ID '${subnet}' does not exist`,
  );
});

test.run();
