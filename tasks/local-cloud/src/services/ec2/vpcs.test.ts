import { EC2 } from '@aws-sdk/client-ec2';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testCloud } from '../../testing/test-cloud.ts';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

test('a VPC comes with a group, an access list and a route table, and takes them along', async () => {
  const ec2 = new EC2(testCloud().as('111111111111'));
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.5.0/16' });
  assert.is(Vpc?.State, 'pending');
  assert.is(Vpc?.CidrBlock, '10.0.0.0/16', 'bits behind the prefix are left out');
  const [group] = (await ec2.describeSecurityGroups()).SecurityGroups ?? [];
  const [acl] = (await ec2.describeNetworkAcls()).NetworkAcls ?? [];
  const [table] = (await ec2.describeRouteTables()).RouteTables ?? [];
  assert.is(group?.GroupName, 'default');
  assert.is(group?.IpPermissions?.[0]?.UserIdGroupPairs?.[0]?.GroupId, group?.GroupId);
  assert.is(acl?.IsDefault, true);
  assert.is(table?.Associations?.[0]?.Main, true);
  assert.equal(table?.Routes, [
    { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
  ]);
  assert.is(
    await saidBy(ec2.deleteSecurityGroup({ GroupId: group?.GroupId })),
    `CannotDelete: the specified group: "${group?.GroupId}" name: "default" cannot be deleted by a user`,
  );
  await ec2.deleteVpc({ VpcId: Vpc?.VpcId });
  assert.equal((await ec2.describeSecurityGroups()).SecurityGroups, []);
  assert.equal((await ec2.describeRouteTables()).RouteTables, []);
});

test('a VPC with something inside stays', async () => {
  const { ec2, vpc, subnet, gateway } = await testNetwork();
  const refusal = `DependencyViolation: The vpc '${vpc}' has dependencies and cannot be deleted.`;
  assert.is(await saidBy(ec2.deleteVpc({ VpcId: vpc })), refusal);
  await ec2.deleteSubnet({ SubnetId: subnet });
  assert.is(await saidBy(ec2.deleteVpc({ VpcId: vpc })), refusal, 'the gateway is still attached');
  await ec2.detachInternetGateway({ VpcId: vpc, InternetGatewayId: gateway });
  await ec2.deleteVpc({ VpcId: vpc });
  assert.is(await saidBy(ec2.deleteVpc({ VpcId: vpc })), `InvalidVpcID.NotFound: The vpc ID '${vpc}' does not exist`);
});

test('ranges and numbers of VPCs have limits', async () => {
  const ec2 = new EC2(testCloud().as('111111111111'));
  assert.is(
    await saidBy(ec2.createVpc({ CidrBlock: '10.0.0.0/33' })),
    'InvalidParameterValue: Value (10.0.0.0/33) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
  );
  assert.is(
    await saidBy(ec2.createVpc({ CidrBlock: '10.0.0.0/8' })),
    "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
  );
  for (let i = 0; i < 5; i++) await ec2.createVpc({ CidrBlock: `10.${i}.0.0/16` });
  assert.is(
    await saidBy(ec2.createVpc({ CidrBlock: '10.9.0.0/16' })),
    'VpcLimitExceeded: The maximum number of VPCs has been reached.',
  );
  assert.is(
    await saidBy(ec2.createVpc({ CidrBlock: '10.9.0.0/16', AmazonProvidedIpv6CidrBlock: true })),
    'NotImplemented: The local cloud does not simulate AmazonProvidedIpv6CidrBlock in ec2:CreateVpc',
  );
});

test('attributes of a VPC are changed one at a time', async () => {
  const { ec2, vpc } = await testNetwork();
  const hostNames = async () =>
    (await ec2.describeVpcAttribute({ VpcId: vpc, Attribute: 'enableDnsHostnames' })).EnableDnsHostnames?.Value;
  assert.is(await hostNames(), false);
  await ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } });
  assert.is(await hostNames(), true);
  const both = { EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } };
  assert.is(
    await saidBy(ec2.modifyVpcAttribute({ VpcId: vpc, ...both })),
    'InvalidParameterCombination: Fields for multiple attribute types specified',
  );
});

test.run();
