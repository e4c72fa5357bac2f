import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

const S3 = 'com.amazonaws.eu-west-1.s3';
const LOGS = 'com.amazonaws.eu-west-1.logs';
const Interface = { VpcEndpointType: 'Interface', ServiceName: LOGS } as const;
const MINUTE_MS = 60_000;

test('an interface endpoint has an interface in each subnet, which outlives it', async () => {
  const { ec2, vpc, subnet, pass } = await testNetwork();
  const names = { PrivateDnsEnabled: false, SubnetIds: [subnet] };
  const { VpcEndpoint } = await ec2.createVpcEndpoint({ VpcId: vpc, ...Interface, ...names });
  const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ''];
  const now = async () => (await ec2.describeVpcEndpoints({ VpcEndpointIds })).VpcEndpoints?.[0];
  assert.is((await now())?.State, 'pending');
  pass(4 * MINUTE_MS);
  assert.is((await now())?.State, 'available');
  assert.is((await now())?.Groups?.[0]?.GroupName, 'default');
  const [own] =
    (await ec2.describeNetworkInterfaces({ Filters: [{ Name: 'interface-type', Values: ['vpc_endpoint'] }] }))
      .NetworkInterfaces ?? [];
  assert.is(own?.Description, `VPC Endpoint Interface ${VpcEndpointIds[0]}`);
  assert.equal((await ec2.deleteVpcEndpoints({ VpcEndpointIds })).Unsuccessful, []);
  assert.is((await now())?.State, 'deleting');
  assert.match(await saidBy(ec2.deleteSubnet({ SubnetId: subnet })), /^DependencyViolation/);
  pass(6 * MINUTE_MS);
  assert.is(
    await saidBy(now()),
    `InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id '${VpcEndpointIds[0]}' does not exist`,
  );
  await ec2.deleteSubnet({ SubnetId: subnet });
});

test('subnets and groups of an endpoint can be changed', async () => {
  const { ec2, vpc, subnet, pass } = await testNetwork();
  const zone = { AvailabilityZone: 'eu-west-1b' };
  const { Subnet } = await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.1.0/24', ...zone });
  const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId: vpc, GroupName: 'a', Description: 'a' });
  const names = { PrivateDnsEnabled: false, SubnetIds: [subnet] };
  const { VpcEndpoint } = await ec2.createVpcEndpoint({ VpcId: vpc, ...Interface, ...names });
  const VpcEndpointId = VpcEndpoint?.VpcEndpointId;
  const moved = { AddSubnetIds: [Subnet?.SubnetId ?? ''], RemoveSubnetIds: [subnet] };
  await ec2.modifyVpcEndpoint({ VpcEndpointId, ...moved, AddSecurityGroupIds: [GroupId] });
  pass(6 * MINUTE_MS);
  const own = (await ec2.describeNetworkInterfaces()).NetworkInterfaces ?? [];
  assert.equal(
    own.map(({ SubnetId }) => SubnetId),
    [Subnet?.SubnetId],
  );
  assert.is(own[0]?.Groups?.[0]?.GroupId, GroupId);
  assert.is(
    await saidBy(ec2.modifyVpcEndpoint({ VpcEndpointId, AddSubnetIds: ['subnet-1'] })),
    "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist",
  );
});

test('what an endpoint cannot be is refused', async () => {
  const { ec2, vpc, subnet } = await testNetwork();
  const refused = (more: object) => saidBy(ec2.createVpcEndpoint({ VpcId: vpc, ...Interface, ...more }));
  assert.is(
    await refused({ SubnetIds: [subnet] }),
    'InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set ' +
      `to true for ${vpc}`,
  );
  const { Subnet } = await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.1.0/24' });
  const SubnetIds = [subnet, Subnet?.SubnetId ?? ''];
  assert.is(
    await refused({ SubnetIds, PrivateDnsEnabled: false }),
    `DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of ${SubnetIds[1]}. VPC ` +
      'endpoint subnets should be in different availability zones supported by the VPC endpoint service.',
  );
  assert.is(
    await refused({ ServiceName: 'example.nothing' }),
    "InvalidServiceName: The Vpc Endpoint Service 'example.nothing' does not exist",
  );
});

test('a table takes one route to a service', async () => {
  const { ec2, vpc } = await testNetwork();
  const { RouteTable } = await ec2.createRouteTable({ VpcId: vpc });
  const request = { VpcId: vpc, ServiceName: S3, RouteTableIds: [RouteTable?.RouteTableId ?? ''] };
  await ec2.createVpcEndpoint(request);
  const [list] = (await ec2.describePrefixLists()).PrefixLists ?? [];
  assert.is(
    await saidBy(ec2.createVpcEndpoint(request)),
    `RouteAlreadyExists: route table ${RouteTable?.RouteTableId} already has a route with ` +
      `destination-prefix-list-id ${list?.PrefixListId}`,
  );
});

test('endpoints that are not there do not hold up the rest', async () => {
  const { ec2, vpc } = await testNetwork();
  const { VpcEndpoint } = await ec2.createVpcEndpoint({ VpcId: vpc, ServiceName: S3 });
  const VpcEndpointIds = ['vpce-1', VpcEndpoint?.VpcEndpointId ?? ''];
  assert.equal((await ec2.deleteVpcEndpoints({ VpcEndpointIds })).Unsuccessful, [
    {
      ResourceId: 'vpce-1',
      Error: { Code: 'InvalidVpcEndpointId.NotFound', Message: "The Vpc Endpoint Id 'vpce-1' does not exist" },
    },
  ]);
  const { ServiceDetails } = await ec2.describeVpcEndpointServices({ ServiceNames: [S3] });
  assert.is(ServiceDetails?.[0]?.ServiceType?.[0]?.ServiceType, 'Gateway');
});

test.run();
